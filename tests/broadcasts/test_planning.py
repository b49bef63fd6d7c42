"""Planning: everybody who is meant once, by one channel or with the reason why not."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select
from sqlmodel import col

from storage import audience, erasing
from storage.tables import Broadcast, Outbox
from storage.unit import Store, Unit
from tests.broadcasts.conftest import PLAN, Planners, Village
from tests.fakes.clock import Time
from tests.workers.post import Post, drain, sender_of

HTX = {"unit": "HTX Tân Thuận", "person": "Lan", "place": "ấp Bình Minh, xã Vĩnh Thuận"}


async def composed(store: Store, state: str = "planning", **fields: Any) -> int:
    """A broadcast that was confirmed."""
    whom = {name: fields.pop(name) for name in [*fields] if name in WHOM}
    async with store.unit() as unit:
        row = await unit.broadcasts.add(PLAN, whom, **{"text": "{tên} ơi", **fields})
        assert await unit.broadcasts.change(row, state)
        return row.id


WHOM = ("to", "kind", "place", "channel", "seen")


async def rows(store: Store, number: int) -> list[Outbox]:
    async with store.view() as unit:
        mine = select(Outbox).where(col(Outbox.broadcast_id) == number)
        return [*await unit.session.scalars(mine.order_by(col(Outbox.person_id)))]


async def state(store: Store, number: int) -> str:
    async with store.view() as unit:
        row = await unit.broadcasts.get(number)
        assert row
        return row.state


async def test_each_gets_one_message_by_the_best_channel_or_the_reason_why_not(
    store: Store, planner: Planners
) -> None:
    async with store.unit() as unit:
        village = Village(unit)
        await village.person("web", "zalo", "telegram", profile=HTX)
        await village.person("web", "zalo")
        await village.person()
        await village.person("telegram", wishes={"off": True})
        await village.person("telegram", wishes={"muted": [PLAN]})
        await village.person("telegram", plan="yen-bai-2025")
    number = await composed(store)
    await planner(store).round()
    found = await rows(store, number)
    assert [(row.person_id, row.channel, row.state, row.reason) for row in found] == [
        (1, "telegram", "planned", ""),
        (2, "zalo", "planned", ""),
        (3, "", "skipped", "nowhere"),
        (4, "", "skipped", "muted"),
        (5, "", "skipped", "muted"),
    ]
    said = [row.body["text"].splitlines()[1] for row in found if row.body]
    assert said == ["Lan ơi", "Bà con ơi"]
    assert all(row.due_at is None and row.until for row in found)
    assert await state(store, number) == "running"


@pytest.mark.parametrize(
    ("whom", "meant"),
    [
        ({}, [1, 2, 3, 4, 5]),
        ({"to": "registered"}, [1, 2]),
        ({"to": "draft"}, [3]),
        ({"to": "none"}, [4, 5]),
        ({"to": "returned"}, [2]),
        ({"kind": "htx"}, [1, 4]),
        ({"place": "vinh thuan"}, [1]),
        ({"place": "huan"}, []),
        ({"channel": "zalo"}, [2]),
        ({"seen": 30}, [1, 3, 5]),
        ({"to": "none", "kind": "htx"}, [4]),
    ],
)
async def test_whom_narrows_it_down(
    store: Store, planner: Planners, whom: dict[str, Any], meant: list[int]
) -> None:
    async with store.unit() as unit:
        village = Village(unit)
        await village.person("web", profile=HTX, state="approved")
        await village.person("zalo-90", profile={"unit": "LMHTX tỉnh"}, state="returned")
        await village.person("web", draft=True)
        await village.person("web-31", profile={"unit": "Hợp tác xã Vĩnh"})
        await village.person("web")
    number = await composed(store, **whom)
    await planner(store).round()
    assert [row.person_id for row in await rows(store, number)] == meant


async def test_after_a_crash_planning_goes_on_and_nobody_is_planned_twice(
    store: Store, other: Store, planner: Planners, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(audience, "PAGE", 2)
    async with store.unit() as unit:
        village = Village(unit)
        for _ in range(5):
            await village.person("telegram", profile=HTX)
    number = await composed(store)
    assert await planner(store).step(number)
    async with store.unit() as unit:  # what is planned is frozen
        mine = await unit.people.get(1)
        mine.profile = {"person": "Khác"}
    assert len(await rows(store, number)) == 2
    await planner(other).round()
    found = await rows(store, number)
    assert [row.person_id for row in found] == [1, 2, 3, 4, 5]
    assert all(row.body and "Lan ơi" in row.body["text"] for row in found)


async def test_paused_while_it_is_planned_it_goes_on_from_there(
    store: Store, planner: Planners, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(audience, "PAGE", 1)
    async with store.unit() as unit:
        village = Village(unit)
        for _ in range(3):
            await village.person("telegram")
    number = await composed(store)
    await planner(store).step(number)
    async with store.unit() as unit:
        row = await unit.broadcasts.get(number)
        assert row
        assert await unit.broadcasts.change(row, "paused")
    await planner(store).round()
    assert len(await rows(store, number)) == 1
    async with store.unit() as unit:
        row = await unit.broadcasts.get(number)
        assert row
        assert await unit.broadcasts.resume(row)
    await planner(store).round()
    assert [row.person_id for row in await rows(store, number)] == [1, 2, 3]


async def test_who_asks_to_be_forgotten_while_it_is_planned_is_not_written_down(
    store: Store, planner: Planners, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with store.unit() as unit:
        village = Village(unit)
        for _ in range(3):
            await village.person("telegram", profile=HTX)
    number, look = await composed(store), audience.Audience.page

    async def looked(self: audience.Audience, *which: Any) -> list[audience.Follower]:
        page = await look(self, *which)
        async with store.unit() as unit:
            leaves = await unit.people.get(2)
            await erasing.forget(unit, leaves)
            leaves.plan = ""
        return page

    monkeypatch.setattr(audience.Audience, "page", looked)
    await planner(store).round()
    assert [row.person_id for row in await rows(store, number)] == [1, 3]


async def test_what_waits_begins_at_its_time_for_who_is_there_then(
    store: Store, planner: Planners, time: Time
) -> None:
    due = time.now + timedelta(hours=2)
    number = await composed(store, "waiting", due_at=due)
    await planner(store).round()
    assert await state(store, number) == "waiting"
    async with store.unit() as unit:
        await Village(unit).person("telegram")
    time.passes(2 * 3600)
    await planner(store).round()
    assert await state(store, number) == "running"
    assert len(await rows(store, number)) == 1


async def test_what_is_late_and_what_is_held_does_not_begin_by_itself(
    store: Store, planner: Planners, time: Time
) -> None:
    late = await composed(store, "waiting", due_at=time.now)
    time.passes(13 * 3600)
    await planner(store).round()
    assert await state(store, late) == "paused"
    async with store.unit() as unit:
        row = await unit.broadcasts.get(late)
        assert row
        assert row.reason == "late"
        assert await unit.broadcasts.resume(row)
        await unit.holds.begin("restored")
    await planner(store).round()
    assert await state(store, late) == "planning"
    async with store.unit() as unit:
        await unit.holds.end(None)
    await planner(store).round()
    assert await state(store, late) == "running"


async def test_it_is_over_once_the_last_has_left_and_its_maker_hears_of_it(
    store: Store, planner: Planners
) -> None:
    async with store.unit() as unit:
        await Village(unit).person("telegram")
    number, told, plan = await composed(store), [], planner(store)

    async def tell(unit: Unit, row: Broadcast) -> None:
        told.append((row.id, row.state))

    plan.tell = tell
    for _ in range(2):
        await plan.round()
        assert await state(store, number) == "running"
    await drain(sender_of(store, Post("telegram")))
    await plan.round()
    assert told == [(number, "done")]
