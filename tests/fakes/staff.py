"""Looks at what staff will be shown."""

from __future__ import annotations

from sqlalchemy import select
from sqlmodel import col

from storage.tables import Inbox
from storage.unit import Unit


async def parked_updates(unit: Unit) -> list[Inbox]:
    """The updates that could not be handled."""
    rows = select(Inbox).where(col(Inbox.fault) != "").order_by(col(Inbox.id))
    return list((await unit.session.scalars(rows)).all())
