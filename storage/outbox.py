"""The outbox: what leaves, when, and each person's in order."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, fields
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    and_,
    bindparam,
    case,
    delete,
    exists,
    func,
    insert,
    literal,
    null,
    or_,
    select,
    tuple_,
    update,
)
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased
from sqlmodel import col

from storage.bare import BARE, KEPT, strip
from storage.engine import BLIND
from storage.holds import let_through
from storage.missed import REPLY, TOO_LATE
from storage.people import Where
from storage.tables import Address, Broadcast, Outbox, Staff
from storage.tables.moment import milliseconds as milliseconds

LEASE = timedelta(seconds=60)  # after a crash, what was being sent is due again
REMINDER, BROADCAST = 10, 20  # what nobody waits for, to one or to many
PRIORITIES = (REPLY, REMINDER, BROADCAST)  # all there are


@dataclass(frozen=True)
class Claimed:
    """A message that is ours to send; ``begun`` says when that was first tried, if it was."""

    id: int
    channel: str
    address: str
    body: dict[str, Any]
    begun: int | None
    priority: int
    person_id: int | None
    about: str
    broadcast_id: int | None
    until: datetime | None

    @property
    def unasked(self) -> bool:
        """Whether it is a push: nobody waits for it."""
        return self.priority != REPLY


@dataclass(frozen=True)
class Push:
    """What goes out unasked: to whom, what about, useful until when, how urgent."""

    person_id: int | None = None
    about: str = ""
    until: datetime | None = None
    priority: int = REMINDER


ANSWER = Push(priority=REPLY)
SETTLED = and_(col(Outbox.due_at).is_(None), col(Outbox.state) != "planned")
EARLIER = aliased(Outbox)  # of the same person; made once, for that takes long
CLAIMED = tuple(col(getattr(Outbox, field.name)) for field in fields(Claimed))


@dataclass(frozen=True)
class Outcome:
    """What became of one sending: settled as a state, or due again.

    ``refusal``: how much it speaks against going on with its broadcast; None says nothing.
    ``ref``: what the platform calls the message; ``board``: of which broadcast it tells.
    """

    id: int
    state: str
    reason: str = ""
    due_at: datetime | None = None
    broadcast_id: int | None = None
    refusal: int | None = None
    ref: str = ""
    board: int = 0


class OutboxRows:
    """Messages that leave, each person's in order."""

    def __init__(self, session: AsyncSession, now: datetime) -> None:
        self.session, self.now = session, now
        self.queued: list[dict[str, Any]] = []

    def add(
        self, channel: str, address: str, bodies: Iterable[dict[str, Any]], push: Push = ANSWER
    ) -> None:
        """Queue messages that are to leave now: an answer, or what nobody asked for."""
        for body in bodies:
            self.queued.append(
                {
                    "channel": channel,
                    "address": address,
                    "body": body,
                    **vars(push),
                    "due_at": self.now,
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
        """Lease the next due replies, at most one a person; crashed leases end by themselves.

        ``channels`` are those that may be used now. Whatever went wrong with an earlier message,
        the later ones wait for it; what is only planned for later holds back nothing.
        """
        behind = exists().where(
            col(EARLIER.channel) == col(Outbox.channel),
            col(EARLIER.address) == col(Outbox.address),
            col(EARLIER.due_at).is_not(None),
            or_(col(EARLIER.due_at) <= self.now, col(EARLIER.begun).is_not(None)),
            col(EARLIER.priority) == REPLY,
            col(EARLIER.id) < col(Outbox.id),
            let_through(EARLIER),
        )
        due = select(*CLAIMED).where(*self.due(channels), ~behind)
        first = due.order_by(col(Outbox.due_at), col(Outbox.id))
        free = first.limit(limit).with_for_update(skip_locked=True)
        rows = [Claimed(*row) for row in await self.session.execute(free)]
        await self.lease(rows)
        return rows

    async def lease(self, rows: Sequence[Claimed]) -> None:
        """Make these ours to send."""
        leased = update(Outbox).where(col(Outbox.id).in_([row.id for row in rows]))
        begun = func.coalesce(col(Outbox.begun), self.next_begun())
        until = {"due_at": self.now + LEASE, "state": "sending", "begun": begun}
        if rows:
            await self.session.execute(leased.values(until), execution_options=BLIND)

    def next_begun(self) -> ColumnElement[int]:
        """The moment, or just after what its person was sent last: clocks are set back."""
        past, now = EARLIER, literal(milliseconds(self.now), BigInteger)
        mine = col(past.channel) == col(Outbox.channel), col(past.address) == col(Outbox.address)
        last = select(func.max(col(past.begun))).where(*mine, col(past.begun).is_not(None))
        latest = last.scalar_subquery()
        return case((latest >= now, latest + 1), else_=now)

    async def settle(self, outcomes: Sequence[Outcome]) -> None:
        """Write down what became of claimed messages; one that is gone is no matter."""
        rows = [
            {"row": e.id, "state": e.state, "reason": e.reason, "due_at": e.due_at, "ref": e.ref}
            for e in outcomes
        ]
        if rows:
            # Not the session's own bulk update: it refuses all where one is gone.
            connection = await self.session.connection()
            await connection.execute(update(Outbox).where(col(Outbox.id) == bindparam("row")), rows)
        for each in outcomes:
            if each.board:
                shown = update(Broadcast).where(col(Broadcast.id) == each.board)
                await self.session.execute(shown.values(board=each.id), execution_options=BLIND)

    async def is_due(self, channels: Sequence[str]) -> bool:
        """Whether any reply of these channels wants to leave now."""
        due = select(col(Outbox.id)).where(*self.due(channels)).limit(1)
        return (await self.session.scalars(due)).first() is not None

    def due(
        self, channels: Sequence[str], priorities: Sequence[int] = (REPLY,)
    ) -> tuple[ColumnElement[bool], ...]:
        """Wants to leave now. Each priority is a range of the index: nothing later is looked at."""
        wanted = col(Outbox.priority).in_(priorities), col(Outbox.channel).in_(channels)
        return (*wanted, col(Outbox.due_at) <= self.now, let_through())

    async def recover(self, channels: Sequence[str]) -> None:
        """Make due again the replies that were being sent when we stopped; only while nobody else
        sends. And what was to leave at once: the clock may have been set back.
        """
        asked = and_(col(Outbox.state) == "sending", col(Outbox.priority) == REPLY)
        out = or_(asked, col(Outbox.due_at) == col(Outbox.created_at))
        ours = col(Outbox.due_at).is_not(None), col(Outbox.channel).in_(channels)
        again = update(Outbox).where(out, *ours).values(state="queued", due_at=self.now)
        await self.session.execute(again, execution_options=BLIND)

    async def begun_after(
        self, channel: str, address: str, after: int, limit: int
    ) -> list[tuple[int, dict[str, Any]]]:
        """What left or is about to leave for a person since ``after``, each with its ``begun``."""
        mine = col(Outbox.channel) == channel, col(Outbox.address) == address
        shown = select(col(Outbox.begun), col(Outbox.body)).where(*mine, col(Outbox.begun) > after)
        shown = shown.where(col(Outbox.body).is_not(None))
        rows = await self.session.execute(shown.order_by(col(Outbox.begun)).limit(limit))
        return [(begun, body) for begun, body in rows]

    async def count_waiting(self) -> int:
        rows = select(func.count()).select_from(Outbox).where(col(Outbox.due_at).is_not(None))
        return int((await self.session.scalars(rows)).one())

    async def forget(self, before: datetime) -> None:
        """Drop settled messages; of a broadcast, only the words: who got it is kept longer."""
        created = col(Outbox.created_at)
        old = and_(SETTLED, created < before)
        gone = old, col(Outbox.broadcast_id).is_(None), or_(~BARE, created < self.now - KEPT)
        await self.session.execute(delete(Outbox).where(*gone))
        cast = update(Outbox).where(old, col(Outbox.broadcast_id).is_not(None))
        await self.session.execute(
            cast.where(col(Outbox.body).is_not(None)).values(body=null()), execution_options=BLIND
        )

    async def erase(self, places: Collection[Where]) -> None:
        """Drop everything that was sent there, and what is still to leave."""
        there = tuple_(col(Outbox.channel), col(Outbox.address)).in_(places)
        await self.session.execute(strip(there), execution_options=BLIND)
        await self.session.execute(delete(Outbox).where(there), execution_options=BLIND)
        left = [row for row in self.queued if (row["channel"], row["address"]) not in {*places}]
        self.queued[:] = left

    async def empty(self, before: datetime, replaying: Sequence[str]) -> None:
        """Drop the words of settled messages, except where a channel shows them again.

        What officers got goes there, too, for it quotes others; what may be tried again stays.
        """
        again = and_(col(Outbox.state) == "failed", col(Outbox.broadcast_id).is_not(None))
        over = and_(SETTLED, ~again, ~TOO_LATE, col(Outbox.body).is_not(None))
        staff = select(col(Address.channel), col(Address.sender)).select_from(Address)
        officers = staff.join(Staff, col(Staff.person_id) == col(Address.person_id))
        place = tuple_(col(Outbox.channel), col(Outbox.address))
        shown = and_(col(Outbox.channel).in_(replaying), place.not_in(officers))
        emptied = update(Outbox).where(over, col(Outbox.created_at) < before, ~shown)
        await self.session.execute(emptied.values(body=null()), execution_options=BLIND)
