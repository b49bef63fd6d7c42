"""Where officers are told how far a broadcast is, and what they were told of it."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import or_, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from storage.tables import Broadcast, Outbox

ALIVE = ("planning", "running", "paused")  # the numbers on a board may change


class Shown(NamedTuple):
    """The message that tells how far a broadcast is."""

    broadcast_id: int
    row: int  # of the outbox
    channel: str
    address: str
    ref: str


class Boards:
    """Messages that tell how far broadcasts are."""

    def __init__(self, session: AsyncSession) -> None:
        self.session = session

    async def shown(self, channels: Collection[str], since: datetime) -> list[Shown]:
        """The boards on these channels of broadcasts that are under way, or ended since then."""
        asked = col(Broadcast.id), col(Outbox.id), col(Outbox.channel), col(Outbox.address)
        rows = select(*asked, col(Outbox.ref)).join(Outbox, col(Outbox.id) == col(Broadcast.board))
        moving = or_(col(Broadcast.state).in_(ALIVE), col(Broadcast.ended_at) >= since)
        found = await self.session.execute(
            rows.where(moving, col(Outbox.channel).in_(channels)).order_by(col(Broadcast.id))
        )
        return [Shown(*row) for row in found]
