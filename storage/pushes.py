"""Pushes, what nobody asked for: taken in hand just before they leave, and given up if refused."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import timedelta
from itertools import chain, zip_longest
from typing import Any, NamedTuple

from sqlalchemy import BigInteger, Integer, Select, and_, bindparam, exists, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased
from sqlmodel import col

from storage.broadcasts import Broadcasts
from storage.engine import BLIND
from storage.holds import let_through
from storage.missed import REPLY
from storage.outbox import (
    BROADCAST,
    CLAIMED,
    REMINDER,
    Claimed,
    OutboxRows,
    Outcome,
    milliseconds,
)
from storage.people import Where
from storage.recipients import INDEXED
from storage.tables import Address, Broadcast, Moment, Outbox, Person

PUSHES = (REMINDER, BROADCAST)
BUSY = 100  # people to whom something else leaves first: past more of them we do not look
APART = timedelta(seconds=1.1)  # a person is pushed nothing so soon after anything else
REFUSED, BLOCKED, TOO_MUCH = 5, 2, 100  # 20 refusals in a row, or 50 people who blocked us


NOW = bindparam("now", type_=Moment())


def of_due(*columns: Any) -> Select[Any]:
    """Pushes that want to leave now, and whose broadcast, if they are of one, goes on.

    Each priority is a range of the index: nothing later is looked at.
    """
    pushes = col(Outbox.priority).in_(PUSHES), col(Outbox.due_at) <= NOW
    running = select(col(Broadcast.id)).where(col(Broadcast.state) == "running")
    broadcast = col(Outbox.broadcast_id)
    goes_on = or_(broadcast.is_(None), broadcast.in_(running))
    here = col(Outbox.channel).in_(bindparam("channels", expanding=True))
    return select(*columns).where(*pushes, here, goes_on, let_through())


def free(rows: Select[Any], *order: Any) -> Select[Any]:
    """Of these the first whose people wait for no reply and were just now sent nothing; ours."""
    other = aliased(Outbox)
    theirs = col(other.channel) == col(Outbox.channel), col(other.address) == col(Outbox.address)
    due = or_(col(other.due_at) <= NOW, col(other.begun).is_not(None))
    reply = and_(col(other.priority) == REPLY, due)
    ahead = or_(col(other.state) == "sending", reply), let_through(other)
    waits = exists().where(*theirs, col(other.due_at).is_not(None), *ahead)
    since = bindparam("since", type_=BigInteger)
    sent = exists().where(*theirs, col(other.begun) > since, col(other.id) != col(Outbox.id))
    first = rows.where(~waits, ~sent).order_by(*order).limit(bindparam("most", type_=Integer))
    return first.with_for_update(skip_locked=True, of=Outbox)


def of_broadcast() -> Select[Any]:
    """What is planned of one. Few are looked at, however many there are: those first by the only
    index that has them in this order.
    """
    broadcast = col(Outbox.broadcast_id) == bindparam("broadcast", type_=Integer)
    mine = broadcast, col(Outbox.state) == "planned"
    first = select(col(Outbox.id)).where(*mine, col(Outbox.channel) == bindparam("channel"))
    near = first.order_by(*INDEXED).limit(bindparam("near", type_=Integer))
    return select(*CLAIMED).where(*mine, col(Outbox.id).in_(near.scalar_subquery()))


# Made once: to build them anew for each round takes longer than to answer them.
DUE = of_due(col(Outbox.id)).limit(1)
QUEUED = free(
    of_due(*CLAIMED).where(col(Outbox.state) == "queued"),
    *(col(Outbox.priority), col(Outbox.due_at), col(Outbox.id)),
)
PLANNED = free(of_broadcast(), col(Outbox.id))
WHOSE = (
    select(col(Outbox.id), Person, Address, col(Broadcast.plan))
    .outerjoin(Person, col(Person.id) == col(Outbox.person_id))
    .outerjoin(
        Address,
        and_(
            col(Address.channel) == col(Outbox.channel),
            col(Address.sender) == col(Outbox.address),
            col(Address.person_id) == col(Person.id),
        ),
    )
    .outerjoin(Broadcast, col(Broadcast.id) == col(Outbox.broadcast_id))
    .where(col(Outbox.id).in_(bindparam("ids", expanding=True)))
)


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
        """Whether there may be something to send there."""
        if (await self.session.scalars(DUE, {"now": self.now, "channels": channels})).first():
            return True
        for broadcast in await self.broadcasts.running():
            here = col(Outbox.channel).in_(channels)
            if await self.broadcasts.has(broadcast, ["planned"], here):
                return True
        return False

    async def pick(self, channel: str, limit: int, last: int) -> list[Claimed]:
        """The next to leave there, one a person: reminders, what is tried again, then broadcasts
        turn by turn, those after ``last`` first. Nothing overtakes a reply to its person.
        """
        rows = await self.queued(channel, limit)
        ids = await self.broadcasts.running() if len(rows) < limit else []
        turns = [number for number in ids if number > last] + [n for n in ids if n <= last]
        planned = [await self.planned(channel, number, limit) for number in turns]
        by_turn = (row for row in chain.from_iterable(zip_longest(*planned)) if row)
        return first_of_each(chain(rows, by_turn))[:limit]

    async def queued(self, channel: str, limit: int) -> list[Claimed]:
        return await self.claimed(QUEUED, channels=[channel], most=limit)

    async def planned(self, channel: str, broadcast: int, limit: int) -> list[Claimed]:
        near = {"channel": channel, "broadcast": broadcast, "near": limit + BUSY}
        return await self.claimed(PLANNED, most=limit, **near)

    async def claimed(self, rows: Select[Any], **asked: Any) -> list[Claimed]:
        moments = {"now": self.now, "since": milliseconds(self.now - APART)}
        return [Claimed(*row) for row in await self.session.execute(rows, moments | asked)]

    async def whose(self, rows: Sequence[Claimed]) -> dict[int, Whose]:
        """As it is now: to whom each of these goes, where, and for which plan."""
        found = await self.session.execute(WHOSE, {"ids": [row.id for row in rows]})
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
