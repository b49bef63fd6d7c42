"""The outbox: what leaves, when, and each person's in order."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import (
    ColumnElement,
    and_,
    bindparam,
    delete,
    exists,
    func,
    insert,
    or_,
    select,
    tuple_,
    update,
)
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased
from sqlmodel import col

from storage.engine import BLIND
from storage.tables import Outbox

LEASE = timedelta(seconds=60)  # after a crash, what was being sent is due again
PRIORITIES = (0, 10)  # all there are: a reply; what nobody waits for


@dataclass(frozen=True)
class Claimed:
    """A message that is ours to send; ``attempts`` counts the earlier ones."""

    id: int
    channel: str
    address: str
    body: dict[str, Any]
    attempts: int


CLAIMED = tuple(col(getattr(Outbox, field.name)) for field in fields(Claimed))


@dataclass(frozen=True)
class Outcome:
    """What became of one sending: settled as a state, or due again."""

    id: int
    state: str
    reason: str = ""
    due_at: datetime | None = None


class OutboxRows:
    """Messages that leave, each person's in order."""

    def __init__(self, session: AsyncSession, now: datetime) -> None:
        self.session, self.now = session, now
        self.queued: list[dict[str, Any]] = []

    def add(self, channel: str, address: str, bodies: Iterable[dict[str, Any]]) -> None:
        """Queue messages that somebody waits for."""
        for body in bodies:
            self.queued.append(
                {
                    "channel": channel,
                    "address": address,
                    "body": body,
                    "priority": 0,
                    "due_at": self.now,
                    "attempts": 0,
                    "state": "queued",
                    "reason": "",
                    "created_at": self.now,
                }
            )

    async def flush(self) -> None:
        """Write what was queued, all at once: a statement a message would cost too much."""
        if self.queued:
            await self.session.execute(insert(Outbox), self.queued)
            self.queued = []

    async def claim(self, limit: int, channels: Sequence[str]) -> list[Claimed]:
        """Lease the next due messages, at most one a person; crashed leases end by themselves.

        ``channels`` are those that may be used now. Whatever went wrong with an earlier message,
        the later ones wait for it; what is only planned for later holds back nothing.
        """
        earlier = aliased(Outbox)
        place = tuple_(col(Outbox.priority), col(Outbox.id))
        behind = exists().where(
            col(earlier.channel) == col(Outbox.channel),
            col(earlier.address) == col(Outbox.address),
            col(earlier.due_at).is_not(None),
            or_(col(earlier.due_at) <= self.now, col(earlier.attempts) > 0),
            tuple_(col(earlier.priority), col(earlier.id)) < place,
        )
        order = (col(Outbox.priority), col(Outbox.due_at), col(Outbox.id))
        due = select(*CLAIMED).where(*self.due(channels), ~behind).order_by(*order)
        free = due.limit(limit).with_for_update(skip_locked=True)
        rows = [Claimed(*row) for row in await self.session.execute(free)]
        leased = update(Outbox).where(col(Outbox.id).in_([row.id for row in rows]))
        until = {"due_at": self.now + LEASE, "attempts": col(Outbox.attempts) + 1}
        if rows:
            await self.session.execute(leased.values(until), execution_options=BLIND)
        return rows

    async def settle(self, outcomes: Sequence[Outcome]) -> None:
        """Write down what became of claimed messages; one that is gone is no matter."""
        rows = [
            {"row": each.id, "state": each.state, "reason": each.reason, "due_at": each.due_at}
            for each in outcomes
        ]
        if rows:
            # Not the session's own bulk update: it refuses all where one is gone.
            connection = await self.session.connection()
            await connection.execute(update(Outbox).where(col(Outbox.id) == bindparam("row")), rows)

    async def is_due(self, channels: Sequence[str]) -> bool:
        """Whether any message of these channels wants to leave now."""
        due = select(col(Outbox.id)).where(*self.due(channels)).limit(1)
        return (await self.session.scalars(due)).first() is not None

    def due(self, channels: Sequence[str]) -> tuple[ColumnElement[bool], ...]:
        """Wants to leave now. Each priority is a range of the index: nothing later is looked at."""
        wanted = col(Outbox.priority).in_(PRIORITIES), col(Outbox.channel).in_(channels)
        return (*wanted, col(Outbox.due_at) <= self.now)

    async def recover(self) -> None:
        """Make due again what was being sent when we stopped; only while nobody else sends."""
        leased = col(Outbox.due_at).between(self.now, self.now + LEASE)
        was_out = leased, col(Outbox.attempts) > 0
        again = update(Outbox).where(*was_out).values(due_at=self.now)
        await self.session.execute(again, execution_options=BLIND)

    async def begun_after(self, channel: str, address: str, after: int, limit: int) -> list[Outbox]:
        """A person's messages that left or are about to, after the row ``after``, in order."""
        mine = select(Outbox).where(col(Outbox.channel) == channel, col(Outbox.address) == address)
        later = mine.where(col(Outbox.id) > after, col(Outbox.attempts) > 0)
        rows = await self.session.scalars(later.order_by(col(Outbox.id)).limit(limit))
        return list(rows.all())

    async def count_waiting(self) -> int:
        rows = select(func.count()).select_from(Outbox).where(col(Outbox.due_at).is_not(None))
        return int((await self.session.scalars(rows)).one())

    async def forget(self, before: datetime) -> None:
        """Drop settled messages."""
        old = and_(col(Outbox.due_at).is_(None), col(Outbox.created_at) < before)
        await self.session.execute(delete(Outbox).where(old))
