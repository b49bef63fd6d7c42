"""Broadcasts: what one is, how far it is, and who may change it from what."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime
from types import MappingProxyType
from typing import Any, cast

from sqlalchemy import delete, exists, func, select, update
from sqlalchemy.orm import defer
from sqlmodel import col

from storage.engine import BLIND
from storage.holds import STANDING
from storage.recipients import UNSENT, Recipients
from storage.tables import Broadcast, Outbox

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
LEFT = col(Outbox.broadcast_id) == col(Broadcast.id), col(Outbox.state).in_(UNSENT)
SEEN = ("state", "stamp")
AS_IT_STANDS = {"populate_existing": True}


class Broadcasts(Recipients):
    """Messages of staff to many."""

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

    async def resume(self, row: Broadcast) -> bool:
        """Let a paused one go on where it stood; False where it is not paused any more."""
        if row.state != "paused":
            return False
        late = row.due_at and row.due_at > self.now
        before = "running" if row.begun_at else "waiting" if late else "planning"
        return await self.change(row, before, reason="", refusals=0)

    async def again(self, row: Broadcast, until: datetime) -> bool:
        """Have it sent once more to those whom it failed to reach, and to nobody else, by then.

        False where it is not over, where there are none, or where their words are gone by now.
        """
        mine = col(Outbox.broadcast_id) == row.id, col(Outbox.state) == "failed"
        worded = *mine, col(Outbox.body).is_not(None)
        one = (await self.session.scalars(select(col(Outbox.id)).where(*worded).limit(1))).first()
        if row.state != "done" or one is None:
            return False
        if not await self.change(row, "running", ended_at=None, refusals=0):
            return False
        fresh = {"state": "planned", "reason": "", "begun": None, "until": until}
        moved = update(Outbox).where(*worded).values(fresh)
        await self.session.execute(moved, execution_options=BLIND)
        return True

    async def cancel(self, row: Broadcast) -> bool:
        """End it: what has not left stays; False where it is over, or somebody else was first."""
        if not await self.change(row, "cancelled"):
            return False
        await self.stay([row.id])
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
        """Drop what was over by then, or left lying as long, with everything that it sent."""
        over = col(Broadcast.state).in_((*OVER, "draft", "checking", "paused"))
        moment = func.coalesce(col(Broadcast.ended_at), col(Broadcast.made_at))
        old = select(col(Broadcast.id)).where(over, moment < before)
        rows = delete(Outbox).where(col(Outbox.broadcast_id).in_(old))
        await self.session.execute(rows, execution_options=BLIND)
        broadcasts = delete(Broadcast).where(col(Broadcast.id).in_(old))
        await self.session.execute(broadcasts, execution_options=BLIND)
