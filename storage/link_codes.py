"""Codes by which a person's other places become theirs."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, delete, or_, select, tuple_, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from storage.engine import BLIND
from storage.people import Where
from storage.staff import hashed
from storage.tables import LinkCode, Person

VALID = timedelta(minutes=15)


class LinkCodes:
    """One open code a person at most; whoever types it first uses it up."""

    def __init__(self, session: AsyncSession, now: datetime) -> None:
        self.session, self.now = session, now

    async def give(self, code: str, person: Person, at: Where) -> datetime:
        """Have this code stand for a person, shown at a place; until when. An earlier one is void.

        The person must be held: of two codes made at once, one would break the other.
        """
        channel, sender = at
        until = self.now + VALID
        row = LinkCode(
            person_id=person.id, code=hashed(code), channel=channel, sender=sender, until=until
        )
        await self.session.merge(row)
        return until

    async def find(self, code: str) -> LinkCode | None:
        """What a typed code stands for, if it can still be used."""
        return await self.known(hashed(code))

    async def known(self, code: str) -> LinkCode | None:
        """The same by the code's hash."""
        return (await self.session.scalars(select(LinkCode).where(*self.usable(code)))).first()

    async def use(self, code: str) -> bool:
        """Use up a code, given its hash; False where somebody else did."""
        gone = delete(LinkCode).where(*self.usable(code)).returning(col(LinkCode.person_id))
        return (await self.session.scalars(gone, execution_options=BLIND)).one_or_none() is not None

    async def ask(self, code: str, by: Where) -> bool:
        """Use up a code, but wait for a yes where it was shown; False where somebody else did."""
        channel, sender = by
        asked = {"code": None, "by_channel": channel, "by_sender": sender}
        typed = update(LinkCode).where(*self.usable(code)).values(asked)
        rows = await self.session.scalars(
            typed.returning(col(LinkCode.person_id)), execution_options=BLIND
        )
        return rows.one_or_none() is not None

    async def answer(self, person: Person) -> Where | None:
        """End the waiting for this person's yes: whose place waited; None where none does."""
        waits = col(LinkCode.code).is_(None), col(LinkCode.until) > self.now
        mine = delete(LinkCode).where(col(LinkCode.person_id) == person.id, *waits)
        by = mine.returning(col(LinkCode.by_channel), col(LinkCode.by_sender))
        row = (await self.session.execute(by, execution_options=BLIND)).one_or_none()
        return (row[0], row[1]) if row else None

    async def erase(self, person: Person, places: Collection[Where]) -> None:
        """Make worthless every code that has to do with this person, or with these places."""
        by = tuple_(col(LinkCode.by_channel), col(LinkCode.by_sender)).in_(places)
        shown = tuple_(col(LinkCode.channel), col(LinkCode.sender)).in_(places)
        theirs = or_(col(LinkCode.person_id) == person.id, by, shown)
        await self.session.execute(delete(LinkCode).where(theirs), execution_options=BLIND)

    async def forget(self) -> None:
        """Drop codes that can no longer be used."""
        over = col(LinkCode.until) <= self.now
        await self.session.execute(delete(LinkCode).where(over), execution_options=BLIND)

    def usable(self, code: str) -> tuple[ColumnElement[bool], ...]:
        return col(LinkCode.code) == code, col(LinkCode.until) > self.now
