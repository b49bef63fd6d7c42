"""tokens of a platform that gives new ones every day"""

import sqlalchemy as sa
from alembic import op

from storage.tables import Moment

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    op.create_table(
        "token_pair",
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("access", sa.Text(), nullable=False),
        sa.Column("refresh", sa.Text(), nullable=False),
        sa.Column("expires_at", Moment(), nullable=False),
        sa.Column("refreshed_at", Moment(), nullable=False),
        sa.Column("claimed_until", Moment(), nullable=True),
        sa.Column("fault", sa.String(), nullable=False),
        sa.Column("seeds", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("channel"),
    )
