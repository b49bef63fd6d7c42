"""What counts against the messages that a platform takes from us in a month."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from storage.bare import strip
from storage.broadcasts import OVER
from storage.engine import BLIND
from storage.tables import Address, Broadcast, Outbox
from storage.tables.moment import milliseconds

QUOTA = "quota"  # why a message stays or was refused: there are none left this month
UNCOUNTED = ("failed", "skipped")  # no platform took these


class Quotas:
    """Messages and people by channel."""

    def __init__(self, session: AsyncSession) -> None:
        self.session = session

    async def counted(self, channel: str, since: datetime) -> int:
        """How many messages the channel took from us since, or may have taken."""
        taken = *left(channel, since), col(Outbox.state).not_in(UNCOUNTED)
        return (await self.session.scalars(select(func.count()).where(*taken))).one()

    async def coming(self, channel: str) -> int:
        """How many are to leave there yet: queued, or planned as parts of live broadcasts."""
        rows = select(func.count()).where(col(Outbox.channel) == channel)
        queued = rows.where(col(Outbox.due_at).is_not(None), col(Outbox.begun).is_(None))
        live = select(col(Broadcast.id)).where(col(Broadcast.state).not_in((*OVER, "draft")))
        planned = rows.where(col(Outbox.broadcast_id).in_(live), col(Outbox.state) == "planned")
        return sum([(await self.session.scalars(each)).one() for each in (queued, planned)])

    async def refused(self, channel: str, since: datetime) -> bool:
        """Whether the platform has said since that there are none left, and took nothing later."""
        there = select(col(Outbox.id)).where(*left(channel, since))
        said = there.where(col(Outbox.state) == "failed", col(Outbox.reason) == QUOTA)
        last = select(func.max(col(Outbox.begun))).where(col(Outbox.id).in_(said))
        at = (await self.session.scalars(last)).one()
        if at is None:
            return False
        later = there.where(col(Outbox.begun) > at, col(Outbox.state) == "sent").limit(1)
        return (await self.session.scalars(later)).first() is None

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


def left(channel: str, since: datetime) -> tuple[ColumnElement[bool], ...]:
    """What set out there since."""
    return col(Outbox.channel) == channel, col(Outbox.begun) >= milliseconds(since)
