"""Broadcasts: what one is, what became of each recipient, and who may change it from what."""

from __future__ import annotations

from collections.abc import AsyncIterator, Collection, Mapping, Sequence
from datetime import datetime
from types import MappingProxyType
from typing import Any, NamedTuple, cast

from sqlalchemy import ColumnElement, delete, exists, func, null, select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import defer
from sqlmodel import SQLModel, col

from storage.audience import Audience
from storage.engine import BLIND, insert_new
from storage.holds import STANDING
from storage.outbox import BROADCAST
from storage.tables import Broadcast, Outbox, Person

STATES: Mapping[str, tuple[str, ...]] = MappingProxyType(  # each with what it may become
    {
        "draft": ("draft", "checking", "waiting", "planning", "cancelled"),
        "checking": ("draft", "waiting", "planning", "cancelled"),  # a second officer's look
        "waiting": ("planning", "paused", "cancelled"),  # for its time
        "planning": ("running", "paused", "cancelled"),  # for whom: rows are being made
        "running": ("done", "paused", "cancelled"),
        "paused": ("waiting", "planning", "running", "cancelled"),
        "done": ("running",),  # again, to those whom it failed to reach
        "cancelled": (),
    }
)
OVER = ("done", "cancelled")
UNSENT = ("planned", "queued", "sending")  # of its rows: something is still to come of them
LEFT = col(Outbox.broadcast_id) == col(Broadcast.id), col(Outbox.state).in_(UNSENT)
SEEN = ("state", "stamp")
INDEXED = (col(Outbox.broadcast_id), col(Outbox.state), col(Outbox.channel), col(Outbox.id))
PAGE = 500  # recipients read at once
OUTBOX = SQLModel.metadata.tables["outbox"]  # the bare table: a hundred thousand rows at once
AS_IT_STANDS = {"populate_existing": True}


class Recipient(NamedTuple):
    """One whom a broadcast is for, and what became of it there."""

    person_id: int
    told: Mapping[str, Any]  # of themselves
    channel: str
    state: str
    reason: str


