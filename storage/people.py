"""People, where they are reached, and their half-finished forms."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, delete, select, tuple_, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from storage.engine import BLIND
from storage.tables import Address, Draft, Person

Where = tuple[str, str]  # channel, sender


class People:
    """Who talks to us."""

    def __init__(self, session: AsyncSession, now: datetime) -> None:
        self.session, self.now = session, now

    async def at(self, places: Iterable[Where]) -> dict[Where, Person]:
        """The person behind each address; one who is new to us is made."""
        key = tuple_(col(Address.channel), col(Address.sender))
        known = select(Address).where(key.in_(set(places)))
        addresses = list((await self.session.scalars(known)).all())
        ids = {address.person_id for address in addresses if address.person_id}
        rows = await self.session.scalars(select(Person).where(col(Person.id).in_(ids)))
        people: dict[int | None, Person] = {person.id: person for person in rows}
        strangers = [address for address in addresses if address.person_id not in people]
        made = [Person(created_at=self.now) for _ in strangers]
        self.session.add_all(made)
        await self.session.flush()
        for address in addresses:
            address.unreachable_since = None  # who writes to us can be reached again
        for address, person in zip(strangers, made, strict=True):
            address.person_id = person.id
            people[person.id] = person
        return {(a.channel, a.sender): people[a.person_id] for a in addresses}

    async def get(self, number: int) -> Person:
        """Somebody whom we know."""
        return await self.session.get_one(Person, number)

    async def hold(self, number: int) -> Person | None:
        """Somebody as they are now, held until the transaction ends; None while another does."""
        free = select(Person).where(col(Person.id) == number).with_for_update(skip_locked=True)
        rows = await self.session.scalars(free.execution_options(populate_existing=True))
        return rows.one_or_none()

    async def reached(self, number: int) -> list[Where]:
        """Where somebody is written to: nowhere, if they left."""
        there = col(Address.person_id) == number, col(Address.unreachable_since).is_(None)
        rows = await self.session.scalars(select(Address).where(*there))
        return [(address.channel, address.sender) for address in rows]

    async def unreachable(self, places: Sequence[Where]) -> None:
        """These people left or blocked us on that channel, until they write again."""
        for place in places:
            if address := await self.session.get(Address, place):
                address.unreachable_since = self.now


class Drafts:
    """Half-finished forms."""

    def __init__(self, session: AsyncSession, now: datetime) -> None:
        self.session, self.now = session, now

    async def warm(self, people: Iterable[Person]) -> None:
        """Load the drafts of these people at once, so that each turn finds them at hand."""
        open_ids = [p.talk["draft"] for p in people if p.talk.get("draft")]
        if open_ids:
            await self.session.scalars(select(Draft).where(col(Draft.id).in_(open_ids)))

    async def get(self, draft_id: str) -> Draft | None:
        return await self.session.get(Draft, draft_id)

    async def of(self, person: Person) -> list[Draft]:
        """A person's drafts, the latest first."""
        mine = select(Draft).where(col(Draft.person_id) == person.id)
        rows = await self.session.scalars(mine.order_by(col(Draft.updated_at).desc()))
        return list(rows.all())

    async def correcting(self, registration: int) -> Draft | None:
        """The draft that corrects this registration."""
        rows = select(Draft).where(col(Draft.corrects) == registration)
        return (await self.session.scalars(rows.order_by(col(Draft.updated_at).desc()))).first()

    def lend(self, draft: Draft, code: str, until: datetime) -> None:
        """Let whoever types this code before then go on with the draft."""
        draft.code, draft.code_until = code, until

    async def lent(self, code: str) -> Draft | None:
        """The draft that a code stands for, if it can still be used."""
        return (await self.session.scalars(select(Draft).where(*self.usable(code)))).one_or_none()

    async def take(self, code: str, person: Person) -> Draft | None:
        """Make the draft of a code this person's, once; None where the code is no good."""
        theirs = {"person_id": person.id, "code": None, "code_until": None}
        taken = update(Draft).where(*self.usable(code)).values(theirs).returning(col(Draft.id))
        found = (await self.session.scalars(taken, execution_options=BLIND)).one_or_none()
        if found is None:
            return None
        return await self.session.get_one(Draft, found, populate_existing=True)

    def usable(self, code: str) -> tuple[ColumnElement[bool], ...]:
        return col(Draft.code) == code, col(Draft.code_until) > self.now

    async def left(self, before: datetime, nudges: int) -> list[Draft]:
        """Drafts untouched since, whose persons were reminded fewer times; the latest first."""
        rows = select(Draft).where(col(Draft.updated_at) < before, col(Draft.nudges) < nudges)
        return list((await self.session.scalars(rows.order_by(col(Draft.updated_at).desc()))).all())

    async def nudged_since(self, moment: datetime) -> set[int]:
        """Who was reminded of a draft since."""
        rows = select(col(Draft.person_id)).where(col(Draft.nudged_at) >= moment)
        return set((await self.session.scalars(rows)).all())

    async def nudge(self, draft: Draft, count: int) -> bool:
        """Count a reminder; False where somebody else has sent it."""
        as_seen = col(Draft.id) == draft.id, col(Draft.nudges) == draft.nudges
        counted = update(Draft).where(*as_seen).values(nudges=count, nudged_at=self.now)
        ids = await self.session.scalars(counted.returning(col(Draft.id)), execution_options=BLIND)
        return ids.one_or_none() is not None

    def add(self, draft: Draft) -> None:
        self.session.add(draft)

    async def remove(self, draft: Draft) -> None:
        await self.session.delete(draft)

    async def forget(self, before: datetime) -> None:
        """Drop drafts that nobody has touched since."""
        await self.session.execute(delete(Draft).where(col(Draft.updated_at) < before))
