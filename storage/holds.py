"""The hold: after a backup was restored, what it would send waits until somebody lets it go."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, delete, exists, func, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from storage.engine import BLIND
from storage.tables import Broadcast, Hold, Outbox, Staff

STANDING = col(Hold.ended_at).is_(None)
UNDERWAY = ("planning", "waiting", "running")  # broadcasts that would go on by themselves


def let_through(row: Any = Outbox) -> ColumnElement[bool]:
    """No hold stands in the way of a row of the outbox: none stands, or it is a later reply."""
    unasked = col(row.priority) > 0
    held = or_(unasked, col(row.created_at) <= col(Hold.since))
    return ~exists().where(STANDING, held)


@dataclass(frozen=True)
class Unfinished:
    """A broadcast that would go on: how many it has reached, and how many it has not."""

    broadcast: Broadcast
    sent: int
    left: int


@dataclass(frozen=True)
class Held:
    """What would go out."""

    replies: int
    reminders: int
    broadcasts: list[Unfinished]


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

    async def held(self) -> Held:
        """What would go out if the hold ended now."""
        due = col(Outbox.due_at).is_not(None), ~let_through(), col(Outbox.broadcast_id).is_(None)
        asked = (col(Outbox.priority) == 0).label("asked")
        counts = select(asked, func.count()).where(*due).group_by(asked)
        count = {bool(reply): number for reply, number in await self.session.execute(counts)}
        return Held(count.get(True, 0), count.get(False, 0), await self.unfinished())

    async def unfinished(self) -> list[Unfinished]:
        """The broadcasts that would go on, the latest first."""
        left = func.count().filter(col(Outbox.state).in_(("planned", "queued", "sending")))
        sent = func.count().filter(col(Outbox.state) == "sent")
        rows = select(Broadcast, sent, left).where(col(Broadcast.state).in_(UNDERWAY))
        rows = rows.outerjoin(Outbox, col(Outbox.broadcast_id) == col(Broadcast.id))
        rows = rows.group_by(col(Broadcast.id)).order_by(col(Broadcast.id).desc())
        return [Unfinished(*row) for row in await self.session.execute(rows)]

    async def last(self) -> tuple[Hold, str] | None:
        """The hold that ended last, and the name of the officer who ended it, if one did."""
        rows = select(Hold, col(Staff.name)).where(col(Hold.ended_at).is_not(None))
        rows = rows.outerjoin(Staff, col(Staff.id) == col(Hold.ended_by))
        found = await self.session.execute(rows.order_by(col(Hold.ended_at).desc()).limit(1))
        return next(((hold, name or "") for hold, name in found), None)

    async def drop(self) -> int:
        """Drop old replies and reminders; cancel what broadcasts are under way, and count them."""
        numbers = [each.broadcast.id for each in await self.unfinished()]
        over = {"state": "cancelled", "ended_at": self.now, "stamp": col(Broadcast.stamp) + 1}
        ours = update(Broadcast).where(col(Broadcast.id).in_(numbers)).values(over)
        await self.session.execute(ours, execution_options=BLIND)
        due = col(Outbox.due_at).is_not(None), ~let_through(), col(Outbox.broadcast_id).is_(None)
        await self.session.execute(delete(Outbox).where(*due), execution_options=BLIND)
        return len(numbers)