class Broadcasts:
    """Messages of staff to many."""

    def __init__(self, session: AsyncSession, now: datetime) -> None:
        self.session, self.now = session, now

    async def add(self, plan: str, whom: dict[str, Any], **known: Any) -> Broadcast:
        """A new one as a draft; ``known`` are further fields of it."""
        fields = {"buttons": [], "state": "draft", **known}
        return await self.keep(Broadcast(plan=plan, whom=whom, made_at=self.now, **fields))

    async def keep(self, row: Broadcast) -> Broadcast:
        """Keep one that was composed, and give it its number."""
        self.session.add(row)
        await self.session.flush()
        return row

    async def get(self, number: int) -> Broadcast | None:
        """The broadcast of that number as it stands now; without its picture."""
        found = await self.light(select(Broadcast).where(col(Broadcast.id) == number))
        return found[0] if found else None

    async def picture(self, number: int) -> tuple[str, bytes] | None:
        """What goes along with it, and what that is called."""
        rows = select(col(Broadcast.file), col(Broadcast.picture))
        rows = rows.where(col(Broadcast.id) == number, col(Broadcast.picture).is_not(None))
        found = (await self.session.execute(rows)).one_or_none()
        return (found[0], found[1] or b"") if found else None

    async def listed(self, plans: Collection[str] | None, most: int) -> list[Broadcast]:
        """The latest of these plans, or of all; without their pictures."""
        rows = select(Broadcast).order_by(col(Broadcast.id).desc()).limit(most)
        if plans is not None:
            rows = rows.where(col(Broadcast.plan).in_(plans))
        return await self.light(rows)

    async def having(self, *states: str) -> list[Broadcast]:
        """All that are in one of these states, the first first; without their pictures."""
        rows = select(Broadcast).where(col(Broadcast.state).in_(states))
        return await self.light(rows.order_by(col(Broadcast.id)))

    async def running(self) -> list[int]:
        """The numbers of those that run, the first first; none while a hold stands."""
        held = exists().where(STANDING)
        rows = select(col(Broadcast.id)).where(col(Broadcast.state) == "running", ~held)
        return list((await self.session.scalars(rows.order_by(col(Broadcast.id)))).all())

    async def has(self, number: int, states: Sequence[str], *wanted: ColumnElement[bool]) -> bool:
        """Whether any of its recipients is in one of these states."""
        rows = select(col(Outbox.id)).where(col(Outbox.broadcast_id) == number, *wanted)
        first = rows.where(col(Outbox.state).in_(states)).order_by(*INDEXED).limit(1)
        return (await self.session.scalars(first)).first() is not None

    async def light(self, rows: Any) -> list[Broadcast]:
        bare = rows.options(defer(cast(Any, Broadcast.picture), raiseload=True))
        found = await self.session.scalars(bare, execution_options=AS_IT_STANDS)
        return list(found.all())

    async def change(self, row: Broadcast, state: str, **values: Any) -> bool:
        """Bring a broadcast that is as it was seen to this state, with these fields; False where
        it cannot come there, or somebody else was first. Either way it is then as it stands.
        """
        if state in STATES[row.state]:
            moved = {**values, "state": state, "stamp": row.stamp + 1}
            if state in OVER:
                moved["ended_at"] = self.now
            return await self.note(row, **moved)
        await self.session.refresh(row, SEEN)
        return False

    async def note(self, row: Broadcast, **values: Any) -> bool:
        """Keep something beside the state of a broadcast that is as it was seen; else False."""
        as_seen = col(Broadcast.id) == row.id, col(Broadcast.stamp) == row.stamp
        changed = update(Broadcast).where(*as_seen).values(values).returning(col(Broadcast.id))
        ids = await self.session.scalars(changed, execution_options=BLIND)
        won = ids.one_or_none() is not None
        await self.session.refresh(row, [*values, *SEEN])
        return won

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

    async def resume(self, row: Broadcast) -> bool:
        """Let a paused one go on where it stood; False where it is not paused any more."""
        if row.state != "paused":
            return False
        late = row.due_at and row.due_at > self.now
        before = "running" if row.begun_at else "waiting" if late else "planning"
        return await self.change(row, before, reason="", refusals=0)

    async def again(self, row: Broadcast) -> bool:
        """Have it sent once more to those whom it failed to reach, and to nobody else.

        False where it is not over, where there are none, or where their words are gone by now.
        """
        mine = col(Outbox.broadcast_id) == row.id, col(Outbox.state) == "failed"
        worded = *mine, col(Outbox.body).is_not(None)
        one = (await self.session.scalars(select(col(Outbox.id)).where(*worded).limit(1))).first()
        if row.state != "done" or one is None:
            return False
        if not await self.change(row, "running", ended_at=None, refusals=0):
            return False
        fresh = {"state": "planned", "reason": "", "begun": None, "until": None}
        moved = update(Outbox).where(*worded).values(fresh)
        await self.session.execute(moved, execution_options=BLIND)
        return True

    async def cancel(self, row: Broadcast) -> bool:
        """End it: what has not left stays; False where it is over, or somebody else was first."""
        if not await self.change(row, "cancelled"):
            return False
        left = col(Outbox.broadcast_id) == row.id, col(Outbox.state) == "planned"
        ended = update(Outbox).where(*left)
        await self.session.execute(
            ended.values(state="skipped", reason="cancelled", body=null()), execution_options=BLIND
        )
        return True

    async def idle(self) -> bool:
        """Whether any runs that has nothing left to send."""
        left = exists().where(*LEFT)
        idle = select(col(Broadcast.id)).where(col(Broadcast.state) == "running", ~left)
        return (await self.session.scalars(idle.limit(1))).first() is not None

    async def finish(self) -> list[int]:
        """End those that run and have nothing left to send; return their numbers."""
        ids = [each for each in await self.running() if not await self.has(each, UNSENT)]
        if not ids:
            return []
        over = update(Broadcast).where(
            col(Broadcast.id).in_(ids), col(Broadcast.state) == "running"
        )
        done = {"state": "done", "ended_at": self.now, "stamp": col(Broadcast.stamp) + 1}
        ended = over.values(done).returning(col(Broadcast.id))
        return [*await self.session.scalars(ended, execution_options=BLIND)]

    async def forget(self, before: datetime) -> None:
        """Drop what was over by then, and drafts as old, with everything that it sent."""
        over = col(Broadcast.state).in_((*OVER, "draft"))
        moment = func.coalesce(col(Broadcast.ended_at), col(Broadcast.made_at))
        old = select(col(Broadcast.id)).where(over, moment < before)
        rows = delete(Outbox).where(col(Outbox.broadcast_id).in_(old))
        await self.session.execute(rows, execution_options=BLIND)
        broadcasts = delete(Broadcast).where(col(Broadcast.id).in_(old))
        await self.session.execute(broadcasts, execution_options=BLIND)
