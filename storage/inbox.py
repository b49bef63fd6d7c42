"""The inbox: what came in, and takes effect exactly once."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any

from sqlalchemy import and_, delete, func, null, or_, select, tuple_, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from storage.engine import BLIND, insert_new
from storage.people import Where
from storage.tables import Address, Inbox, Person


@dataclass(frozen=True)
class Heard:
    """One update to remember: which, from whom, what it said."""

    channel: str
    update_id: str
    sender: str
    body: dict[str, Any]
    fault: str = ""  # set where it could not even be read: it is parked at once


@dataclass(frozen=True)
class Waiting:
    """An update whose turn has not come yet."""

    id: int
    channel: str
    sender: str
    body: dict[str, Any]
    attempts: int


WAITING = tuple(col(getattr(Inbox, field.name)) for field in fields(Waiting))


class InboxRows:
    """Updates, each in effect exactly once."""

    def __init__(self, session: AsyncSession, now: datetime) -> None:
        self.session, self.now = session, now

    async def store(self, heard: Sequence[Heard]) -> None:
        """Remember the updates that are new, and their senders."""
        await self.know((h.channel, h.sender) for h in heard if not h.fault)
        await insert_new(self.session, Inbox, [self.row(h) for h in heard])

    async def know(self, senders: Iterable[Where]) -> None:
        """Have an address for each of them."""
        # Sorted: two processes that insert the same people in different order would deadlock.
        people = [{"channel": channel, "sender": who} for channel, who in sorted({*senders})]
        await insert_new(self.session, Address, people)

    def row(self, heard: Heard) -> dict[str, Any]:
        return {
            "channel": heard.channel,
            "update_id": heard.update_id,
            "sender": heard.sender,
            "body": heard.body,
            "received_at": self.now,
            "done_at": self.now if heard.fault else None,
            "attempts": 0,
            "fault": heard.fault,
        }

    async def open(
        self,
        limit: int,
        channels: Sequence[str],
        ids: list[int] | None = None,
        but: Collection[Where] = (),
    ) -> list[Waiting]:
        """The oldest updates that wait for their turn, in order, each person's for us alone.

        Locks the rows of the senders and of the people behind them, who may write from several
        places: another process skips those people until we commit.
        """
        rows = await self.waiting(ids, limit, channels, but)
        if not rows or self.session.get_bind().dialect.name == "sqlite":
            return rows  # BEGIN IMMEDIATE has locked everything already
        await self.know((r.channel, r.sender) for r in rows)  # whoever was deleted by hand
        key = tuple_(col(Address.channel), col(Address.sender))
        senders = select(Address).where(key.in_({(r.channel, r.sender) for r in rows}))
        free = senders.with_for_update(skip_locked=True).execution_options(populate_existing=True)
        ours = [*await self.session.scalars(free)]
        held = await self.held({each.person_id for each in ours if each.person_id is not None})
        alone = {(a.channel, a.sender) for a in ours if a.person_id is None or a.person_id in held}
        mine = [row.id for row in rows if (row.channel, row.sender) in alone]
        # Read again: somebody may have finished them before our lock.
        return await self.waiting(mine, limit, channels)

    async def held(self, people: Collection[int]) -> set[int]:
        """Those of these people whom nobody else has in hand; they are ours until we commit."""
        these = select(col(Person.id)).where(col(Person.id).in_(people))
        # Whoever only writes down something of theirs is not in the way.
        free = these.with_for_update(skip_locked=True, key_share=True)
        return {*await self.session.scalars(free)}

    async def waiting(
        self,
        ids: list[int] | None,
        limit: int,
        channels: Sequence[str],
        but: Collection[Where] = (),
    ) -> list[Waiting]:
        """Updates of these channels that wait for their turn, in order; none of some people."""
        unfinished = col(Inbox.done_at).is_(None), col(Inbox.channel).in_(channels)
        rows = select(*WAITING).where(*unfinished).order_by(col(Inbox.id))
        if ids is not None:
            rows = rows.where(col(Inbox.id).in_(ids))
        if but:
            rows = rows.where(tuple_(col(Inbox.channel), col(Inbox.sender)).not_in(but))
        return [Waiting(*row) for row in await self.session.execute(rows.limit(limit))]

    async def done(self, rows: Sequence[Waiting]) -> None:
        """They have taken effect; their texts are no longer needed."""
        await self.change(rows, done_at=self.now, body=null())

    async def failed(self, row: Waiting) -> None:
        """It could not be handled this time."""
        await self.change([row], attempts=row.attempts + 1)

    async def park(self, row: Waiting, fault: str) -> None:
        """It cannot be handled; keep it for staff to look at, and let the others pass."""
        await self.change([row], done_at=self.now, fault=fault)

    async def change(self, rows: Sequence[Waiting], **values: Any) -> None:
        these = update(Inbox).where(col(Inbox.id).in_([row.id for row in rows]))
        await self.session.execute(these.values(values), execution_options=BLIND)

    async def erase(self, places: Collection[Where]) -> None:
        """Drop the words of what was handled or parked, and from whom it came."""
        sent = tuple_(col(Inbox.channel), col(Inbox.sender)).in_(places)
        handled = update(Inbox).where(sent, col(Inbox.done_at).is_not(None))
        bare = handled.values(body=null(), sender="")
        await self.session.execute(bare, execution_options=BLIND)

    async def count_open(self) -> int:
        rows = select(func.count()).select_from(Inbox).where(col(Inbox.done_at).is_(None))
        return int((await self.session.scalars(rows)).one())

    async def count_parked(self) -> int:
        rows = select(func.count()).select_from(Inbox).where(col(Inbox.fault) != "")
        return int((await self.session.scalars(rows)).one())

    async def forget(self, before: datetime, parked_before: datetime) -> None:
        """Drop the ids of updates so old that no platform delivers them again, and old faults."""
        handled = col(Inbox.fault) == "", col(Inbox.done_at) < before
        parked = col(Inbox.fault) != "", col(Inbox.done_at) < parked_before
        old = or_(and_(*handled), and_(*parked))
        await self.session.execute(delete(Inbox).where(old))
