"""Questions that wait for staff, what becomes content of the answers, and how answers please."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import delete, func, select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from storage.ages import Before
from storage.engine import BLIND, insert_new
from storage.tables import Lesson, Person, Question, Tally

OPEN = col(Question.settled_at).is_(None)


class Questions:
    """What people asked in vain. Whoever settles a question first settles it."""

    def __init__(self, session: AsyncSession, now: datetime) -> None:
        self.session, self.now = session, now

    def add(self, question: Question) -> None:
        """Keep a question for the staff of its plan."""
        self.session.add(question)

    async def of(self, person: Person) -> list[Question]:
        """What a person waits to hear about."""
        mine = select(Question).where(OPEN, col(Question.person_id) == person.id)
        return list((await self.session.scalars(mine)).all())

    async def count(self, plan: str) -> int:
        """How many wait for the staff of a plan."""
        waiting = select(func.count()).select_from(Question).where(OPEN, col(Question.plan) == plan)
        return int((await self.session.scalars(waiting)).one())

    async def open(self, plans: Collection[str], most: int) -> list[Question]:
        """The questions about these plans that wait, the oldest first."""
        waiting = select(Question).where(OPEN, col(Question.plan).in_(plans))
        rows = await self.session.scalars(waiting.order_by(col(Question.id)).limit(most))
        return list(rows.all())

    async def waiting(self, numbers: Collection[int]) -> list[Question]:
        """Those of these that wait, the oldest first."""
        these = select(Question).where(OPEN, col(Question.id).in_(numbers))
        return list((await self.session.scalars(these.order_by(col(Question.id)))).all())

    async def settle(self, numbers: Sequence[int], staff_id: int, outcome: str) -> list[int]:
        """Settle those that nobody settled before, and drop their words; return which."""
        these = col(Question.id).in_(numbers)
        done = {"settled_at": self.now, "settled_by": staff_id, "outcome": outcome, "text": ""}
        settled = update(Question).where(OPEN, these).values(done).returning(col(Question.id))
        rows = await self.session.scalars(settled, execution_options=BLIND)
        return sorted(rows.all())

    async def askers(self, numbers: Sequence[int]) -> list[tuple[int, int]]:
        """Who asked these: the question, and the person."""
        asked = select(col(Question.id), col(Question.person_id))
        these = asked.where(col(Question.id).in_(numbers)).order_by(col(Question.id))
        return [(number, person) for number, person in await self.session.execute(these)]

    async def learnt(self, numbers: Sequence[int], lesson: Lesson) -> None:
        """Note what was learnt from these questions."""
        these = update(Question).where(col(Question.id).in_(numbers))
        await self.session.execute(these.values(lesson_id=lesson.id), execution_options=BLIND)

    async def erase(self, person: Person) -> bool:
        """Drop everything that this person asked; whether that was anything."""
        person.asked = person.asked_at = None
        mine = delete(Question).where(col(Question.person_id) == person.id)
        gone = await self.session.scalars(mine.returning(col(Question.id)), execution_options=BLIND)
        return bool(gone.all())

    async def forget(self, asked_before: Before, settled_before: datetime) -> None:
        """Drop what nobody answered in time, and the traces of what was settled long ago."""
        unanswered = asked_before.passed(col(Question.asked_at), col(Question.plan))
        waiting = delete(Question).where(OPEN, unanswered)
        settled = delete(Question).where(col(Question.settled_at) < settled_before)
        for old in (waiting, settled):
            await self.session.execute(old, execution_options=BLIND)

    async def unmark(self, before: datetime) -> None:
        """Drop questions that were answered and not marked since."""
        old = update(Person).where(col(Person.asked_at) < before)
        none = old.values(asked=None, asked_at=None)
        await self.session.execute(none, execution_options=BLIND)


class Lessons:
    """What officers decided, on its way into the content."""

    def __init__(self, session: AsyncSession, now: datetime) -> None:
        self.session, self.now = session, now
        self.new = False  # whether one was added in this transaction

    async def add(self, staff_id: int, **decided: Any) -> Lesson:
        """Keep what an officer decided."""
        lesson = Lesson(decided_by=staff_id, decided_at=self.now, **decided)
        self.session.add(lesson)
        await self.session.flush()
        self.new = True
        return lesson

    async def waiting(self) -> list[Lesson]:
        """Lessons that are not yet content, the oldest first."""
        rows = select(Lesson).where(col(Lesson.state) == "waiting").order_by(col(Lesson.id))
        return list((await self.session.scalars(rows)).all())

    async def settle(self, numbers: Sequence[int], state: str, reason: str = "") -> bool:
        """Note what became of lessons that wait; False where somebody else did."""
        these = col(Lesson.id).in_(numbers), col(Lesson.state) == "waiting"
        done = update(Lesson).where(*these).values(state=state, reason=reason)
        rows = await self.session.scalars(done.returning(col(Lesson.id)), execution_options=BLIND)
        return bool(rows.all())

    async def forget(self, before: datetime) -> None:
        """Drop the words of what was settled and decided before; by now the content has them."""
        old = update(Lesson).where(col(Lesson.state) != "waiting", col(Lesson.decided_at) < before)
        bare = old.values(phrasings=[], added=None, reason="")
        await self.session.execute(bare, execution_options=BLIND)


class Tallies:
    """How often answers were found right, and not."""

    def __init__(self, session: AsyncSession) -> None:
        self.session = session

    async def count(self, plan: str, entry: str, *, good: bool) -> None:
        """Count one more."""
        await insert_new(self.session, Tally, [{"plan": plan, "entry": entry, "good": 0, "bad": 0}])
        here = update(Tally).where(col(Tally.plan) == plan, col(Tally.entry) == entry)
        more = {"good": Tally.good + 1} if good else {"bad": Tally.bad + 1}
        await self.session.execute(here.values(more), execution_options=BLIND)

    async def of(self, plan: str, entry: str) -> tuple[int, int]:
        """How often that answer was found right, and how often not."""
        row = await self.session.get(Tally, (plan, entry), populate_existing=True)
        return (row.good, row.bad) if row else (0, 0)
