"""What has been submitted, and what became of it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import func, select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from storage.engine import BLIND
from storage.tables import Act, Draft, Person, Progress, Registration, Revision

STATES = (
    "submitted",
    "checked",  # approved by the first of two officers
    "approved",
    "returned",  # to its person, to mend one field
    "rejected",
    "withdrawn",  # by its person
)
OVER = ("rejected", "withdrawn")
FRESH = {"populate_existing": True}  # as it is in the database, whatever was loaded before


class Registrations:
    """What has been submitted."""

    def __init__(self, session: AsyncSession, now: datetime) -> None:
        self.session, self.now = session, now

    async def submit(
        self, draft: Draft, code: str, answers: dict[str, Any], **known: Any
    ) -> Registration:
        """Turn a draft into a registration, once; ``known`` are further fields of it."""
        row = Registration(
            code=code,
            draft_id=draft.id,
            person_id=draft.person_id,
            plan=draft.plan,
            form=draft.form,
            answers=answers,
            submitted_at=self.now,
            changed_at=self.now,
            **known,
        )
        self.session.add(row)
        await self.session.delete(draft)
        await self.session.flush()
        return row

    async def from_draft(self, draft_id: str, person: Person) -> Registration | None:
        """What a draft of this person has become."""
        mine = col(Registration.draft_id) == draft_id, col(Registration.person_id) == person.id
        rows = select(Registration).where(*mine)
        return (await self.session.scalars(rows)).one_or_none()

    async def get(self, number: int) -> Registration | None:
        return await self.session.get(Registration, number)

    async def with_code(self, code: str, person: Person) -> Registration | None:
        """The registration of that code, if it is this person's."""
        row = await self.coded(code)
        return row if row and row.person_id == person.id else None

    async def coded(self, code: str) -> Registration | None:
        """The registration of that code as it stands now, whoever's it is."""
        rows = select(Registration).where(col(Registration.code) == code.upper())
        return (await self.session.scalars(rows, execution_options=FRESH)).one_or_none()

    async def change(self, row: Registration, stamp: int, **values: Any) -> bool:
        """Change a registration that is as it was seen; False where somebody else was first.

        Either way the row is afterwards as it stands.
        """
        as_seen = col(Registration.id) == row.id, col(Registration.stamp) == stamp
        values["stamp"] = stamp + 1
        if "state" in values:
            values["changed_at"] = self.now
        changed = update(Registration).where(*as_seen).values(values)
        ids = await self.session.scalars(
            changed.returning(col(Registration.id)), execution_options=BLIND
        )
        won = ids.one_or_none() is not None
        await self.session.refresh(row)
        return won

    async def resubmit(self, row: Registration, draft: Draft, **known: Any) -> bool:
        """Make a draft the next version of what it corrects; what it said before is kept.

        False, and the draft stays, where somebody else changed it meanwhile.
        """
        submitted = await self.submitted(row)
        before = Revision(
            registration_id=row.id,
            version=row.version,
            answers=row.answers,
            submitted_at=submitted,
        )
        fresh = {"state": "submitted", "step": "", "reason": "", "version": row.version + 1}
        if not await self.change(row, row.stamp, **fresh, **known):
            return False
        self.session.add(before)
        await self.session.delete(draft)
        await self.session.flush()
        return True

    async def submitted(self, row: Registration) -> datetime:
        """When it was last submitted."""
        about = col(Act.registration_id) == row.id, col(Act.what) == "submitted"
        last = (await self.session.scalars(select(func.max(col(Act.at))).where(*about))).one()
        return last or row.submitted_at

    async def found_by(self, plan: str, but: int | None = None) -> list[tuple[int, str]]:
        """What each valid registration of a plan is found by, with its number."""
        valid = col(Registration.plan) == plan, col(Registration.state).not_in(OVER)
        rows = select(col(Registration.id), col(Registration.folded)).where(*valid)
        found = await self.session.execute(rows.order_by(col(Registration.id)))
        return [(number, folded) for number, folded in found if number != but]

    async def tell(self, row: Registration, percent: int, note: str) -> Progress:
        """Keep how far its initiative is now."""
        row.percent = percent
        told = Progress(registration_id=row.id, percent=percent, note=note, told_at=self.now)
        self.session.add(told)
        await self.session.flush()
        return told

    async def last_told(self, person: Person, since: datetime) -> Progress | None:
        """What a person told last of any of their initiatives, if that was since then."""
        mine = select(Progress).join(
            Registration, col(Registration.id) == col(Progress.registration_id)
        )
        mine = mine.where(col(Registration.person_id) == person.id, col(Progress.told_at) >= since)
        return (await self.session.scalars(mine.order_by(col(Progress.id).desc()))).first()

    async def of(self, person: Person) -> list[Registration]:
        """A person's registrations, the latest first."""
        mine = select(Registration).where(col(Registration.person_id) == person.id)
        rows = await self.session.scalars(mine.order_by(col(Registration.id).desc()))
        return list(rows.all())

    async def earlier(self, row: Registration) -> Sequence[Revision]:
        """What a registration said before, the first first."""
        mine = select(Revision).where(col(Revision.registration_id) == row.id)
        return (await self.session.scalars(mine.order_by(col(Revision.version)))).all()

    async def told(self, row: Registration) -> Sequence[Progress]:
        """How far it was, as its person told it, the first first."""
        mine = select(Progress).where(col(Progress.registration_id) == row.id)
        return (await self.session.scalars(mine.order_by(col(Progress.id)))).all()
