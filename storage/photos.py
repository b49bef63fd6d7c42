"""Photos of the work: whose, of which registration, and whether they are here yet.

What they show is only loaded where it is wanted: a row is some hundred kilobytes.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, delete, func, select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from storage.ages import Before
from storage.engine import BLIND
from storage.tables import Person, Photo, Progress, Registration

LEASE = timedelta(minutes=2)  # one process fetches it; after that another may
LOST = "lost"


@dataclass(frozen=True)
class Wanted:
    """A photo that is still to be fetched."""

    id: int
    person_id: int
    batch: str
    channel: str
    reference: str
    attempts: int


@dataclass(frozen=True)
class Here:
    """A photo that can be shown, without what it shows."""

    id: int
    registration_id: int
    progress_id: int | None
    kind: str
    created_at: datetime


@dataclass(frozen=True)
class Last:
    """What was sent last: of what, and when."""

    registration_id: int | None
    created_at: datetime


LAST = tuple(col(getattr(Photo, field.name)) for field in fields(Last))
WANTED = tuple(col(getattr(Photo, field.name)) for field in fields(Wanted))
HERE = tuple(col(getattr(Photo, field.name)) for field in fields(Here))
SHOWN = col(Photo.content).is_not(None), col(Photo.registration_id).is_not(None)
VALID = col(Photo.kind) != LOST


class Photos:
    """What people sent to show how far their work is."""

    def __init__(self, session: AsyncSession, now: datetime) -> None:
        self.session, self.now = session, now
        self.new = False  # whether there is something to fetch

    async def add(self, photo: Photo) -> int:
        """Keep that it was sent, and return its number; what it shows is fetched afterwards."""
        self.session.add(photo)
        await self.session.flush()
        self.new = True
        return photo.id

    async def count(self, registration: int, progress: int | None) -> int:
        """How many belong to one report, or to the one that is still to be told."""
        report = col(Photo.registration_id) == registration, col(Photo.progress_id) == progress
        return await self.counted(*report, VALID)

    async def unplaced(self, person: Person) -> int:
        """How many there are of which a person has not said what they show."""
        return await self.counted(*self.nowhere(person), VALID)

    async def counted(self, *which: ColumnElement[bool]) -> int:
        rows = select(func.count()).select_from(Photo).where(*which)
        return int((await self.session.scalars(rows)).one())

    def nowhere(self, person: Person) -> tuple[ColumnElement[bool], ...]:
        return col(Photo.person_id) == person.id, col(Photo.registration_id).is_(None)

    async def place(self, person: Person, registration: int, room: int) -> list[int]:
        """So many of those are of this registration, and no more are kept; which these are."""
        mine = select(col(Photo.id)).where(*self.nowhere(person), VALID).order_by(col(Photo.id))
        placed = list(await self.session.scalars(mine.limit(max(0, room))))
        theirs = update(Photo).where(col(Photo.id).in_(placed)).values(registration_id=registration)
        await self.session.execute(theirs, execution_options=BLIND)
        await self.drop_unplaced(person)
        return placed

    async def report(self, told: Progress) -> int:
        """What was sent before it was told how far the work is belongs to that; how many."""
        before = (
            col(Photo.registration_id) == told.registration_id,
            col(Photo.progress_id).is_(None),
        )
        theirs = update(Photo).where(*before).values(progress_id=told.id)
        await self.session.execute(theirs, execution_options=BLIND)
        return await self.count(told.registration_id, told.id)

    async def last(self, person: Person, since: datetime) -> Last | None:
        """What a person sent last, if that was since then."""
        mine = col(Photo.person_id) == person.id, col(Photo.created_at) >= since, VALID
        rows = select(*LAST).where(*mine).order_by(col(Photo.id).desc()).limit(1)
        row = (await self.session.execute(rows)).one_or_none()
        return Last(*row) if row else None

    async def drop(self, person: Person, number: int) -> None:
        """Delete a photo of this person's, with those sent together."""
        batch = select(col(Photo.batch)).where(col(Photo.id) == number).scalar_subquery()
        await self.delete(col(Photo.person_id) == person.id, col(Photo.batch) == batch)

    async def drop_unplaced(self, person: Person) -> None:
        await self.delete(*self.nowhere(person))

    async def delete(self, *which: ColumnElement[bool]) -> None:
        await self.session.execute(delete(Photo).where(*which), execution_options=BLIND)

    async def of(self, registration: int) -> list[Here]:
        """What can be shown of one registration, the latest first."""
        return await self.here(col(Photo.registration_id) == registration)

    async def of_person(self, person: Person) -> list[Here]:
        """What can be shown of all that a person sent, the latest first."""
        return await self.here(col(Photo.person_id) == person.id)

    async def here(self, which: ColumnElement[bool]) -> list[Here]:
        rows = select(*HERE).where(which, *SHOWN).order_by(col(Photo.id).desc())
        return [Here(*row) for row in await self.session.execute(rows)]

    async def content(self, number: int) -> tuple[Here, bytes] | None:
        """A photo with what it shows."""
        rows = select(*HERE, col(Photo.content)).where(col(Photo.id) == number, *SHOWN)
        row = (await self.session.execute(rows)).one_or_none()
        return (Here(*row[:-1]), row[-1]) if row else None

    async def claim(self, channels: Sequence[str], limit: int) -> list[Wanted]:
        """What is to be fetched now, for us alone until the lease is over."""
        due = col(Photo.due_at) <= self.now, col(Photo.channel).in_(channels)
        rows = select(col(Photo.id)).where(*due).order_by(col(Photo.id)).limit(limit)
        mine = list(await self.session.scalars(rows.with_for_update(skip_locked=True)))
        leased = update(Photo).where(col(Photo.id).in_(mine)).values(due_at=self.now + LEASE)
        await self.session.execute(leased, execution_options=BLIND)
        wanted = select(*WANTED).where(col(Photo.id).in_(mine)).order_by(col(Photo.id))
        return [Wanted(*row) for row in await self.session.execute(wanted)]

    async def next_due(self, channels: Sequence[str]) -> datetime | None:
        """When there is something to fetch next."""
        waits = col(Photo.due_at).is_not(None), col(Photo.channel).in_(channels)
        return (await self.session.scalars(select(func.min(col(Photo.due_at))).where(*waits))).one()

    async def arrived(self, number: int, content: bytes, kind: str) -> None:
        """It is here; where it came from is no longer needed."""
        await self.settle(number, content=content, kind=kind, due_at=None, reference="")

    async def later(self, wanted: Wanted, due: datetime) -> None:
        """It could not be had this time."""
        await self.settle(wanted.id, attempts=wanted.attempts + 1, due_at=due)

    async def lose(self, wanted: Wanted) -> bool:
        """It cannot be had; whether it is the first of those sent together."""
        together = col(Photo.person_id) == wanted.person_id, col(Photo.batch) == wanted.batch
        first = not await self.counted(*together, ~VALID)
        return await self.settle(wanted.id, kind=LOST, due_at=None, reference="") and first

    async def settle(self, number: int, **values: object) -> bool:
        """Change one, unless it was dropped meanwhile."""
        changed = update(Photo).where(col(Photo.id) == number).values(values)
        ids = await self.session.scalars(changed.returning(col(Photo.id)), execution_options=BLIND)
        return ids.one_or_none() is not None

    async def blank(self, registration: Registration) -> None:
        """Drop those of one registration."""
        await self.delete(col(Photo.registration_id) == registration.id)

    async def forget(self, before: Before, unplaced_before: datetime) -> None:
        """Drop the old, and those of which nobody said what they show or that were lost."""
        plan = select(col(Registration.plan)).where(
            col(Registration.id) == col(Photo.registration_id)
        )
        of_plan = plan.correlate(Photo).scalar_subquery()
        await self.delete(before.passed(col(Photo.created_at), of_plan))
        nowhere = col(Photo.registration_id).is_(None) | ~VALID
        await self.delete(nowhere, col(Photo.created_at) < unplaced_before)
