"""The hold: after a backup was restored, what it would send waits until somebody lets it go."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, exists, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from storage.tables import Hold, Outbox, Staff

STANDING = col(Hold.ended_at).is_(None)


def let_through(row: Any = Outbox) -> ColumnElement[bool]:
    """No hold stands in the way of a row of the outbox: none stands, or it is a later reply."""
    unasked = col(row.priority) > 0
    held = or_(unasked, col(row.created_at) <= col(Hold.since))
    return ~exists().where(STANDING, held)


class Holds:
    """One hold at most stands at a time."""

    def __init__(self, session: AsyncSession, now: datetime) -> None:
        self.session, self.now = session, now

    async def standing(self) -> Hold | None:
        """The hold that keeps back what is old; None where everything may leave."""
        return (await self.session.scalars(select(Hold).where(STANDING))).one_or_none()

    async def begin(self, why: str) -> Hold:
        """Hold back everything that is there already, and all that nobody asked for."""
        await self.end(None)
        hold = Hold(since=self.now, why=why)
        self.session.add(hold)
        await self.session.flush()
        return hold

    async def end(self, staff_id: int | None) -> bool:
        """Let everything leave again, as an officer or an operator says; False where it does."""
        ended = update(Hold).where(STANDING).values(ended_at=self.now, ended_by=staff_id)
        rows = await self.session.scalars(ended.returning(col(Hold.id)))
        return rows.one_or_none() is not None

    async def last(self) -> tuple[Hold, str] | None:
        """The hold that ended last, and the name of the officer who ended it, if one did."""
        rows = select(Hold, col(Staff.name)).where(col(Hold.ended_at).is_not(None))
        rows = rows.outerjoin(Staff, col(Staff.id) == col(Hold.ended_by))
        found = await self.session.execute(rows.order_by(col(Hold.ended_at).desc()).limit(1))
        return next(((hold, name or "") for hold, name in found), None)
