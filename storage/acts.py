"""The audit trail: every look at somebody's data, and every act. Written, never changed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from storage.engine import BLIND
from storage.tables import Act, Registration

WHAT = {  # by staff, unless it says otherwise
    "looked": "at one registration",
    "listed": "several registrations, in chat",
    "exported": "registrations as a file",
    "checked": "approved it as the first of two",
    "approved": "",
    "returned": "for one field, with a reason",
    "rejected": "with a reason",
    "commented": "to its person",
    "submitted": "by its person, at first or anew",
    "withdrawn": "by its person",
    "asked": "its person, by us, how far it is",
    "gave": "its person their own data",
    "erased": "somebody's data, as they asked or when its time was over",
    "answered": "a request about somebody's own data",
    "done": "what such a request asked for",
}


class Acts:
    """What was done with registrations, and with people's data."""

    def __init__(self, session: AsyncSession, now: datetime) -> None:
        self.session, self.now = session, now

    def add(self, what: str, of: Registration | None = None, **told: Any) -> None:
        """Keep that it was done; ``told`` are fields of an act: by whom, to whom, why."""
        assert what in WHAT
        if of:
            told.update(plan=of.plan, registration_id=of.id, person_id=of.person_id)
        self.session.add(Act(at=self.now, what=what, **told))

    async def about(self, registration: Registration) -> Sequence[Act]:
        """What was done with a registration, the first first."""
        mine = select(Act).where(col(Act.registration_id) == registration.id)
        return (await self.session.scalars(mine.order_by(col(Act.id)))).all()

    async def asked_since(self, moment: datetime) -> set[int | None]:
        """Whom we asked since how far they are."""
        asked = col(Act.what) == "asked", col(Act.at) >= moment
        return set((await self.session.scalars(select(col(Act.person_id)).where(*asked))).all())

    async def blank(self, person_id: int) -> None:
        """Keep that something was done, without the words that may tell of whom."""
        theirs = update(Act).where(col(Act.person_id) == person_id).values(note="")
        await self.session.execute(theirs, execution_options=BLIND)
