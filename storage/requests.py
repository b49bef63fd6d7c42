"""What people ask us to do with their data, where an officer has to act."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import delete, func, select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from storage.engine import BLIND
from storage.tables import Person, Request

KINDS = {
    "erase": "what was decided about already, so that an officer looks before it goes",
    "object": "to object to, or to restrict, what is done with their data; in their words",
}
OPEN = col(Request.done_at).is_(None)


class Requests:
    """Requests about one's own data. Whoever is first with one is the one who did it."""

    def __init__(self, session: AsyncSession, now: datetime) -> None:
        self.session, self.now = session, now

    async def add(self, person: Person, plan: str, kind: str, words: str = "") -> Request:
        """Keep a request, once: what waits already is asked no second time."""
        assert kind in KINDS
        for waiting in await self.of(person):
            if (waiting.plan, waiting.kind, waiting.done_at) == (plan, kind, None):
                waiting.words = "\n".join(filter(None, (waiting.words, words)))
                return waiting
        row = Request(person_id=person.id, plan=plan, kind=kind, words=words, asked_at=self.now)
        self.session.add(row)
        await self.session.flush()
        return row

    async def of(self, person: Person) -> list[Request]:
        """A person's requests, the latest first."""
        mine = select(Request).where(col(Request.person_id) == person.id)
        return list((await self.session.scalars(mine.order_by(col(Request.id).desc()))).all())

    async def open(self, plans: Collection[str]) -> list[Request]:
        """What waits for the staff of these plans, the oldest first."""
        waiting = select(Request).where(OPEN, col(Request.plan).in_(plans))
        return list((await self.session.scalars(waiting.order_by(col(Request.id)))).all())

    async def answer(self, number: int) -> bool:
        """Note that its person was told how it is handled; False where they had been."""
        these = col(Request.id) == number, OPEN, col(Request.answered_at).is_(None)
        told = update(Request).where(*these).values(answered_at=self.now)
        rows = await self.session.scalars(told.returning(col(Request.id)), execution_options=BLIND)
        return rows.one_or_none() is not None

    async def finish(self, number: int, staff_id: int) -> bool:
        """Note that it was done, and drop its words; False where somebody else did."""
        answered = func.coalesce(col(Request.answered_at), self.now)
        done = {"done_at": self.now, "done_by": staff_id, "words": "", "answered_at": answered}
        these = update(Request).where(col(Request.id) == number, OPEN).values(done)
        rows = await self.session.scalars(these.returning(col(Request.id)), execution_options=BLIND)
        return rows.one_or_none() is not None

    async def moot(self, person: Person) -> None:
        """Close what somebody objected to: nothing of theirs is left to which it applies."""
        theirs = col(Request.person_id) == person.id, col(Request.kind) == "object", OPEN
        closed = update(Request).where(*theirs).values(done_at=self.now, words="")
        await self.session.execute(closed, execution_options=BLIND)

    async def forget(self, before: datetime) -> None:
        """Drop what was done so long ago that nobody has to show it any more."""
        old = delete(Request).where(col(Request.done_at) < before)
        await self.session.execute(old, execution_options=BLIND)
