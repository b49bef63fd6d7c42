"""What goes through each channel: when something last came and left, what waits, what failed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from storage.outbox import milliseconds
from storage.tables import Address, Inbox, Outbox

LATELY = 2000  # updates among which the last of a channel is looked for
DAY = timedelta(hours=24)


@dataclass(frozen=True)
class Traffic:
    """What went through a channel, and what of it came to nothing in the last 24 hours."""

    heard: datetime | None = None  # within the hour, where it was long before others
    sent: datetime | None = None
    waiting: int = 0
    failed: int = 0
    uncertain: int = 0


class TrafficRows:
    """The inbox and the outbox by their channels."""

    def __init__(self, session: AsyncSession, now: datetime) -> None:
        self.session, self.now = session, now

    async def of(self, channels: Iterable[str]) -> dict[str, Traffic]:
        """What went through each of these."""
        return {channel: await self.through(channel) for channel in channels}

    async def through(self, channel: str) -> Traffic:
        """What went through one."""
        counts, sent = await self.lately_sent(channel)
        return Traffic(
            heard=await self.heard(channel),
            sent=sent or await self.sent(channel),
            waiting=await self.waiting(channel),
            failed=counts.get("failed", 0),
            uncertain=counts.get("uncertain", 0),
        )

    async def heard(self, channel: str) -> datetime | None:
        """When somebody last wrote there. Of what is long ago only the address knows, about."""
        last = select(func.max(col(Inbox.id)) - LATELY).scalar_subquery()
        rows = select(func.max(col(Inbox.received_at))).where(col(Inbox.channel) == channel)
        there = select(func.max(col(Address.heard_at))).where(col(Address.channel) == channel)
        lately: datetime | None = await self.session.scalar(rows.where(col(Inbox.id) > last))
        return lately or await self.session.scalar(there)

    async def lately_sent(self, channel: str) -> tuple[dict[str, int], datetime | None]:
        """How many messages of the last 24 hours are in which state; when the last arrived."""
        first = col(Outbox.begun) >= milliseconds(self.now - DAY)
        counted = select(col(Outbox.state), func.count(), func.max(col(Outbox.begun)))
        rows = counted.where(col(Outbox.channel) == channel, first).group_by(col(Outbox.state))
        found = (await self.session.execute(rows)).all()
        sent = next((begun for state, _, begun in found if state == "sent"), None)
        return {state: count for state, count, _ in found}, moment(sent)

    async def sent(self, channel: str) -> datetime | None:
        """When a message last left there that arrived."""
        here = col(Outbox.channel) == channel, col(Outbox.begun).is_not(None)
        rows = select(func.max(col(Outbox.begun))).where(*here, col(Outbox.state) == "sent")
        return moment(await self.session.scalar(rows))

    async def waiting(self, channel: str) -> int:
        """How many messages are to leave there."""
        due = col(Outbox.channel) == channel, col(Outbox.due_at).is_not(None)
        return await self.session.scalar(select(func.count()).where(*due)) or 0


def moment(begun: int | None) -> datetime | None:
    """When a message set out."""
    return None if begun is None else datetime.fromtimestamp(begun / 1000, UTC)
