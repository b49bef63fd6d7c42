"""What was heard, and every message that leaves."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, BigInteger, Column, Index, Text, UniqueConstraint, text
from sqlmodel import Field, SQLModel

from storage.tables.moment import Moment


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
    """Every message that leaves. ``due_at``: now, later, leased; null is settled, or planned."""

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
        Index(
            "outbox_planned",
            "broadcast_id",
            "state",
            "channel",
            "id",
            sqlite_where=text("broadcast_id IS NOT NULL"),
            postgresql_where=text("broadcast_id IS NOT NULL"),
        ),
        Index(
            "outbox_broadcast",
            "broadcast_id",
            "person_id",
            unique=True,
            sqlite_where=text("broadcast_id IS NOT NULL"),
            postgresql_where=text("broadcast_id IS NOT NULL"),
        ),
        Index(
            "outbox_pushed",
            "person_id",
            "created_at",
            sqlite_where=text("person_id IS NOT NULL"),
            postgresql_where=text("person_id IS NOT NULL"),
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
    state: str = "queued"  # planned, queued, sending, sent, failed, skipped, uncertain
    reason: str = Field(default="", sa_type=Text)
    created_at: datetime = Field(sa_type=Moment)
    # Of what goes out unasked: to whom, what about, as part of which broadcast, useful until when.
    person_id: int | None = None
    about: str = ""
    broadcast_id: int | None = Field(default=None, foreign_key="broadcast.id")
    until: datetime | None = Field(default=None, sa_type=Moment)
    ref: str = ""  # what the platform calls it, where it can be changed later
