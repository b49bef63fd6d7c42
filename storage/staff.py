"""Who may look at and answer the questions of which plan, and the codes by which they come in."""

from __future__ import annotations

import hashlib
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, delete, select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from storage.engine import BLIND
from storage.people import People, Where
from storage.tables import Invitation, Person, Staff

VALID = timedelta(days=7)  # of an invitation


class StaffRows:
    """Officers and invitations."""

    def __init__(self, session: AsyncSession, now: datetime) -> None:
        self.session, self.now = session, now
        self.staffed: frozenset[str] | None = None  # looked up once a transaction

    async def of(self, person: Person) -> list[Staff]:
        """What a person may do, for each plan; nothing for a member."""
        active = col(Staff.person_id) == person.id, col(Staff.removed_at).is_(None)
        return list((await self.session.scalars(select(Staff).where(*active))).all())

    async def look_after(self, plan: str) -> bool:
        """Whether anybody sees the questions about this plan."""
        if self.staffed is None:
            active = select(col(Staff.plan)).where(col(Staff.removed_at).is_(None))
            self.staffed = frozenset((await self.session.scalars(active.distinct())).all())
        return bool({plan, ""} & self.staffed)

    async def all(self) -> list[Staff]:
        """Everybody who has not been removed, the first first."""
        active = select(Staff).where(col(Staff.removed_at).is_(None)).order_by(col(Staff.id))
        return list((await self.session.scalars(active)).all())

    async def invited(self) -> list[Invitation]:
        """The invitations that may still be used."""
        usable = select(Invitation).where(*self.usable()).order_by(col(Invitation.id))
        return list((await self.session.scalars(usable)).all())

    def invite(self, code: str, plan: str, role: str, name: str) -> Invitation:
        """Let whoever types this code first be staff."""
        invitation = Invitation(
            code=hashed(code),
            plan=plan,
            role=role,
            name=name,
            created_at=self.now,
            expires_at=self.now + VALID,
        )
        self.session.add(invitation)
        return invitation

    async def join(self, code: str, person: Person) -> Staff | None:
        """Make a person staff by an invitation, once; None where the code is no good."""
        fitting = col(Invitation.code) == hashed(code), *self.usable()
        used = update(Invitation).where(*fitting).values(used_at=self.now)
        rows = await self.session.scalars(used.returning(Invitation))
        invitation = rows.one_or_none()
        if invitation is None:
            return None
        staff = Staff(
            person_id=person.id,
            plan=invitation.plan,
            role=invitation.role,
            name=invitation.name,
            added_at=self.now,
        )
        self.session.add(staff)
        await self.session.flush()
        self.staffed = None
        return staff

    def usable(self) -> tuple[ColumnElement[bool], ...]:
        return col(Invitation.used_at).is_(None), col(Invitation.expires_at) > self.now

    async def reached(self, staff_id: int) -> list[Where]:
        """Where an officer is written to: the one place from where they wrote last, if any."""
        officer = await self.session.get_one(Staff, staff_id)
        return (await People(self.session, self.now).reached(officer.person_id))[:1]

    async def remove(self, staff_id: int) -> bool:
        """Take back what somebody may do; False where there is nobody of that number."""
        there = col(Staff.id) == staff_id, col(Staff.removed_at).is_(None)
        gone = update(Staff).where(*there).values(removed_at=self.now)
        rows = await self.session.scalars(gone.returning(col(Staff.id)), execution_options=BLIND)
        self.staffed = None
        return rows.one_or_none() is not None

    async def uninvite(self, number: int) -> bool:
        """Make an invitation worthless; False where none of that number can still be used."""
        there = update(Invitation).where(col(Invitation.id) == number, *self.usable())
        gone = there.values(expires_at=self.now).returning(col(Invitation.id))
        return (await self.session.scalars(gone, execution_options=BLIND)).one_or_none() is not None

    async def forget(self) -> None:
        """Drop invitations that can no longer be used."""
        over = col(Invitation.expires_at) <= self.now
        await self.session.execute(delete(Invitation).where(over), execution_options=BLIND)


def hashed(code: str) -> str:
    """What is kept of a code; it is far too long to be found by trying."""
    return hashlib.sha256(code.encode()).hexdigest()
