"""What goes out unasked: broadcasts, what people were reminded of, and what holds it all back."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, Column, LargeBinary, Text
from sqlmodel import Field, SQLModel

from storage.tables.moment import Moment


class Broadcast(SQLModel, table=True):
    """One message of staff to many; whom it reaches is rows of the outbox."""

    id: int = Field(default=None, primary_key=True)
    plan: str = Field(index=True)  # whose staff send it
    staff_id: int | None = Field(default=None, foreign_key="staff.id")  # none: an operator
    text: str = Field(default="", sa_type=Text)  # as composed; {tên}, {đơn vị} are filled later
    buttons: list[list[str]] = Field(sa_column=Column(JSON, nullable=False))  # label, value
    picture: bytes | None = Field(default=None, sa_type=LargeBinary)
    file: str = ""  # what the picture or file is called
    whom: dict[str, Any] = Field(sa_column=Column(JSON, nullable=False))
    state: str = Field(default="draft", index=True)  # one of storage.broadcasts.STATES
    reason: str = Field(default="", sa_type=Text)  # why it is paused
    stamp: int = 0  # counts every change of its state, so that nobody overwrites another's
    due_at: datetime | None = Field(default=None, sa_type=Moment)  # none: at once
    made_at: datetime = Field(sa_type=Moment)
    confirmed_by: int | None = Field(default=None, foreign_key="staff.id")  # a second officer
    begun_at: datetime | None = Field(default=None, sa_type=Moment)
    ended_at: datetime | None = Field(default=None, sa_type=Moment)
    reached: int = 0  # the last person for whom a row was planned
    refusals: int = 0  # in a row, lately
    board: int | None = None  # the row of the outbox that tells its maker how far it is


class Told(SQLModel, table=True):
    """Somebody was reminded of this: never again of the same step."""

    person_id: int = Field(primary_key=True, foreign_key="person.id")
    about: str = Field(primary_key=True)  # what of: ``deadline:<plan>/<entry>`` and the like
    step: str = Field(primary_key=True)  # days before, ``moved``, ``done``
    day: date | None = None  # of which day it was said: when that moves, they are told
    at: datetime = Field(sa_type=Moment)


class Hold(SQLModel, table=True):
    """Nothing goes out unasked, and nothing from before: a backup was restored."""

    id: int = Field(default=None, primary_key=True)
    since: datetime = Field(sa_type=Moment)
    why: str = Field(default="", sa_type=Text)
    told_at: datetime | None = Field(default=None, sa_type=Moment)  # its officers were told
    ended_at: datetime | None = Field(default=None, sa_type=Moment)
    ended_by: int | None = Field(default=None, foreign_key="staff.id")
