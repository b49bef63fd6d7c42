"""Registrations as officers work through them: counted, listed, found."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import and_, func, literal, or_, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from storage.tables import Act, Registration, Revision, Staff


@dataclass(frozen=True)
class Count:
    """How many registrations of a plan are in a state, and since when the first of them is."""

    plan: str
    state: str
    number: int
    oldest: datetime


@dataclass(frozen=True)
class Sought:
    """What registrations are looked for by; ``words`` must all occur, each in one of its forms."""

    words: Sequence[Collection[str]]
    digits: str = ""  # of a phone number, which stands in one of the fields ``phones``
    phones: Collection[str] = ()


class Reviews:
    """What officers see of the plans that are theirs."""

    def __init__(self, session: AsyncSession, now: datetime) -> None:
        self.session, self.now = session, now

    async def counted(self, plans: Collection[str]) -> list[Count]:
        """How many there are of each plan in each state."""
        kind = col(Registration.plan), col(Registration.state)
        number, oldest = func.count(), func.min(col(Registration.changed_at))
        rows = select(*kind, number, oldest).where(kind[0].in_(plans)).group_by(*kind)
        return [Count(*row) for row in await self.session.execute(rows)]

    async def arrived(
        self, plans: Collection[str], looked: datetime | None, before: datetime
    ) -> tuple[int, int]:
        """How many were handed in since somebody looked; how many have waited since before."""
        at, state = col(Registration.changed_at), col(Registration.state)
        rows = select(func.count()).select_from(Registration)
        rows = rows.where(col(Registration.plan).in_(plans))
        new = rows.where(state == "submitted", *([at > looked] if looked else []))
        late = rows.where(state.in_(("submitted", "checked")), at < before)
        return await self.session.scalar(new) or 0, await self.session.scalar(late) or 0

    async def listed(
        self, plan: str, states: Collection[str], first: int, most: int
    ) -> list[Registration]:
        """Those of a plan in these states, the longest in theirs first, from that place on."""
        fitting = col(Registration.plan) == plan, col(Registration.state).in_(states)
        rows = select(Registration).where(*fitting)
        rows = rows.order_by(col(Registration.changed_at), col(Registration.id))
        return list((await self.session.scalars(rows.offset(first).limit(most))).all())

    async def before(self, registration: Registration) -> Revision | None:
        """What it said before it was handed in anew."""
        return await self.session.get(Revision, (registration.id, registration.version - 1))

    async def checker(self, registration: Registration) -> int | None:
        """The person who was the first of two officers to approve it, as last done."""
        mine = col(Act.registration_id) == registration.id, col(Act.what) == "checked"
        by = select(col(Staff.person_id)).join(Act, col(Act.staff_id) == col(Staff.id))
        rows = await self.session.scalars(by.where(*mine).order_by(col(Act.id).desc()).limit(1))
        return rows.one_or_none()

    async def found(self, plans: Collection[str], sought: Sought, most: int) -> list[Registration]:
        """Those of these plans that are looked for, the latest first."""
        folded = literal(" ") + func.replace(col(Registration.folded), "\n", " ")
        all_words = and_(
            *(
                or_(*(folded.contains(f" {form}", autoescape=True) for form in forms))
                for forms in sought.words
            )
        )
        by_phone = (
            col(Registration.answers)[step].as_string().contains(sought.digits)
            for step in sought.phones
            if sought.digits
        )
        rows = select(Registration).where(col(Registration.plan).in_(plans))
        rows = rows.where(or_(all_words, *by_phone)).order_by(col(Registration.id).desc())
        return list((await self.session.scalars(rows.limit(most))).all())

    async def vocabulary(self, plans: Collection[str]) -> set[str]:
        """Every word by which registrations of these plans are found."""
        rows = select(col(Registration.folded)).where(col(Registration.plan).in_(plans))
        return {word for folded in await self.session.scalars(rows) for word in folded.split()}
