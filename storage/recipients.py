"""The recipients of a broadcast: whom it is for, and what became of it for each."""

from __future__ import annotations

from collections.abc import AsyncIterator, Collection, Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, func, null, select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import SQLModel, col

from storage.audience import Audience
from storage.engine import BLIND, insert_new
from storage.outbox import BROADCAST
from storage.tables import Broadcast, Outbox, Person

AWAITED = ("planned", "queued")  # they have not left
UNSENT = (*AWAITED, "sending")  # something is still to come of them
INDEXED = (col(Outbox.broadcast_id), col(Outbox.state), col(Outbox.channel), col(Outbox.id))
PAGE = 500  # recipients read at once
OUTBOX = SQLModel.metadata.tables["outbox"]  # the bare table: a hundred thousand rows at once


class Recipient(NamedTuple):
    """One whom a broadcast is for, and what became of it there."""

    person_id: int
    told: Mapping[str, Any]  # of themselves
    channel: str
    state: str
    reason: str


class Recipients:
    """The rows of broadcasts."""

    def __init__(self, session: AsyncSession, now: datetime) -> None:
        self.session, self.now = session, now

    async def has(self, number: int, states: Sequence[str], *wanted: ColumnElement[bool]) -> bool:
        """Whether any of its recipients is in one of these states."""
        rows = select(col(Outbox.id)).where(col(Outbox.broadcast_id) == number, *wanted)
        first = rows.where(col(Outbox.state).in_(states)).order_by(*INDEXED).limit(1)
        return (await self.session.scalars(first)).first() is not None

    async def plan(self, rows: Sequence[dict[str, Any]]) -> None:
        """Keep what is to become of these recipients: planned, or skipped and why.

        Each row: broadcast_id, about, person_id, channel, address, body, state, reason, until. Who
        has a row already keeps it.
        """
        common = {
            "priority": BROADCAST,
            "due_at": None,
            "begun": None,
            "created_at": self.now,
            "ref": "",
        }
        await insert_new(self.session, OUTBOX, [{**common, **row} for row in rows])

    async def counts(self, number: int) -> dict[str, int]:
        """How many of its recipients are in which state."""
        rows = select(col(Outbox.state), func.count()).where(col(Outbox.broadcast_id) == number)
        found = await self.session.execute(rows.group_by(col(Outbox.state)))
        return {state: count for state, count in found}

    async def reasons(self, number: int) -> dict[tuple[str, str, str], int]:
        """How many are in which state for which reason on which channel."""
        key = col(Outbox.state), col(Outbox.reason), col(Outbox.channel)
        rows = select(*key, func.count()).where(col(Outbox.broadcast_id) == number).group_by(*key)
        found = await self.session.execute(rows)
        return {(state, reason, channel): count for state, reason, channel, count in found}

    async def recipients(self, number: int) -> AsyncIterator[Recipient]:
        """Everybody whom it is for, read a page at a time."""
        asked = (
            col(Outbox.person_id),
            col(Person.profile),
            col(Outbox.channel),
            col(Outbox.state),
            col(Outbox.reason),
        )
        rows = select(*asked).join(Person, col(Person.id) == col(Outbox.person_id))
        rows = rows.where(col(Outbox.broadcast_id) == number)
        rows, last = rows.order_by(col(Outbox.person_id)).limit(PAGE), 0
        while page := (await self.session.execute(rows.where(col(Outbox.person_id) > last))).all():
            told = await Audience(self.session).told([row[0] for row in page if not row[1]])
            for person, profile, *became in page:
                yield Recipient(person, profile or told.get(person, {}), *became)
            last = page[-1][0]

    async def stay(self, numbers: Collection[int]) -> None:
        """Of those of these that are cancelled, what has not left does not leave."""
        over = select(col(Broadcast.id)).where(
            col(Broadcast.id).in_(numbers), col(Broadcast.state) == "cancelled"
        )
        await self.skip("cancelled", col(Outbox.broadcast_id).in_(over))

    async def expire(self) -> None:
        """What waits in vain, as while one is paused, is of no use any more, nor are its words."""
        late = col(Outbox.broadcast_id).is_not(None), col(Outbox.until) <= self.now
        await self.skip("stale", *late)

    async def skip(self, reason: str, *which: ColumnElement[bool]) -> None:
        left = update(Outbox).where(*which, col(Outbox.state).in_(AWAITED))
        ended = left.values(state="skipped", reason=reason, body=null(), due_at=None)
        await self.session.execute(ended, execution_options=BLIND)
