"""Tokens of a platform that gives new ones every day."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Column, Text
from sqlmodel import Field, SQLModel

from storage.tables.moment import Moment


class TokenPair(SQLModel, table=True):
    """What a channel calls its platform with, and what it gets the next pair for, once.

    Both are sealed by who stores them: a copy of the database alone lets nobody speak for us.
    """

    __tablename__ = "token_pair"

    channel: str = Field(primary_key=True)
    access: str = Field(sa_type=Text)
    refresh: str = Field(sa_type=Text)
    expires_at: datetime = Field(sa_type=Moment)
    refreshed_at: datetime = Field(sa_type=Moment)
    claimed_until: datetime | None = Field(default=None, sa_type=Moment)  # who asks is alone
    fault: str = ""  # why the platform gave none, the last time
    # Hashes of the operator's tokens that were used up: each counts once.
    seeds: list[Any] = Field(default_factory=list, sa_column=Column(JSON, nullable=False))
