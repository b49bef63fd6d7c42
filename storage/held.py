"""What a hold keeps back: counted, and dropped where nobody is to get it any more."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import delete, func, select
from sqlmodel import col

from storage.engine import BLIND
from storage.holds import let_through
from storage.missed import REPLY
from storage.recipients import UNSENT
from storage.tables import Broadcast, Outbox
from storage.unit import Unit

UNDER_WAY = ("waiting", "planning", "running")  # broadcasts that would go on by themselves
WAITS = col(Outbox.due_at).is_not(None), col(Outbox.broadcast_id).is_(None), ~let_through()


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


async def count(unit: Unit) -> Held:
    """What would go out if the hold ended now."""
    asked = (col(Outbox.priority) == REPLY).label("asked")
    counts = select(asked, func.count()).where(*WAITS).group_by(asked)
    found = {bool(reply): number for reply, number in await unit.session.execute(counts)}
    return Held(found.get(True, 0), found.get(False, 0), await unfinished(unit))


async def unfinished(unit: Unit) -> list[Unfinished]:
    """The broadcasts that would go on, the latest first."""
    left = func.count().filter(col(Outbox.state).in_(UNSENT))
    sent = func.count().filter(col(Outbox.state) == "sent")
    rows = select(Broadcast, sent, left).where(col(Broadcast.state).in_(UNDER_WAY))
    rows = rows.outerjoin(Outbox, col(Outbox.broadcast_id) == col(Broadcast.id))
    rows = rows.group_by(col(Broadcast.id)).order_by(col(Broadcast.id).desc())
    return [Unfinished(*row) for row in await unit.session.execute(rows)]


async def drop(unit: Unit) -> int:
    """Drop old replies and reminders; cancel what broadcasts are under way, and count them."""
    cancelled = [await unit.broadcasts.cancel(each.broadcast) for each in await unfinished(unit)]
    await unit.session.execute(delete(Outbox).where(*WAITS), execution_options=BLIND)
    return sum(cancelled)
