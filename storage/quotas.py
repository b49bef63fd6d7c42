"""What counts against the messages that a platform takes from us in a month."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import and_, func, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from storage.bare import strip
from storage.broadcasts import OVER
from storage.engine import BLIND
from storage.tables import Address, Broadcast, Outbox
from storage.tables.moment import milliseconds

QUOTA = "quota"  # why a message stays or was refused: there are none left this month
UNCOUNTED = ("failed", "skipped")  # no platform took these


class Taken(NamedTuple):
    """How many messages; and whether the platform said at last that it takes no more."""

    messages: int
    over: bool


class Quotas:
    """Messages and people by channel."""

    def __init__(self, session: AsyncSession) -> None:
        self.session = session

    async def taken(self, channel: str, since: datetime) -> Taken:
        """What the channel took from us since, or may have taken; each row is looked at once."""
        state, begun = col(Outbox.state), col(Outbox.begun)
        refused = and_(state == "failed", col(Outbox.reason) == QUOTA)
        asked = (
            func.count().filter(state.not_in(UNCOUNTED)),
            func.max(begun).filter(refused),
            func.max(begun).filter(state == "sent"),
        )
        there = col(Outbox.channel) == channel, begun >= milliseconds(since)
        count, said, took = (await self.session.execute(select(*asked).where(*there))).one()
        return Taken(count, said is not None and said > (took or 0))

    async def coming(self, channel: str) -> int:
        """How many are to leave there yet: queued, or planned as parts of live broadcasts."""
        rows = select(func.count()).where(col(Outbox.channel) == channel)
        queued = rows.where(col(Outbox.due_at).is_not(None), col(Outbox.begun).is_(None))
        live = select(col(Broadcast.id)).where(col(Broadcast.state).not_in((*OVER, "draft")))
        planned = rows.where(col(Outbox.broadcast_id).in_(live), col(Outbox.state) == "planned")
        return sum([(await self.session.scalars(each)).one() for each in (queued, planned)])

    async def keep(self, before: datetime, channels: Collection[str]) -> None:
        """Of what left these channels before, and may count still, keep that it did."""
        counts = col(Outbox.channel).in_(channels), col(Outbox.created_at) < before
        await self.session.execute(
            strip(*counts, col(Outbox.broadcast_id).is_(None)), execution_options=BLIND
        )

    async def people(self, channel: str) -> int:
        """How many places have ever written to us there."""
        rows = select(func.count()).where(col(Address.channel) == channel)
        return (await self.session.scalars(rows)).one()
