"""What has been submitted, and what became of it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from storage.tables import Draft, Person, Registration

STATES = (
    "submitted",
    "checked",  # approved by the first of two officers
    "approved",
    "returned",  # to its person, to mend one field
    "rejected",
    "withdrawn",  # by its person
)


class Registrations:
    """What has been submitted."""

    def __init__(self, session: AsyncSession, now: datetime) -> None:
        self.session, self.now = session, now

    async def submit(self, draft: Draft, code: str, answers: dict[str, Any]) -> Registration:
        """Turn a draft into a registration, once."""
        row = Registration(
            code=code,
            draft_id=draft.id,
            person_id=draft.person_id,
            plan=draft.plan,
            form=draft.form,
            answers=answers,
            submitted_at=self.now,
            changed_at=self.now,
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

    async def is_free(self, code: str) -> bool:
        rows = select(col(Registration.id)).where(col(Registration.code) == code)
        return (await self.session.scalars(rows)).first() is None

    async def coded(self, code: str) -> Registration | None:
        """The registration of that code, whoever's it is."""
        rows = select(Registration).where(col(Registration.code) == code)
        return (await self.session.scalars(rows)).one_or_none()

    async def of(self, person: Person) -> list[Registration]:
        """A person's registrations, the latest first."""
        mine = select(Registration).where(col(Registration.person_id) == person.id)
        rows = await self.session.scalars(mine.order_by(col(Registration.id).desc()))
        return list(rows.all())

    async def all(self, plan: str = "") -> list[Registration]:
        """Every registration, of one plan where one is named, the oldest first."""
        rows = select(Registration).order_by(col(Registration.id))
        if plan:
            rows = rows.where(col(Registration.plan) == plan)
        return list((await self.session.scalars(rows)).all())
