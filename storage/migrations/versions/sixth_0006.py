"""codes by which a person's channels become one person's"""

import sqlalchemy as sa
from alembic import op

from storage.tables import Moment

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    op.create_table(
        "link_code",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(), nullable=True),
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("sender", sa.String(), nullable=False),
        sa.Column("until", Moment(), nullable=False),
        sa.Column("by_channel", sa.String(), nullable=False),
        sa.Column("by_sender", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"]),
        sa.PrimaryKeyConstraint("person_id"),
        sa.UniqueConstraint("code"),
    )
