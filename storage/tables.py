"""The tables. They hold what is remembered, nothing that can be derived from content."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import (
    JSON,
    BigInteger,
    Column,
    DateTime,
    Index,
    Text,
    TypeDecorator,
    UniqueConstraint,
    text,
)
from sqlalchemy.engine import Dialect
from sqlmodel import Field, SQLModel


class Moment(TypeDecorator[datetime]):
    """An aware moment, stored as UTC; SQLite alone would forget the zone."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        return value and value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        return value if value is None or value.tzinfo else value.replace(tzinfo=UTC)


class Person(SQLModel, table=True):
    """Somebody who talks to us. Name, unit, phone and place only after consent."""

    id: int = Field(default=None, primary_key=True)
    created_at: datetime = Field(sa_type=Moment)
    consents: dict[str, Any] = Field(  # receiver: version of the words agreed to, and when
        default_factory=dict, sa_column=Column(JSON, nullable=False)
    )
    profile: dict[str, Any] = Field(default_factory=dict, sa_column=Column(JSON, nullable=False))
    plan: str = ""  # the plan last talked about
    talk: dict[str, Any] = Field(default_factory=dict, sa_column=Column(JSON, nullable=False))
    asked: str | None = Field(default=None, sa_type=Text)  # answered last, if it may be marked
    asked_at: datetime | None = Field(default=None, sa_type=Moment)


class Address(SQLModel, table=True):
    """Where a person is reached: one row a channel."""

    channel: str = Field(primary_key=True)
    sender: str = Field(primary_key=True)
    person_id: int | None = Field(default=None, foreign_key="person.id", index=True)
    unreachable_since: datetime | None = Field(default=None, sa_type=Moment)


class Draft(SQLModel, table=True):
    """A half-finished form: only its answers, by step."""

    id: str = Field(primary_key=True)
    person_id: int = Field(foreign_key="person.id", index=True)
    plan: str
    form: str
    answers: dict[str, Any] = Field(default_factory=dict, sa_column=Column(JSON, nullable=False))
    editing: str = ""  # the step being changed at the review
    updated_at: datetime = Field(sa_type=Moment)


class Registration(SQLModel, table=True):
    """One submitted form. Never changed afterwards."""

    id: int = Field(default=None, primary_key=True)
    code: str = Field(unique=True)
    draft_id: str = Field(unique=True)  # submitting a draft twice makes one registration
    person_id: int = Field(foreign_key="person.id", index=True)
    plan: str = Field(index=True)
    form: str
    answers: dict[str, Any] = Field(sa_column=Column(JSON, nullable=False))
    submitted_at: datetime = Field(sa_type=Moment)


class Inbox(SQLModel, table=True):
    """What was heard. The body goes once it has taken effect; the id stays, to know it again."""

    __table_args__ = (
        # In this order: an index that began with the channel would tempt SQLite to look for open
        # updates among all that were ever heard there.
        UniqueConstraint("update_id", "channel"),
        Index(
            "inbox_open",
            "id",
            sqlite_where=text("done_at IS NULL"),
            postgresql_where=text("done_at IS NULL"),
        ),
    )
    id: int = Field(default=None, primary_key=True)
    channel: str
    update_id: str
    sender: str
    body: dict[str, Any] | None = Field(default=None, sa_column=Column(JSON))
    received_at: datetime = Field(sa_type=Moment)
    done_at: datetime | None = Field(default=None, sa_type=Moment)
    attempts: int = 0
    fault: str = Field(default="", sa_type=Text)  # why it was parked; empty: it was not


class Outbox(SQLModel, table=True):
    """Every message that leaves. ``due_at`` says all: now, later, leased; null is settled."""

    __table_args__ = (
        Index(
            "outbox_due",
            "priority",
            "due_at",
            "id",
            sqlite_where=text("due_at IS NOT NULL"),
            postgresql_where=text("due_at IS NOT NULL"),
        ),
        Index(
            "outbox_head",
            "channel",
            "address",
            "priority",
            "id",
            sqlite_where=text("due_at IS NOT NULL"),
            postgresql_where=text("due_at IS NOT NULL"),
        ),
        Index(
            "outbox_begun",
            "channel",
            "address",
            "begun",
            sqlite_where=text("begun IS NOT NULL"),
            postgresql_where=text("begun IS NOT NULL"),
        ),
    )
    id: int = Field(default=None, primary_key=True)
    channel: str
    address: str
    body: dict[str, Any] | None = Field(sa_column=Column(JSON))  # null: no longer needed
    priority: int = 0  # one of storage.outbox.PRIORITIES
    due_at: datetime | None = Field(default=None, sa_type=Moment)
    # Milliseconds: when it first set out, later than whatever set out to that person before.
    begun: int | None = Field(default=None, sa_type=BigInteger)
    state: str = "queued"  # queued, sending, sent, failed
    reason: str = Field(default="", sa_type=Text)
    created_at: datetime = Field(sa_type=Moment)


class Staff(SQLModel, table=True):
    """An officer: what they may do for which plan. Stays when removed, to tell who decided what."""

    id: int = Field(default=None, primary_key=True)
    person_id: int = Field(foreign_key="person.id", index=True)
    plan: str = ""  # empty: every plan
    role: str  # viewer, reviewer, editor, owner
    name: str
    added_at: datetime = Field(sa_type=Moment)
    removed_at: datetime | None = Field(default=None, sa_type=Moment)


class Invitation(SQLModel, table=True):
    """A code that makes whoever types it an officer, once. Only its hash is kept."""

    id: int = Field(default=None, primary_key=True)
    code: str = Field(unique=True)  # hashed
    plan: str = ""
    role: str
    name: str
    created_at: datetime = Field(sa_type=Moment)
    expires_at: datetime = Field(sa_type=Moment)
    used_at: datetime | None = Field(default=None, sa_type=Moment)


class Question(SQLModel, table=True):
    """A question that staff are to answer. Its text goes when it is settled."""

    __table_args__ = (
        Index(
            "question_open",
            "plan",
            sqlite_where=text("settled_at IS NULL"),
            postgresql_where=text("settled_at IS NULL"),
        ),
    )
    id: int = Field(default=None, primary_key=True)
    person_id: int = Field(foreign_key="person.id", index=True)
    channel: str  # on which it was asked, and is answered
    plan: str
    text: str = Field(sa_type=Text)  # without numbers and addresses of people
    why: str  # unanswered, marked
    entry: str = ""  # what it was answered with, if it was
    asked_at: datetime = Field(sa_type=Moment)
    settled_at: datetime | None = Field(default=None, sa_type=Moment)
    settled_by: int | None = Field(default=None, foreign_key="staff.id")
    outcome: str = ""  # same, new, skipped
    lesson_id: int | None = Field(default=None, foreign_key="lesson.id")


class Lesson(SQLModel, table=True):
    """What an officer decided that an entry says, or is asked by; becomes content."""

    id: int = Field(default=None, primary_key=True)
    plan: str
    entry: str
    phrasings: list[str] = Field(sa_column=Column(JSON, nullable=False))
    added: dict[str, Any] | None = Field(sa_column=Column(JSON))  # the entry, where it is new
    decided_by: int = Field(foreign_key="staff.id")
    decided_at: datetime = Field(sa_type=Moment)
    state: str = Field(default="waiting", index=True)  # waiting, live, refused
    reason: str = Field(default="", sa_type=Text)  # why it was refused


class Tally(SQLModel, table=True):
    """How often the answer of an entry was found right, and not."""

    plan: str = Field(primary_key=True)
    entry: str = Field(primary_key=True)
    good: int = 0
    bad: int = 0
