"""what goes out unasked: broadcasts, reminders told, wishes, and what holds it all back"""

from typing import Any

import sqlalchemy as sa
from alembic import op

from storage.tables import Moment

revision = "0005"
down_revision = "0004"
PERSON = {"id": sa.Integer(), "talk": sa.JSON(), "wishes": sa.JSON()}


def upgrade() -> None:
    broadcasts()
    told()
    holds()
    outbox()
    people()


def broadcasts() -> None:
    op.create_table(
        "broadcast",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("plan", sa.String(), nullable=False),
        sa.Column("staff_id", sa.Integer(), nullable=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("buttons", sa.JSON(), nullable=False),
        sa.Column("picture", sa.LargeBinary(), nullable=True),
        sa.Column("file", sa.String(), nullable=False),
        sa.Column("whom", sa.JSON(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("stamp", sa.Integer(), nullable=False),
        sa.Column("due_at", Moment(), nullable=True),
        sa.Column("made_at", Moment(), nullable=False),
        sa.Column("confirmed_by", sa.Integer(), nullable=True),
        sa.Column("begun_at", Moment(), nullable=True),
        sa.Column("ended_at", Moment(), nullable=True),
        sa.Column("reached", sa.Integer(), nullable=False),
        sa.Column("refusals", sa.Integer(), nullable=False),
        sa.Column("board", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"]),
        sa.ForeignKeyConstraint(["confirmed_by"], ["staff.id"]),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_broadcast_plan", "broadcast", ["plan"])
    op.create_index("ix_broadcast_state", "broadcast", ["state"])


def told() -> None:
    op.create_table(
        "told",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("about", sa.String(), nullable=False),
        sa.Column("step", sa.String(), nullable=False),
        sa.Column("day", sa.Date(), nullable=True),
        sa.Column("at", Moment(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"]),
        sa.PrimaryKeyConstraint("person_id", "about", "step"),
    )


def holds() -> None:
    op.create_table(
        "hold",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("since", Moment(), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("told_at", Moment(), nullable=True),
        sa.Column("ended_at", Moment(), nullable=True),
        sa.Column("ended_by", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["ended_by"], ["staff.id"]),
        sa.PrimaryKeyConstraint("id"),
    )


def outbox() -> None:
    added: list[sa.Column[Any]] = [
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("about", sa.String(), nullable=False, server_default=""),
        sa.Column("broadcast_id", sa.Integer(), nullable=True),
        sa.Column("until", Moment(), nullable=True),
        sa.Column("ref", sa.String(), nullable=False, server_default=""),
    ]
    for column in added:
        op.add_column("outbox", column)
    with op.batch_alter_table("outbox") as table:
        for column in added:
            if column.server_default is not None:
                table.alter_column(column.name, existing_type=column.type, server_default=None)
        table.create_foreign_key("outbox_broadcast_id", "broadcast", ["broadcast_id"], ["id"])
    whole = "broadcast_id IS NOT NULL"
    partial("outbox_planned", ["broadcast_id", "state", "channel", "id"], whole)
    partial("outbox_broadcast", ["broadcast_id", "person_id"], whole, unique=True)
    partial("outbox_pushed", ["person_id", "created_at"], "person_id IS NOT NULL")


def partial(name: str, columns: list[str], where: str, *, unique: bool = False) -> None:
    """An index of some rows of the outbox."""
    rows = sa.text(where)
    op.create_index(
        name, "outbox", columns, unique=unique, sqlite_where=rows, postgresql_where=rows
    )


def people() -> None:
    op.add_column("address", sa.Column("heard_at", Moment(), nullable=True))
    op.add_column("person", sa.Column("wishes", sa.JSON(), nullable=True))
    quiet()


def quiet() -> None:
    """Who wanted no reminders wants none still: that stood with what is on the screen."""
    person = sa.table("person", *(sa.column(n, t) for n, t in PERSON.items()))
    rows = op.get_bind().execute(sa.select(person.c.id, person.c.talk))
    for number, talk in [(number, talk) for number, talk in rows if "quiet" in talk]:
        muted = [each for each in talk.pop("quiet") if each != "all"]
        wishes = {"muted": muted} if muted else {"off": True}
        changed = sa.update(person).where(person.c.id == number)
        op.execute(changed.values(talk=talk, wishes=wishes))
