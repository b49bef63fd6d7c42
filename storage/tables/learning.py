"""Officers, the questions that they answer, and what is learnt from it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Column, Index, Text, text
from sqlmodel import Field, SQLModel

from storage.tables.moment import Moment


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
    channel: str  # on which it was asked
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
