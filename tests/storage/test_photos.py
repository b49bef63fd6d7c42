"""Photos on both databases: claimed once, kept with a report, gone in their time."""

from __future__ import annotations

from datetime import timedelta

from storage.ages import Before
from storage.photos import LEASE
from storage.tables import Person
from storage.unit import Store, Unit
from tests.fakes.clock import Time
from tests.storage.test_erasing import LAN, known, photo, registration

DAY = timedelta(days=1)


async def lan(unit: Unit) -> Person:
    return (await unit.people.at([LAN]))[LAN]


async def test_one_process_fetches_a_photo_and_another_only_when_it_died(
    store: Store, other: Store, time: Time
) -> None:
    async with store.unit() as unit:
        await registration(unit, await known(unit), 1)
    async with store.unit() as unit:
        [wanted] = await unit.photos.claim(["web"], 9)
        assert await unit.photos.claim(["zalo"], 9) == []
    async with other.unit() as unit:
        assert await unit.photos.claim(["web"], 9) == []
        assert await unit.photos.next_due(["web"]) == unit.now + LEASE
    time.passes(LEASE.total_seconds() + 1)
    async with other.unit() as unit:
        assert [each.id for each in await unit.photos.claim(["web"], 9)] == [wanted.id]
        await unit.photos.arrived(wanted.id, b"\xff\0", "jpg")
    async with store.view() as unit:
        found = await unit.photos.content(wanted.id)
        assert found
        assert (found[0].kind, found[1]) == ("jpg", b"\xff\0")
        assert await unit.photos.next_due(["web"]) is None


async def test_what_waits_is_placed_up_to_the_most_and_belongs_to_the_next_report(
    store: Store,
) -> None:
    async with store.unit() as unit:
        row = await registration(unit, await known(unit), 1)
        assert await unit.photos.count(row.id, None) == 1
        waiting = [await photo(unit, await lan(unit)) for _ in range(3)]
        assert await unit.photos.unplaced(await lan(unit)) == 3
        assert await unit.photos.place(await lan(unit), row.id, 2) == waiting[:2]
        assert await unit.photos.unplaced(await lan(unit)) == 0
        told = await unit.registrations.tell(row, 50, "")
        assert await unit.photos.report(told) == 3
        assert await unit.photos.count(row.id, None) == 0
        await unit.photos.drop(await lan(unit), waiting[0])
        assert await unit.photos.count(row.id, told.id) == 1, "both came together"


async def test_photos_go_in_their_time_each_plan_its_own(store: Store, time: Time) -> None:
    async with store.unit() as unit:
        person = await known(unit)
        for number, plan in enumerate(("short", "long")):
            await registration(unit, person, number, plan)
        await photo(unit, person)
        [first, second, _] = await unit.photos.claim(["web"], 9)
        for wanted in (first, second):
            await unit.photos.arrived(wanted.id, b"1", "png")

    async def left() -> list[int]:
        async with store.unit() as unit:
            before = Before(unit.now - 9 * DAY, {"short": unit.now - 2 * DAY})
            await unit.photos.forget(before, unit.now - DAY)
            shown = len(await unit.photos.of_person(await lan(unit)))
            return [shown, await unit.photos.unplaced(await lan(unit))]

    assert await left() == [2, 1]
    time.passes(1.5 * DAY.total_seconds())
    assert await left() == [2, 0]
    time.passes(DAY.total_seconds())
    assert await left() == [1, 0]
    time.passes(9 * DAY.total_seconds())
    assert await left() == [0, 0]


async def test_of_photos_that_cannot_be_had_the_first_is_told(store: Store) -> None:
    async with store.unit() as unit:
        person = await known(unit)
        for _ in range(2):
            await photo(unit, person)
        first, second = await unit.photos.claim(["web"], 9)
        assert await unit.photos.lose(first)
        assert not await unit.photos.lose(second)
        assert await unit.photos.unplaced(person) == 0
