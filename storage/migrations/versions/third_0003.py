"""what becomes of a registration, the audit trail, and requests about one's own data"""

from typing import Any

import sqlalchemy as sa
from alembic import op
from alembic.operations.base import BatchOperations

from storage.tables import Moment

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    registrations()
    drafts()
    revisions()
    progress()
    acts()
    requests()


def registrations() -> None:
    added: list[sa.Column[Any]] = [
        sa.Column("state", sa.String(), nullable=False, server_default="submitted"),
        sa.Column("version", sa.Integer(), nullable=False, server_default="1"),
        sa.Column("late", sa.Boolean(), nullable=False, server_default=sa.false()),
        sa.Column("changed_at", Moment(), nullable=True),
        sa.Column("stamp", sa.Integer(), nullable=False, server_default="0"),
        sa.Column("step", sa.String(), nullable=False, server_default=""),
        sa.Column("reason", sa.Text(), nullable=False, server_default=""),
        sa.Column("percent", sa.Integer(), nullable=True),
        sa.Column("folded", sa.Text(), nullable=False, server_default=""),
    ]
    for column in added:
        op.add_column("registration", column)
    op.execute("UPDATE registration SET changed_at = submitted_at")
    with op.batch_alter_table("registration") as table:
        table.alter_column("changed_at", existing_type=Moment(), nullable=False)
        defaulted(table, added)
        table.create_index(table.f("ix_registration_state"), ["state"], unique=False)


def drafts() -> None:
    added: list[sa.Column[Any]] = [
        sa.Column("steps", sa.JSON(), nullable=False, server_default="{}"),
        sa.Column("corrects", sa.Integer(), nullable=True),
        sa.Column("code", sa.String(), nullable=True),
        sa.Column("code_until", Moment(), nullable=True),
        sa.Column("nudges", sa.Integer(), nullable=False, server_default="0"),
        sa.Column("nudged_at", Moment(), nullable=True),
    ]
    for column in added:
        op.add_column("draft", column)
    with op.batch_alter_table("draft") as table:
        defaulted(table, added)
        table.create_foreign_key("draft_corrects", "registration", ["corrects"], ["id"])
        table.create_unique_constraint("draft_code", ["code"])


def defaulted(table: BatchOperations, added: list[sa.Column[Any]]) -> None:
    """The rows that are there have got their values; from now on we give them ourselves."""
    for column in added:
        if column.server_default is not None:
            table.alter_column(column.name, existing_type=column.type, server_default=None)


def revisions() -> None:
    op.create_table(
        "revision",
        sa.Column("registration_id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("answers", sa.JSON(), nullable=False),
        sa.Column("submitted_at", Moment(), nullable=False),
        sa.ForeignKeyConstraint(["registration_id"], ["registration.id"]),
        sa.PrimaryKeyConstraint("registration_id", "version"),
    )


def progress() -> None:
    op.create_table(
        "progress",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("registration_id", sa.Integer(), nullable=False),
        sa.Column("percent", sa.Integer(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("told_at", Moment(), nullable=False),
        sa.ForeignKeyConstraint(["registration_id"], ["registration.id"]),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_progress_registration_id", "progress", ["registration_id"])


def acts() -> None:
    op.create_table(
        "act",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("at", Moment(), nullable=False),
        sa.Column("staff_id", sa.Integer(), nullable=True),
        sa.Column("plan", sa.String(), nullable=False),
        sa.Column("registration_id", sa.Integer(), nullable=True),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("what", sa.String(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"]),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_act_registration_id", "act", ["registration_id"])
    op.create_index("ix_act_person_id", "act", ["person_id"])


def requests() -> None:
    op.create_table(
        "request",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("plan", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("asked_at", Moment(), nullable=False),
        sa.Column("answered_at", Moment(), nullable=True),
        sa.Column("done_at", Moment(), nullable=True),
        sa.Column("done_by", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"]),
        sa.ForeignKeyConstraint(["done_by"], ["staff.id"]),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_request_person_id", "request", ["person_id"])
