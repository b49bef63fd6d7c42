"""The last look: what is so at the moment of sending decides whether a push leaves."""

from __future__ import annotations

import pytest

from bot.knowledge import Knowledge
from bot.sending.recalling import MUTED, OVER, still
from bot.sending.rechecking import FAULT, GONE, STALE, LastLook
from bot.turns import Turns
from content.library import Library
from handlers.staff.allowance import SCARCE
from storage.outbox import Outcome
from storage.tables import Staff
from storage.unit import Store
from tests.fakes.clock import Time
from tests.storage.pushing import broadcast, met, remind
from tests.workers.hearing import ANY, PLAN


async def fate(store: Store, look: LastLook) -> str:
    """What the last look says of the only thing that waits."""
    async with store.unit() as unit:
        (row,) = await unit.pushes.pick("web", 1, 0)
        found = await look(unit, [row])
    return found[row.id].reason if found else ""


@pytest.fixture
def look(store: Store, library: Library) -> LastLook:
    knowledge = Knowledge(library)
    return LastLook(knowledge, Turns(store, knowledge, ANY).queue, ANY)


async def test_the_last_look_sees_what_is_so_now(store: Store, time: Time, look: LastLook) -> None:
    await remind(store, "Lan", "nhắc", useful=60)
    assert await fate(store, look) == ""
    async with store.unit() as unit:
        (lan,) = await met(unit, "web", ["Lan"])
        person = await unit.people.get(lan)
        person.wishes = {"off": True}
    assert await fate(store, look) == MUTED
    async with store.unit() as unit:
        (await unit.people.get(lan)).wishes = None
        draft = await unit.drafts.get("Lan")
        assert draft
        await unit.drafts.remove(draft)
    assert await fate(store, look) == OVER
    async with store.unit() as unit:
        await unit.people.unreachable([("web", "Lan")])
    assert await fate(store, look) == "unreachable"
    async with store.unit() as unit:
        await unit.people.leave(await unit.people.get(lan))
    assert await fate(store, look) == GONE
    time.passes(60)
    assert await fate(store, look) == STALE


async def test_a_reminder_that_came_too_late_was_not_told(
    store: Store, time: Time, look: LastLook
) -> None:
    await remind(store, "Lan", "nhắc", useful=60)
    async with store.unit() as unit:
        (lan,) = await met(unit, "web", ["Lan"])
        await unit.told.add(lan, f"draft:{PLAN}/Lan", ["left"], None)
    time.passes(60)
    assert await fate(store, look) == STALE
    async with store.view() as unit:
        (known,) = await unit.told.known([lan])
    assert not known.told


async def test_an_officer_of_another_plan_hears_of_theirs_alone(
    store: Store, library: Library
) -> None:
    async with store.unit() as unit:
        (hoa,) = await met(unit, "web", ["Hoa"])
        officer = Staff(person_id=hoa, plan=PLAN, role="viewer", name="Hoa", added_at=unit.now)
        unit.session.add(officer)
        await unit.session.flush()
        every = "office:news", SCARCE, f"office:{PLAN}", "office:yen-bai-2025", "draft:gone/Lan"
        whys = [await still(unit, library, hoa, f"{about}@2025-07-31") for about in every]
        await unit.staff.remove(officer.id)
        whys += [await still(unit, library, hoa, "office:news@2025-07-31")]
    assert whys == ["", "", "", OVER, OVER, OVER]


async def test_who_muted_a_plan_gets_none_of_its_broadcasts(store: Store, look: LastLook) -> None:
    await broadcast(store, "tin", "Lan")
    async with store.unit() as unit:
        person = await unit.people.get((await met(unit, "web", ["Lan"]))[0])
        person.wishes = {"muted": ["p"]}
    assert await fate(store, look) == MUTED


async def test_what_is_wrong_with_one_person_holds_up_nobody_else(
    store: Store, look: LastLook
) -> None:
    await remind(store, "Lan", "nhắc", useful=60)
    await remind(store, "Ba", "nhắc", useful=60)
    async with store.unit() as unit:
        person = await unit.people.get((await met(unit, "web", ["Lan"]))[0])
        person.wishes = {"muted": 1}  # as nobody writes it
    async with store.unit() as unit:
        rows = await unit.pushes.pick("web", 2, 0)
        found = await look(unit, rows)
    assert [found[row.id].reason if row.id in found else "" for row in rows] == [FAULT, ""]


async def test_its_maker_is_told_why_it_was_stopped(
    store: Store, library: Library, look: LastLook
) -> None:
    number = await broadcast(store, "tin", "Lan")
    async with store.unit() as unit:
        (maker,) = await met(unit, "web", ["cán bộ"])
        officer = Staff(person_id=maker, plan="p", role="sender", name="Bảy", added_at=unit.now)
        unit.session.add(officer)
        await unit.session.flush()
        row = await unit.broadcasts.get(number)
        assert row
        row.staff_id = officer.id
        await look.stop(unit, number, Outcome(1, "failed", "Rejected", refusal=5))
    async with store.unit() as unit:
        (told,) = await unit.outbox.claim(5, ["web"])
        stopped = await unit.broadcasts.get(number)
    assert stopped
    assert (told.address, stopped.state) == ("cán bộ", "paused")
    assert stopped.reason in told.body["text"]
