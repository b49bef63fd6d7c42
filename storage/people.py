"""People, where they are reached, and their half-finished forms."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, delete, func, select, tuple_, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from storage.ages import Before
from storage.engine import BLIND
from storage.missed import Missed
from storage.tables import Address, Draft, Inbox, Person

Where = tuple[str, str]  # channel, sender
HEARD = timedelta(hours=1)  # how exactly we keep when somebody wrote last: a turn stays cheap


class People:
    """Who talks to us."""

    def __init__(self, session: AsyncSession, now: datetime) -> None:
        self.session, self.now = session, now
        self.moved: dict[Where, Person] = {}  # who is somebody else since the transaction began

    async def at(self, places: Iterable[Where]) -> dict[Where, Person]:
        """The person behind each address; one who is new to us is made."""
        meant = {*places}
        key = tuple_(col(Address.channel), col(Address.sender))
        known = select(Address).where(key.in_(meant))
        addresses = list((await self.session.scalars(known)).all())
        addresses += self.forgotten(meant - {(a.channel, a.sender) for a in addresses})
        ids = {address.person_id for address in addresses if address.person_id}
        rows = await self.session.scalars(select(Person).where(col(Person.id).in_(ids)))
        people: dict[int | None, Person] = {person.id: person for person in rows}
        strangers = [address for address in addresses if address.person_id not in people]
        made = [Person(created_at=self.now) for _ in strangers]
        self.session.add_all(made)
        await self.session.flush()
        back: list[Where] = []
        for address in addresses:
            address.unreachable_since = None  # who writes to us can be reached again
            if address.heard_at is None or self.now - address.heard_at >= HEARD:
                back += [(address.channel, address.sender)] if address.heard_at else []
                address.heard_at = self.now
        for address, person in zip(strangers, made, strict=True):
            address.person_id = person.id
            people[person.id] = person
        await Missed(self.session, self.now).again(back)
        return {(a.channel, a.sender): people[a.person_id] for a in addresses}

    def forgotten(self, places: Iterable[Where]) -> list[Address]:
        """Addresses for those that were erased while something said there still waited."""
        made = [Address(channel=channel, sender=sender) for channel, sender in sorted(places)]
        self.session.add_all(made)
        return made

    async def places(self, people: Collection[int]) -> list[Where]:
        """Where these people are reached."""
        there = select(col(Address.channel), col(Address.sender))
        rows = await self.session.execute(there.where(col(Address.person_id).in_(people)))
        return [(channel, sender) for channel, sender in rows]

    async def heard(self, places: Collection[Where]) -> dict[Where, datetime | None]:
        """When they wrote last from each of these places, as far as it is known."""
        if not places:
            return {}
        key = tuple_(col(Address.channel), col(Address.sender))
        rows = select(col(Address.channel), col(Address.sender), col(Address.heard_at))
        found = await self.session.execute(rows.where(key.in_(places)))
        return {(channel, sender): at for channel, sender, at in found}

    async def get(self, number: int) -> Person:
        """Somebody whom we know."""
        return await self.session.get_one(Person, number)

    async def leave(self, person: Person, but: Where | None = None) -> None:
        """Forget where a person was reached, except at one place."""
        for place in await self.places([person.id]):
            if place != but and (address := await self.session.get(Address, place)):
                await self.session.delete(address)

    async def find(self, number: int) -> Person | None:
        """Somebody by their number, if there is (still) such a person."""
        return await self.session.get(Person, number)

    async def known(self, channel: str, sender: str) -> Person | None:
        """The person behind an address, if there is one; makes nobody."""
        mine = col(Address.channel) == channel, col(Address.sender) == sender
        there = select(Person).join(Address, col(Address.person_id) == col(Person.id)).where(*mine)
        return (await self.session.scalars(there)).one_or_none()

    async def reached(self, number: int) -> list[Where]:
        """Where somebody is written to, from where they wrote last first; nowhere, if they left."""
        there = await self.addresses(number)
        return [(each.channel, each.sender) for each in there if not each.unreachable_since]

    async def addresses(self, number: int) -> list[Address]:
        """All of somebody's, the one from where they wrote last first."""
        wrote = select(func.max(col(Inbox.id))).where(
            col(Inbox.channel) == col(Address.channel), col(Inbox.sender) == col(Address.sender)
        )
        last = func.coalesce(wrote.scalar_subquery(), 0)
        rows = select(Address).where(col(Address.person_id) == number)
        first = rows.order_by(last.desc(), col(Address.heard_at).desc().nulls_last())
        return list((await self.session.scalars(first)).all())

    async def lock(self, number: int) -> Person:
        """Somebody as they are now, held until the transaction ends; waits while another does."""
        mine = select(Person).where(col(Person.id) == number).with_for_update()
        rows = await self.session.scalars(mine.execution_options(populate_existing=True))
        return rows.one()

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

    def add(self, draft: Draft) -> None:
        self.session.add(draft)

    async def remove(self, draft: Draft) -> None:
        await self.session.delete(draft)

    async def forget(self, before: Before) -> None:
        """Drop drafts that nobody has touched since."""
        old = before.passed(col(Draft.updated_at), col(Draft.plan))
        await self.session.execute(delete(Draft).where(old), execution_options=BLIND)
