"""Staff and questions in the memory: each code and each question goes to one alone."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest

from storage.staff import VALID
from storage.tables import Question
from storage.unit import Store
from tests.fakes.clock import Time

CODE = "ACDEFHJKMNPR"


async def person(store: Store, who: str) -> int:
    async with store.unit() as unit:
        await unit.inbox.know([("web", who)])
        return (await unit.people.at([("web", who)]))["web", who].id


async def asked(store: Store, *words: str, plan: str = "p", who: str = "Lan") -> list[int]:
    """Somebody asked these; their numbers."""
    person_id = await person(store, who)
    async with store.unit() as unit:
        rows = [
            Question(
                person_id=person_id,
                channel="web",
                plan=plan,
                text=each,
                why="unanswered",
                asked_at=unit.now,
            )
            for each in words
        ]
        for row in rows:
            unit.questions.add(row)
        await unit.session.flush()
        return [row.id for row in rows]


async def hire(store: Store, who: str, plan: str = "p") -> int:
    """An officer's number."""
    await person(store, who)
    async with store.unit() as unit:
        unit.staff.invite(f"{CODE}{who}", plan, "editor", who)
        lan = (await unit.people.at([("web", who)]))["web", who]
        officer = await unit.staff.join(f"{CODE}{who}", lan)
        assert officer
        return officer.id


async def join(store: Store, who: str) -> bool:
    async with store.unit() as unit:
        lan = (await unit.people.at([("web", who)]))["web", who]
        return await unit.staff.join(CODE, lan) is not None


async def test_of_two_who_type_one_code_one_becomes_staff(store: Store, other: Store) -> None:
    for who in ("Lan", "Tư"):
        await person(store, who)
    async with store.unit() as unit:
        unit.staff.invite(CODE, "", "owner", "Chị Hoa")
    joined = await asyncio.gather(join(store, "Lan"), join(other, "Tư"))
    assert sorted(joined) == [False, True]


@pytest.mark.parametrize(("early", "works"), [(timedelta(seconds=1), True), (timedelta(), False)])
async def test_a_code_works_until_its_time_is_over(
    store: Store, time: Time, early: timedelta, works: bool
) -> None:
    await person(store, "Lan")
    async with store.unit() as unit:
        unit.staff.invite(CODE, "", "owner", "Chị Hoa")
    time.passes((VALID - early).total_seconds())
    assert await join(store, "Lan") is works


async def test_of_two_officers_one_settles_and_each_question_once(
    store: Store, other: Store
) -> None:
    numbers = await asked(store, "một", "hai", "ba")
    hoa, mai = await hire(store, "Hoa"), await hire(store, "Mai")

    async def settle(there: Store, officer: int, these: list[int]) -> list[int]:
        async with there.unit() as unit:
            return await unit.questions.settle(these, officer, "same")

    done = await asyncio.gather(settle(store, hoa, numbers[:2]), settle(other, mai, numbers[1:]))
    assert sorted(done[0] + done[1]) == numbers
    async with store.view() as unit:
        rows = [await unit.session.get(Question, number) for number in numbers]
        assert await unit.questions.open(["p"], 10) == []
    assert {row.text for row in rows if row} == {""}
    assert [row.settled_by for row in rows if row][::2] == [hoa, mai]


async def test_officers_see_their_plans_and_members_only_their_own(store: Store) -> None:
    await asked(store, "một", plan="p")
    await asked(store, "hai", plan="q", who="Tư")
    await hire(store, "Hoa", plan="q")
    async with store.view() as unit:
        assert [row.text for row in await unit.questions.open({"q"}, 10)] == ["hai"]
        assert await unit.questions.count("p") == 1
        assert [await unit.staff.look_after(plan) for plan in ("p", "q")] == [False, True]
        tu = (await unit.people.at([("web", "Tư")]))["web", "Tư"]
        assert [row.text for row in await unit.questions.of(tu)] == ["hai"]


async def test_everybody_is_answered_who_asked(store: Store) -> None:
    numbers = [*await asked(store, "một", "hai"), *await asked(store, "ba", who="Tư")]
    async with store.view() as unit:
        found = await unit.questions.askers(numbers)
    assert [number for number, _ in found] == numbers
    assert [found[0][1] == person for _, person in found] == [True, True, False]


async def test_marks_are_counted_at_the_same_moment(store: Store, other: Store) -> None:
    async def mark(there: Store, *, good: bool) -> None:
        async with there.unit() as unit:
            await unit.tallies.count("p", "e", good=good)

    await asyncio.gather(mark(store, good=True), mark(other, good=True), mark(store, good=False))
    async with store.view() as unit:
        assert await unit.tallies.of("p", "e") == (2, 1)
        assert await unit.tallies.of("p", "other") == (0, 0)


async def test_a_lesson_is_settled_once(store: Store) -> None:
    officer = await hire(store, "Hoa")
    async with store.unit() as unit:
        taught = {"plan": "p", "entry": "e", "phrasings": ["một"], "added": None}
        lesson = await unit.lessons.add(officer, **taught)
        assert unit.lessons.new
    async with store.unit() as unit:
        assert [row.phrasings for row in await unit.lessons.waiting()] == [["một"]]
        assert await unit.lessons.settle([lesson.id], "live")
        assert not await unit.lessons.settle([lesson.id], "refused", "muộn")
        assert await unit.staff.reached(officer) == [("web", "Hoa")]
        assert not await unit.lessons.waiting()
