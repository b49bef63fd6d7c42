"""Who talks to us, and where they are reached."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Column, Text
from sqlmodel import Field, SQLModel

from storage.tables.moment import Moment


class Person(SQLModel, table=True):
    """Somebody who talks to us. Name, unit, phone and place only after consent."""

    id: int = Field(default=None, primary_key=True)
    created_at: datetime = Field(sa_type=Moment)
    consents: dict[str, Any] = Field(  # receiver: version of the words agreed to, and when
        default_factory=dict, sa_column=Column(JSON, nullable=False)
    )
    profile: dict[str, Any] = Field(default_factory=dict, sa_column=Column(JSON, nullable=False))
    plan: str = ""  # the plan last talked about
    # What they want to be told unasked, and what not; none: as all do.
    wishes: dict[str, Any] | None = Field(default=None, sa_column=Column(JSON))
    talk: dict[str, Any] = Field(default_factory=dict, sa_column=Column(JSON, nullable=False))
    asked: str | None = Field(default=None, sa_type=Text)  # answered last, if it may be marked
    asked_at: datetime | None = Field(default=None, sa_type=Moment)


class Address(SQLModel, table=True):
    """Where a person is reached; several are one person's once they have linked them."""

    channel: str = Field(primary_key=True)
    sender: str = Field(primary_key=True)
    person_id: int | None = Field(default=None, foreign_key="person.id", index=True)
    unreachable_since: datetime | None = Field(default=None, sa_type=Moment)
    heard_at: datetime | None = Field(default=None, sa_type=Moment)  # the last time, about
    # How a browser is told of news while our page is closed, where the person allowed it.
    push: dict[str, Any] | None = Field(default=None, sa_column=Column(JSON(none_as_null=True)))


class LinkCode(SQLModel, table=True):
    """A code that makes another place of a person's theirs, once. Only its hash is kept."""

    __tablename__ = "link_code"

    person_id: int = Field(primary_key=True, foreign_key="person.id")  # one open code a person
    code: str | None = Field(unique=True)  # hashed; none: typed, and an officer's yes is waited for
    channel: str  # where it was shown
    sender: str
    until: datetime = Field(sa_type=Moment)
    by_channel: str = ""  # where it was typed, while that yes is waited for
    by_sender: str = ""
