"""Who is reminded, and the ledger of what they heard."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import AsyncIterator, Collection, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import Text, and_, case, cast, delete, exists, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from storage.engine import BLIND
from storage.registrations import OVER
from storage.tables import Act, Address, Draft, Outbox, Person, Progress, Registration, Staff, Told

PAGE = 1000  # people looked through at once
MONTH = timedelta(days=30)
OFFICE = "office:%"  # what officers hear of their work; not counted against a person's most


@dataclass
class Known:
    """Somebody, and all from which it follows what they are to be told."""

    person: Person
    places: list[Address]
    drafts: list[Draft] = field(default_factory=list)
    registrations: list[Registration] = field(default_factory=list)  # those that are not over
    heard: dict[int, datetime] = field(default_factory=dict)  # of which registration, when last
    told: list[Told] = field(default_factory=list)  # the first first
    staff: list[Staff] = field(default_factory=list)
    pushes: int = 0  # in the last month

    def of(self, about: str) -> dict[str, Told]:
        """What they were told of something, by its step, the first first."""
        return {each.step: each for each in self.told if each.about == about}


class ToldRows:
    """What people were reminded of."""

    def __init__(self, session: AsyncSession, now: datetime) -> None:
        self.session, self.now = session, now

    async def concerned(self, after: int, most: int) -> list[int]:
        """Those behind this one who have a draft, a registration, an office or a wish."""
        who = col(Person.id)
        known = or_(
            exists().where(col(Draft.person_id) == who),
            exists().where(
                col(Registration.person_id) == who, col(Registration.state).not_in(OVER)
            ),
            exists().where(col(Staff.person_id) == who, col(Staff.removed_at).is_(None)),
            cast(col(Person.wishes), Text).like('%"asked"%'),
        )
        rows = select(who).where(who > after, known).order_by(who).limit(most)
        return list((await self.session.scalars(rows)).all())

    async def known(self, ids: Collection[int]) -> list[Known]:
        """These people with all that matters, in a few statements however many they are."""
        people = select(Person).where(col(Person.id).in_(ids)).order_by(col(Person.id))
        places = defaultdict(list)
        for place in await self.session.scalars(
            select(Address).where(col(Address.person_id).in_(ids))
        ):
            places[place.person_id].append(place)
        found = {p.id: Known(p, places[p.id]) for p in await self.session.scalars(people)}
        for draft in await self.session.scalars(
            select(Draft).where(col(Draft.person_id).in_(ids)).order_by(col(Draft.updated_at))
        ):
            found[draft.person_id].drafts.append(draft)
        for told in await self.session.scalars(
            select(Told).where(col(Told.person_id).in_(ids)).order_by(col(Told.at))
        ):
            found[told.person_id].told.append(told)
        for officer in await self.session.scalars(
            select(Staff).where(col(Staff.person_id).in_(ids), col(Staff.removed_at).is_(None))
        ):
            found[officer.person_id].staff.append(officer)
        await self.registered(found)
        await self.counted(found)
        return [*found.values()]

    async def registered(self, found: dict[int, Known]) -> None:
        """Add their registrations, and when each was last heard of."""
        mine = col(Registration.person_id).in_(found), col(Registration.state).not_in(OVER)
        rows = await self.session.scalars(
            select(Registration).where(*mine).order_by(col(Registration.id))
        )
        by_id: dict[int | None, Registration] = {}
        for row in rows:
            by_id[row.id] = row
            found[row.person_id].registrations.append(row)
            found[row.person_id].heard[row.id] = row.submitted_at
        of = col(Progress.registration_id), func.max(col(Progress.told_at))
        told = select(*of).where(of[0].in_(by_id)).group_by(of[0])
        by = col(Act.registration_id), func.max(col(Act.at))
        sent = select(*by).where(by[0].in_(by_id), col(Act.what) == "submitted").group_by(by[0])
        for each in (told, sent):
            for number, at in await self.session.execute(each):
                row = by_id[number]
                heard = found[row.person_id].heard
                heard[row.id] = max(heard[row.id], at)

    async def counted(self, found: dict[int, Known]) -> None:
        """Add how much was sent to each unasked in the last month."""
        who = col(Outbox.person_id)
        late = col(Outbox.created_at) > self.now - MONTH, col(Outbox.about).not_like(OFFICE)
        came = col(Outbox.state).not_in(("skipped", "failed"))
        sent = select(who, func.count()).where(who.in_(found), came)
        for number, count in await self.session.execute(sent.where(*late).group_by(who)):
            if number is not None:
                found[number].pushes = count

    async def add(self, person_id: int, about: str, steps: Iterable[str], day: date | None) -> None:
        """Somebody heard this; of the same step of another day they have heard once more."""
        for step in steps:
            told = Told(person_id=person_id, about=about, step=step, day=day, at=self.now)
            await self.session.merge(told)
        await self.session.flush()

    async def drop(self, person_id: int, about: str, steps: Iterable[str] = ()) -> None:
        """As if they had not heard of it, or of these steps."""
        mine = col(Told.person_id) == person_id, col(Told.about) == about
        some = [col(Told.step).in_([*steps])] if steps else []
        await self.session.execute(delete(Told).where(*mine, *some), execution_options=BLIND)

    async def forget(self, before: datetime) -> None:
        """Drop what was told so long ago that it cannot come up again."""
        await self.session.execute(delete(Told).where(col(Told.at) < before))

    async def units(self, plan: str, step: str) -> list[str]:
        """What the registrations of a plan say at this step of the form, each once."""
        said = col(Registration.answers)[step].as_string()
        mine = col(Registration.plan) == plan, col(Registration.state).not_in(OVER)
        return [
            each
            for each in await self.session.scalars(select(said).where(*mine).distinct())
            if each
        ]

    async def lookers(self, plan: str, step: str) -> AsyncIterator[tuple[dict[str, Any], str]]:
        """Of each who has begun a form of a plan, or last talked about it, what they agreed to
        and what they say at this step; a page at a time.
        """
        mine = col(Draft.person_id) == col(Person.id), col(Draft.plan) == plan
        begun = col(Draft.answers)[step].as_string()
        said = case(
            (col(Draft.id).is_not(None), begun), else_=col(Person.profile)[step].as_string()
        )
        rows = select(col(Person.consents), said).outerjoin(Draft, and_(*mine))
        rows = rows.where(or_(col(Person.plan) == plan, col(Draft.id).is_not(None)), said != "")
        last = await self.session.scalar(select(func.max(col(Person.id)))) or 0
        for after in range(0, last, PAGE):
            here = col(Person.id).between(after + 1, after + PAGE)
            for consents, each in await self.session.execute(rows.where(here)):
                yield consents, each
