"""What is sent is corrected, taken back, taken along and asked about: once, whoever is first."""

from __future__ import annotations

import asyncio
from datetime import timedelta

from storage.tables import Draft, Registration, Revision
from storage.unit import Store
from tests.databases import registrations
from tests.fakes.clock import Time
from tests.storage.test_people import LAN, TU, draft, meet, submit

WEEK = timedelta(days=7)


async def registered(store: Store) -> Registration:
    """What Lan has sent."""
    await draft(store)
    await submit(store)
    async with store.view() as unit:
        return (await registrations(unit))[0]


async def correct(store: Store, seen: Registration, name: str) -> bool:
    """Send other answers as the next version of a registration as it was seen."""
    async with store.unit() as unit:
        unit.session.add(seen)
        new = Draft(id=name, person_id=seen.person_id, plan="p", form="f", updated_at=unit.now)
        new.corrects = seen.id
        unit.drafts.add(new)
        await unit.session.flush()
        return await unit.registrations.resubmit(seen, new, answers={"name": name}, folded=name)


async def test_of_two_corrections_at_once_one_wins_and_the_other_is_told(
    store: Store, other: Store, time: Time
) -> None:
    seen = await registered(store)
    async with store.view() as unit:
        also_seen = (await registrations(unit))[0]
        told = dict(seen.answers), seen.submitted_at
    time.passes(60)
    both = correct(store, seen, "d2"), correct(other, also_seen, "d3")
    won = await asyncio.gather(*both)
    assert sorted(won) == [False, True]
    async with store.view() as unit:
        row = await unit.registrations.get(seen.id)
        assert row
        assert (row.version, row.stamp, row.changed_at) == (2, 1, time.now)
        before = await unit.session.get_one(Revision, (seen.id, 1))
        assert (before.answers, before.submitted_at) == told
        left = [name for name in ("d2", "d3") if await unit.drafts.get(name)]
    assert row.answers == {"name": "d2" if won[0] else "d3"}
    assert left == ["d3" if won[0] else "d2"], "what was typed is still there"


async def test_a_code_is_used_once_and_in_its_time(store: Store, other: Store, time: Time) -> None:
    async def take(at: Store) -> bool:
        async with at.unit() as unit:
            (tu,) = await meet(unit, TU)
            return await unit.drafts.take("AAAACCCC", tu) is not None

    await draft(store)
    async with store.unit() as unit:
        row = await unit.drafts.get("d1")
        assert row
        unit.drafts.lend(row, "AAAACCCC", unit.now + WEEK)
        await meet(unit, TU)
    assert sorted(await asyncio.gather(take(store), take(other))) == [False, True]
    async with store.unit() as unit:
        lan, tu = await meet(unit, LAN, TU)
        assert [row.id for row in await unit.drafts.of(tu)] == ["d1"]
        assert await unit.drafts.of(lan) == []
        row = await unit.drafts.get("d1")
        assert row
        unit.drafts.lend(row, "AAAACCCC", unit.now + WEEK)
    time.passes(WEEK.total_seconds())
    assert not await take(store)


async def test_what_is_valid_is_found_by_its_words(store: Store) -> None:
    seen = await registered(store)
    async with store.unit() as unit:
        row = await unit.registrations.get(seen.id)
        assert row
        row.folded = "mo hinh trong nam"
    async with store.unit() as unit:
        assert await unit.registrations.found_by("p") == [(seen.id, "mo hinh trong nam")]
        assert await unit.registrations.found_by("p", but=seen.id) == []
        row = await unit.registrations.get(seen.id)
        assert row
        assert await unit.registrations.change(row, row.stamp, state="withdrawn")
        assert await unit.registrations.found_by("p") == []


async def test_progress_is_kept_and_when_it_was_last_heard_of(store: Store, time: Time) -> None:
    seen = await registered(store)
    for percent, note in ((60, "đổ móng"), (100, "")):
        time.passes(60)
        async with store.unit() as unit:
            lan, tu = await meet(unit, LAN, TU)
            assert await unit.registrations.with_code("acdefh", tu) is None
            row = await unit.registrations.with_code("acdefh", lan)
            assert row
            await unit.registrations.tell(row, percent, note)
    async with store.unit() as unit:
        row = await unit.registrations.get(seen.id)
        assert row
        *_, last = await unit.registrations.told(row)
        assert (row.percent, last.percent, last.told_at) == (100, 100, time.now)
        [known] = await unit.told.known([row.person_id])
        assert known.heard == {row.id: time.now}
