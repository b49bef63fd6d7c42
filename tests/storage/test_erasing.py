"""What somebody told goes from every table, at their word or in its time; numbers stay."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from sqlmodel import SQLModel

from storage import erasing
from storage.ages import Before
from storage.inbox import Heard
from storage.tables import Draft, Person, Photo, Progress, Question, Registration, Revision
from storage.unit import Store, Unit
from tests.databases import registrations
from tests.fakes.clock import Time

LAN, HOA = ("web", "Lan"), ("web", "Hoa")
WORDS = "Trần Thị Kín"
YEAR = timedelta(days=365)


async def known(unit: Unit) -> Person:
    """Lan, who is reached at one address; Hoa is an officer."""
    await unit.inbox.store(
        [Heard(*who, {"text": WORDS}) for who in (("web", "1", "Lan"), ("web", "2", "Hoa"))]
    )
    people = await unit.people.at([LAN, HOA])
    unit.staff.invite("A", "p", "owner", "Hoa")
    assert await unit.staff.join("A", people[HOA])
    return people[LAN]


async def registration(unit: Unit, person: Person, number: int, plan: str = "p") -> Registration:
    """A registration with all that belongs to one."""
    draft = Draft(id=f"r{number}", person_id=person.id, plan=plan, form="f", updated_at=unit.now)
    unit.drafts.add(draft)
    await unit.session.flush()
    answers = {"name": WORDS, "value": 5}
    row = await unit.registrations.submit(draft, f"CODE{number}", answers)
    row.folded = row.reason = WORDS
    told: dict[str, Any] = {"registration_id": row.id, "answers": answers, "submitted_at": unit.now}
    unit.session.add(Revision(version=1, **told))
    unit.session.add(Progress(registration_id=row.id, percent=5, note=WORDS, told_at=unit.now))
    await photo(unit, person, row.id)
    unit.acts.add("commented", row, staff_id=1, note=WORDS)
    return row


async def photo(unit: Unit, person: Person, registration: int | None = None) -> int:
    """A photo, of that registration or of nobody knows what."""
    told: dict[str, Any] = {"person_id": person.id, "registration_id": registration}
    where: dict[str, Any] = {"channel": "web", "reference": WORDS, "batch": f"{registration}"}
    return await unit.photos.add(Photo(**told, **where, created_at=unit.now, due_at=unit.now))


async def full(store: Store) -> None:
    """Of everything that may tell of Lan, one; and what an officer has on the screen."""
    async with store.unit() as unit:
        lan = await known(unit)
        lan.profile, lan.talk, lan.asked = {"name": WORDS}, {"context": WORDS}, WORDS
        await registration(unit, lan, 1)
        await photo(unit, lan)
        draft: dict[str, Any] = {"id": "d", "person_id": lan.id, "plan": "p", "form": "f"}
        unit.drafts.add(Draft(**draft, answers={"name": WORDS}, updated_at=unit.now))
        asked: dict[str, Any] = {
            "person_id": lan.id,
            "channel": "web",
            "plan": "p",
            "why": "unanswered",
        }
        unit.questions.add(Question(**asked, text=WORDS, asked_at=unit.now))
        await unit.requests.add(lan, "p", "object", WORDS)
        unit.acts.add("listed", staff_id=1, plan="p", note=WORDS)
        await unit.told.add(lan.id, f"draft:p/{WORDS}", ["left"], None)
        lan.wishes = {"off": True, "asked": [WORDS]}
        hoa = (await unit.people.at([HOA]))[HOA]
        hoa.talk = {"offered": [[WORDS, "x"]], "desk": {"questions": [1]}}
        for who in (LAN, HOA):
            unit.outbox.add(*who, [{"text": WORDS, "buttons": []}])
        for waiting in await unit.inbox.waiting(None, 9, ["web"]):
            await unit.inbox.park(waiting, "ValueError")


async def everything(store: Store) -> dict[str, str]:
    """Every column of every row of every table, as text."""
    async with store.view() as unit:
        tables = SQLModel.metadata.tables
        rows = {name: await unit.session.execute(table.select()) for name, table in tables.items()}
        return {name: str([*found]) for name, found in rows.items()}


async def telling(store: Store) -> list[str]:
    return [name for name, rows in (await everything(store)).items() if WORDS in rows]


async def test_what_somebody_told_is_in_no_table_any_more(store: Store, time: Time) -> None:
    await full(store)
    assert len(await telling(store)) == 12
    async with store.unit() as unit:
        lan = (await unit.people.at([LAN]))[LAN]
        unit.outbox.add(*LAN, [{"text": WORDS, "buttons": []}])  # in the same commit
        await erasing.forget(unit, lan)
        await unit.requests.moot(lan)
        for row in await unit.registrations.of(lan):
            await erasing.blank(unit, row, {"value"})
        unit.acts.add("erased", person_id=lan.id)
        parked = (await unit.inbox.waiting(None, 9, ["web"]), await unit.inbox.count_parked())
        assert parked == ([], 2)
    left = await everything(store)
    assert [name for name in left if WORDS in left[name]] == ["inbox"]  # what Hoa herself said
    assert left["photo"] == "[]"
    async with store.unit() as unit:
        [row] = await registrations(unit)
        assert (row.code, row.answers, row.percent) == ("CODE1", {"value": 5}, None)
        assert not await unit.registrations.of(lan)
        lan = (await unit.people.at([LAN]))[LAN]
        assert lan.wishes == {"off": True}, "who wanted to hear nothing hears nothing still"
        assert (await unit.people.at([HOA]))[HOA].talk == {"desk": {"questions": [1]}}
    time.passes(86401)
    async with store.unit() as unit:
        await erasing.let_go(unit, unit.now - timedelta(days=1))
        assert await unit.people.places([lan.id]) == []
    assert "Lan" not in str(await everything(store))


async def test_registrations_go_when_their_time_is_over_each_plan_its_own(
    store: Store, time: Time
) -> None:
    async with store.unit() as unit:
        lan = await known(unit)
        lan.profile = {"name": WORDS}
        for number, plan in enumerate(("short", "long")):
            await registration(unit, lan, number, plan)

    async def over() -> list[str]:
        async with store.unit() as unit:
            before = Before(unit.now - 9 * YEAR, {"short": unit.now - YEAR})
            rows = await erasing.over(unit, before)
            for row in rows:
                await erasing.blank(unit, row, {"value"})
            await erasing.forget_profiles(unit)
            return [row.plan for row in rows]

    assert await over() == []
    time.passes(YEAR.total_seconds() + 1)
    assert await over() == ["short"]
    assert await over() == []  # it is blank already
    assert "person" in await telling(store)  # one registration still is hers
    time.passes(9 * YEAR.total_seconds())
    assert await over() == ["long"]
    assert await telling(store) == ["inbox"]  # which goes by itself


async def test_of_two_officers_one_does_what_was_asked(store: Store, time: Time) -> None:
    async with store.unit() as unit:
        lan = await known(unit)
        request = await unit.requests.add(lan, "p", "object", "một")
        assert await unit.requests.add(lan, "p", "object", "hai") is request
        assert request.words == "một\nhai"
    done: list[Any] = []
    for _ in range(2):
        async with store.unit() as unit:
            done.append((await unit.requests.answer(1), await unit.requests.finish(1, 1)))
    assert done == [(True, True), (False, False)]
    async with store.view() as unit:
        [row] = await unit.requests.of(lan)
        assert (row.words, row.answered_at, row.done_by) == ("", time.now, 1)
        assert not await unit.requests.open({"p"})
