"""Pictures of the work that people send when they tell how far it is."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Column, Index, LargeBinary, Text, text
from sqlmodel import Field, SQLModel

from storage.tables.moment import Moment


class Photo(SQLModel, table=True):
    """A photo, fetched after its turn. ``due_at`` says when next; null: it is here, or lost."""

    __table_args__ = (
        Index(
            "photo_due",
            "due_at",
            sqlite_where=text("due_at IS NOT NULL"),
            postgresql_where=text("due_at IS NOT NULL"),
        ),
    )
    id: int = Field(default=None, primary_key=True)
    person_id: int = Field(foreign_key="person.id", index=True)
    # None: its person has not said yet of which registration it is.
    registration_id: int | None = Field(default=None, foreign_key="registration.id", index=True)
    # None: sent before it was told how far the work is.
    progress_id: int | None = Field(default=None, foreign_key="progress.id")
    batch: str  # the same of those that were sent together
    channel: str
    reference: str = Field(sa_type=Text)  # by which the channel gives it; empty once it is here
    content: bytes | None = Field(default=None, sa_column=Column(LargeBinary))
    kind: str = ""  # jpg, png, webp; lost where it could not be had
    attempts: int = 0
    due_at: datetime | None = Field(default=None, sa_type=Moment)
    created_at: datetime = Field(sa_type=Moment)
