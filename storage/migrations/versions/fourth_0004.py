"""photos that are sent along with how far the work is"""

import sqlalchemy as sa
from alembic import op

from storage.tables import Moment

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    op.create_table(
        "photo",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("registration_id", sa.Integer(), nullable=True),
        sa.Column("progress_id", sa.Integer(), nullable=True),
        sa.Column("batch", sa.String(), nullable=False),
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("reference", sa.Text(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=True),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("due_at", Moment(), nullable=True),
        sa.Column("created_at", Moment(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"]),
        sa.ForeignKeyConstraint(["registration_id"], ["registration.id"]),
        sa.ForeignKeyConstraint(["progress_id"], ["progress.id"]),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_photo_person_id", "photo", ["person_id"])
    op.create_index("ix_photo_registration_id", "photo", ["registration_id"])
    still = sa.text("due_at IS NOT NULL")
    op.create_index("photo_due", "photo", ["due_at"], sqlite_where=still, postgresql_where=still)
