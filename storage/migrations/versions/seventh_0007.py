"""how a browser is told of news while our page is closed"""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    op.add_column("address", sa.Column("push", sa.JSON(none_as_null=True), nullable=True))
