"""The audit trail: every look at somebody's data, and every act. Written, never changed."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import and_, func, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from storage.engine import BLIND
from storage.tables import Act, Person, Registration, Staff

WHAT = {  # by staff, unless it says otherwise
    "looked": "at one registration",
    "viewed": "the photos of one registration",
    "listed": "several registrations, in chat",
    "exported": "registrations as a file",
    "checked": "approved it as the first of two",
    "unchecked": "took that back",
    "approved": "",
    "returned": "for one field, with a reason",
    "rejected": "with a reason",
    "commented": "to its person",
    "submitted": "by its person, at first or anew",
    "withdrawn": "by its person",
    "asked": "its person, by us, how far it is; now in the ledger of what was told",
    "gave": "its person their own data",
    "linked": "another channel to theirs, by its person",
    "parted": "from such a channel, by its person",
    "erased": "somebody's data, as they asked or when its time was over",
    "unagreed": "by a person, who took consent back",
    "answered": "a request about somebody's own data",
    "done": "what such a request asked for",
    "released": "what a restored backup would send; by staff or an operator",
    "discarded": "the same, dropped",
    "broadcast": "to many, by staff or an operator: what was done with it stands in the note",
}
LOOKS = ("looked", "viewed", "listed", "exported")


@dataclass(frozen=True)
class Done:
    """An act, with the name of the officer and the code of the registration, where there are."""

    act: Act
    name: str
    code: str


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

    async def last_listed(self, staff_ids: Collection[int]) -> datetime | None:
        """When one of these officers last looked at several."""
        mine = col(Act.staff_id).in_(staff_ids), col(Act.what) == "listed"
        return (await self.session.scalars(select(func.max(col(Act.at))).where(*mine))).one()

    async def trail(
        self, *, registration_id: int | None = None, plan: str = "", since: datetime | None = None
    ) -> list[Done]:
        """What was done with one registration, for one plan, since then; the first first."""
        rows = select(Act, col(Staff.name), col(Registration.code)).outerjoin(
            Staff, col(Act.staff_id) == col(Staff.id)
        )
        rows = rows.outerjoin(Registration, col(Act.registration_id) == col(Registration.id))
        if registration_id is not None:
            rows = rows.where(col(Act.registration_id) == registration_id)
        if plan:
            rows = rows.where(col(Act.plan) == plan)
        if since:
            rows = rows.where(col(Act.at) >= since)
        found = await self.session.execute(rows.order_by(col(Act.id)))
        return [Done(act, name or "", code or "") for act, name, code in found]

    async def left_since(self, person: Person, moment: datetime) -> bool:
        """Whether somebody took consent or all their data back since."""
        mine = col(Act.person_id) == person.id, col(Act.what).in_(("unagreed", "erased"))
        own = col(Act.registration_id).is_(None), col(Act.at) >= moment
        return bool((await self.session.scalars(select(col(Act.id)).where(*mine, *own))).first())

    async def latest(self, plans: Collection[str], most: int) -> list[Done]:
        """What was done last for these plans; the last first."""
        rows = select(Act, col(Staff.name), col(Registration.code))
        rows = rows.outerjoin(Staff, col(Act.staff_id) == col(Staff.id))
        rows = rows.outerjoin(Registration, col(Act.registration_id) == col(Registration.id))
        last = rows.where(col(Act.plan).in_(plans)).order_by(col(Act.id).desc()).limit(most)
        found = await self.session.execute(last)
        return [Done(act, name or "", code or "") for act, name, code in found]

    async def looks(self, person: Person, since: Mapping[str, datetime]) -> list[tuple[Act, Staff]]:
        """Who looked at a person's data: at theirs alone, or at all of a plan since it is there."""
        shared = col(Act.registration_id).is_(None), col(Act.person_id).is_(None)
        tables = [
            and_(*shared, col(Act.plan) == plan, col(Act.at) >= sent)
            for plan, sent in since.items()
        ]
        seen = col(Act.what).in_(LOOKS), or_(col(Act.person_id) == person.id, *tables)
        rows = select(Act, Staff).join(Staff, col(Staff.id) == col(Act.staff_id)).where(*seen)
        return [(act, by) for act, by in await self.session.execute(rows.order_by(col(Act.id)))]

    async def blank(self, registration: Registration) -> None:
        """Keep what was done with it, without the words that may tell of whom."""
        theirs = update(Act).where(col(Act.registration_id) == registration.id)
        await self.session.execute(theirs.values(note=""), execution_options=BLIND)

    async def blank_searches(self) -> None:
        """Keep that staff searched, without what for: it may be a name."""
        worded = col(Act.registration_id).is_(None), col(Act.note) != ""
        searched = *worded, col(Act.what) != "broadcast"
        await self.session.execute(
            update(Act).where(*searched).values(note=""), execution_options=BLIND
        )
