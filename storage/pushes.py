"""Pushes, what nobody asked for: taken in hand just before they leave, and given up if refused."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import timedelta
from itertools import chain, zip_longest
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, and_, exists, literal, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased
from sqlmodel import col

from storage.broadcasts import UNSENT, Broadcasts
from storage.engine import BLIND
from storage.holds import let_through
from storage.outbox import (
    BROADCAST,
    CLAIMED,
    REMINDER,
    REPLY,
    Claimed,
    OutboxRows,
    Outcome,
    milliseconds,
)
from storage.people import Where
from storage.tables import Address, Broadcast, Outbox, Person

PUSHES = (REMINDER, BROADCAST)
APART = timedelta(seconds=1.1)  # a person is pushed nothing so soon after anything else
REFUSED, BLOCKED, TOO_MUCH = 5, 2, 100  # 20 refusals in a row, or 50 people who blocked us
RUNNING = col(Broadcast.state) == "running"


class Whose(NamedTuple):
    """Somebody to whom something goes, where they are reached, and the plan of its broadcast."""

    person: Person | None
    place: Address | None
    plan: str


class PushRows:
    """Reminders, and the rows of broadcasts."""

    def __init__(self, session: AsyncSession, outbox: OutboxRows, broadcasts: Broadcasts) -> None:
        self.session, self.now = session, outbox.now
        self.outbox, self.broadcasts = outbox, broadcasts

    async def wait(self, channels: Sequence[str]) -> bool:
        """Whether there may be something to send there, or a broadcast to end."""
        mine = col(Outbox.broadcast_id) == col(Broadcast.id)
        planned = mine, col(Outbox.state) == "planned", col(Outbox.channel).in_(channels)
        left = exists().where(mine, col(Outbox.state).in_(UNSENT))
        going = exists().where(RUNNING, or_(exists().where(*planned, let_through()), ~left))
        due = exists().where(*self.due(channels))
        return (await self.session.scalars(select(literal(1)).where(or_(due, going)))).first() == 1

    async def pick(self, channel: str, limit: int, last: int) -> list[Claimed]:
        """The next to leave there, one a person: reminders, what is tried again, then broadcasts
        turn by turn, those after ``last`` first. Nothing overtakes a reply to its person.
        """
        rows = await self.queued(channel, limit)
        ids = await self.broadcasts.running(channel) if len(rows) < limit else []
        turns = [number for number in ids if number > last] + [n for n in ids if n <= last]
        planned = [await self.planned(channel, number, limit) for number in turns]
        by_turn = (row for row in chain.from_iterable(zip_longest(*planned)) if row)
        return first_of_each(chain(rows, by_turn))[:limit]

    async def queued(self, channel: str, limit: int) -> list[Claimed]:
        rows = self.free(*self.due([channel]), col(Outbox.state) == "queued")
        order = col(Outbox.priority), col(Outbox.due_at), col(Outbox.id)
        found = await self.session.execute(rows.order_by(*order).limit(limit))
        return [Claimed(*row) for row in found]

    async def planned(self, channel: str, broadcast: int, limit: int) -> list[Claimed]:
        mine = col(Outbox.broadcast_id) == broadcast, col(Outbox.state) == "planned"
        rows = self.free(*mine, col(Outbox.channel) == channel, let_through())
        found = await self.session.execute(rows.order_by(col(Outbox.id)).limit(limit))
        return [Claimed(*row) for row in found]

    def due(self, channels: Sequence[str]) -> tuple[ColumnElement[bool], ...]:
        """Wants to leave now, and its broadcast, if it is of one, goes on."""
        running = select(col(Broadcast.id)).where(RUNNING)
        broadcast = col(Outbox.broadcast_id)
        goes_on = or_(broadcast.is_(None), broadcast.in_(running))
        return *self.outbox.due(channels, PUSHES), goes_on

    def free(self, *wanted: ColumnElement[bool]) -> Select[Any]:
        """Of these, the ones whose people wait for no reply and were just now sent nothing."""
        other, since = aliased(Outbox), milliseconds(self.now - APART)
        theirs = (
            col(other.channel) == col(Outbox.channel),
            col(other.address) == col(Outbox.address),
        )
        due = or_(col(other.due_at) <= self.now, col(other.begun).is_not(None))
        reply = and_(col(other.priority) == REPLY, due)
        ahead = or_(col(other.state) == "sending", reply), let_through(other)
        waits = exists().where(*theirs, col(other.due_at).is_not(None), *ahead)
        sent = exists().where(*theirs, col(other.begun) > since, col(other.id) != col(Outbox.id))
        rows = select(*CLAIMED).where(*wanted, ~waits, ~sent)
        return rows.with_for_update(skip_locked=True, of=Outbox)

    async def whose(self, rows: Sequence[Claimed]) -> dict[int, Whose]:
        """As it is now: to whom each of these goes, where, and for which plan."""
        asked = select(col(Outbox.id), Person, Address, col(Broadcast.plan))
        asked = asked.outerjoin(Person, col(Person.id) == col(Outbox.person_id))
        there = (
            col(Address.channel) == col(Outbox.channel),
            col(Address.sender) == col(Outbox.address),
        )
        asked = asked.outerjoin(Address, and_(*there, col(Address.person_id) == col(Person.id)))
        asked = asked.outerjoin(Broadcast, col(Broadcast.id) == col(Outbox.broadcast_id))
        mine = asked.where(col(Outbox.id).in_([row.id for row in rows]))
        found = await self.session.execute(mine)
        return {number: Whose(person, place, plan or "") for number, person, place, plan in found}

    async def lost(self, channels: Sequence[str], *, all_of_them: bool = False) -> None:
        """What was being sent when its lease ended, or when we stopped, may have arrived or not:
        that is never tried again by itself.
        """
        ended = col(Outbox.due_at).is_not(None) if all_of_them else col(Outbox.due_at) <= self.now
        mine = col(Outbox.priority).in_(PUSHES), col(Outbox.channel).in_(channels)
        rows = update(Outbox).where(*mine, ended, col(Outbox.state) == "sending")
        unknown = rows.values(state="uncertain", due_at=None, reason="lost")
        await self.session.execute(unknown, execution_options=BLIND)

    async def weigh(self, outcomes: Iterable[Outcome]) -> list[int]:
        """Count what was refused in a row; the broadcasts that should not go on as they are."""
        weights: dict[int, list[int]] = defaultdict(list)
        for each in outcomes:
            if each.broadcast_id is not None and each.refusal is not None:
                weights[each.broadcast_id].append(each.refusal)
        known = select(col(Broadcast.id), col(Broadcast.refusals)).with_for_update()
        rows = known.where(col(Broadcast.id).in_(weights)).order_by(col(Broadcast.id))
        found = (await self.session.execute(rows)).all() if weights else []
        return [n for n, before in found if await self.refused(n, before, weights[n])]

    async def refused(self, broadcast: int, before: int, weights: Sequence[int]) -> bool:
        """Keep the sum of the refusals since the last success; whether that is too much."""
        total = before
        for weight in weights:
            total = total + weight if weight else 0
        if total != before:
            counted = update(Broadcast).where(col(Broadcast.id) == broadcast)
            await self.session.execute(counted.values(refusals=total), execution_options=BLIND)
        return total >= TOO_MUCH


def first_of_each(rows: Iterable[Claimed]) -> list[Claimed]:
    """The first to each person."""
    first: dict[Where, Claimed] = {}
    for row in rows:
        first.setdefault((row.channel, row.address), row)
    return [*first.values()]
