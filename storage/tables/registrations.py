"""Forms half finished and submitted, and what becomes of them."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Column, Text
from sqlmodel import Field, SQLModel

from storage.tables.moment import Moment


class Draft(SQLModel, table=True):
    """A half-finished form: only its answers, by step."""

    id: str = Field(primary_key=True)
    person_id: int = Field(foreign_key="person.id", index=True)
    plan: str
    form: str
    answers: dict[str, Any] = Field(default_factory=dict, sa_column=Column(JSON, nullable=False))
    editing: str = ""  # the step being changed at the review
    steps: dict[str, str] = Field(  # of the form when it was last asked, and what each accepts
        default_factory=dict, sa_column=Column(JSON, nullable=False)
    )
    updated_at: datetime = Field(sa_type=Moment)
    # The registration that it corrects; none: it becomes a new one.
    corrects: int | None = Field(default=None, foreign_key="registration.id")
    code: str | None = Field(default=None, unique=True)  # to take it up on another channel
    code_until: datetime | None = Field(default=None, sa_type=Moment)


class Registration(SQLModel, table=True):
    """One submitted form as it stands now; what it said before is in its revisions."""

    id: int = Field(default=None, primary_key=True)
    code: str = Field(unique=True)
    draft_id: str = Field(unique=True)  # submitting a draft twice makes one registration
    person_id: int = Field(foreign_key="person.id", index=True)
    plan: str = Field(index=True)
    form: str
    answers: dict[str, Any] = Field(sa_column=Column(JSON, nullable=False))
    submitted_at: datetime = Field(sa_type=Moment)  # the first time
    state: str = Field(default="submitted", index=True)  # one of storage.registrations.STATES
    version: int = 1  # how often it was submitted
    late: bool = False  # submitted when registration was over
    changed_at: datetime = Field(sa_type=Moment)  # when it came to be in this state
    stamp: int = 0  # counts every change, so that who looked before it cannot overwrite it
    step: str = ""  # the field for which it was returned
    reason: str = Field(default="", sa_type=Text)  # why it was returned or rejected
    percent: int | None = None  # done so far, as last told
    folded: str = Field(default="", sa_type=Text)  # what it is found by, without diacritics


class Revision(SQLModel, table=True):
    """What a registration said before it was submitted anew."""

    registration_id: int = Field(primary_key=True, foreign_key="registration.id")
    version: int = Field(primary_key=True)
    answers: dict[str, Any] = Field(sa_column=Column(JSON, nullable=False))
    submitted_at: datetime = Field(sa_type=Moment)


class Progress(SQLModel, table=True):
    """How far an initiative was, as its person told it."""

    id: int = Field(default=None, primary_key=True)
    registration_id: int = Field(foreign_key="registration.id", index=True)
    percent: int
    note: str = Field(default="", sa_type=Text)
    told_at: datetime = Field(sa_type=Moment)


class Act(SQLModel, table=True):
    """The audit trail: who looked at what, and did what. Stays when what it was about is gone."""

    id: int = Field(default=None, primary_key=True)
    at: datetime = Field(sa_type=Moment)
    staff_id: int | None = Field(default=None, foreign_key="staff.id")  # none: a member, or us
    plan: str = ""
    registration_id: int | None = Field(default=None, index=True)
    person_id: int | None = Field(default=None, index=True)  # whom it is about
    what: str  # one of storage.acts.WHAT
    note: str = Field(default="", sa_type=Text)  # a reason, a comment, what was searched for
    count: int = 1  # of registrations looked at


class Request(SQLModel, table=True):
    """What somebody asks us to do with their data, where an officer has to act; the law's clock."""

    id: int = Field(default=None, primary_key=True)
    person_id: int = Field(foreign_key="person.id", index=True)
    plan: str  # whose staff are to act
    kind: str  # one of storage.requests.KINDS
    words: str = Field(default="", sa_type=Text)
    asked_at: datetime = Field(sa_type=Moment)
    answered_at: datetime | None = Field(default=None, sa_type=Moment)  # told how it is handled
    done_at: datetime | None = Field(default=None, sa_type=Moment)
    done_by: int | None = Field(default=None, foreign_key="staff.id")
