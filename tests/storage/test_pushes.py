"""Pushes are taken turn by turn, overtake no reply, and are never repeated by a crash."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import insert, text

from storage.outbox import LEASE, Claimed, Outcome
from storage.pushes import BLOCKED, REFUSED, TOO_MUCH
from storage.tables import Outbox, Person
from storage.unit import Store, Unit
from tests.fakes.clock import Time
from tests.storage.leaving import WEB, due, say, texts
from tests.storage.pushing import broadcast, met, pause, remind
from tests.storage.test_engine import WHOLE_TABLE, plans

MANY = 5_000


async def pick(store: Store, limit: int = 100, last: int = 0) -> list[Claimed]:
    """The next to leave, which then are on their way."""
    async with store.unit() as unit:
        rows = await unit.pushes.pick("web", limit, last)
        await unit.outbox.lease(rows)
    return rows


async def settle(store: Store, rows: list[Claimed], state: str = "sent") -> None:
    async with store.unit() as unit:
        await unit.outbox.settle([Outcome(row.id, state) for row in rows])


async def state(store: Store, number: int) -> str:
    async with store.view() as unit:
        row = await unit.broadcasts.get(number)
    assert row
    return row.state


async def test_running_broadcasts_take_turns_after_reminders(store: Store) -> None:
    first = await broadcast(store, "1", *"abcd")
    second = await broadcast(store, "2", *"efgh")
    await remind(store, "z", "nhắc")
    assert texts(await pick(store, 4)) == ["nhắc", "1", "2", "1"]
    assert texts(await pick(store, 2, last=first)) == ["2", "1"]
    assert texts(await pick(store, 2, last=second)) == ["1", "2"]
    assert texts(await pick(store)) == ["2"]
    assert not await pick(store)


async def test_a_paused_one_holds_up_nobody_and_keeps_its_rows(store: Store, time: Time) -> None:
    first = await broadcast(store, "1", "Lan", "Tư")
    second = await broadcast(store, "2", "Lan")
    (tried, *_) = await pick(store, 1)
    async with store.unit() as unit:
        await unit.outbox.settle([Outcome(tried.id, "queued", due_at=unit.now)])
    await pause(store, first)
    time.passes(2)
    rows = await pick(store)
    assert texts(rows) == ["2"]
    await settle(store, rows)
    async with store.unit() as unit:
        assert await unit.broadcasts.finish() == [second]
    assert not await due(store)
    await pause(store, first, "running")
    time.passes(2)
    assert texts(await pick(store)) == ["1", "1"]


async def test_nothing_overtakes_a_reply_nor_follows_within_a_second(
    store: Store, time: Time
) -> None:
    await broadcast(store, "tin", "Lan", "Tư")
    await say(store, "Lan", "1")
    assert [row.address for row in await pick(store)] == ["Tư"]
    async with store.unit() as unit:
        replies = await unit.outbox.claim(10, WEB)
    time.passes(5)
    assert not await pick(store)
    await settle(store, replies)
    assert [row.address for row in await pick(store)] == ["Lan"]
    await broadcast(store, "tin khác", "Lan", "Tư", "Năm")
    assert [row.address for row in await pick(store)] == ["Năm"]


async def test_one_person_gets_one_at_a_time(store: Store, time: Time) -> None:
    await broadcast(store, "1", "Lan")
    await broadcast(store, "2", "Lan")
    rows = await pick(store)
    assert texts(rows) == ["1"]
    await settle(store, rows)
    assert not await pick(store)
    time.passes(2)
    assert texts(await pick(store)) == ["2"]


@pytest.mark.parametrize("at_start", [True, False])
async def test_what_was_being_sent_in_a_crash_is_uncertain_for_ever(
    store: Store, time: Time, at_start: bool
) -> None:
    number = await broadcast(store, "tin", "Lan", "Tư")
    (row,) = await pick(store, 1)
    if not at_start:
        time.passes(LEASE.total_seconds())
    async with store.unit() as unit:
        await unit.outbox.recover(WEB)
        await unit.pushes.lost(WEB, all_of_them=at_start)
        assert await unit.broadcasts.counts(number) == {"uncertain": 1, "planned": 1}
    assert [other.id for other in await pick(store)] != [row.id]
    time.passes(10 * LEASE.total_seconds())
    assert not await pick(store)


async def test_a_lease_that_stands_is_no_loss(store: Store) -> None:
    number = await broadcast(store, "tin", "Lan")
    await pick(store)
    async with store.unit() as unit:
        await unit.pushes.lost(WEB)
        assert await unit.broadcasts.counts(number) == {"sending": 1}


async def test_while_a_hold_stands_nothing_is_picked(store: Store, time: Time) -> None:
    await broadcast(store, "tin", "Lan")
    await remind(store, "Tư", "nhắc")
    async with store.unit() as unit:
        await unit.holds.begin("backup")
    assert not await pick(store)
    assert not await due(store)


async def test_an_empty_one_ends(store: Store) -> None:
    number = await broadcast(store, "tin")
    assert not await due(store), "nothing of it can be sent"
    async with store.unit() as unit:
        assert await unit.broadcasts.idle()
        assert await unit.broadcasts.finish() == [number]
        assert not await unit.broadcasts.idle()


@pytest.mark.parametrize(
    ("weights", "too_much"),
    [
        ([REFUSED] * 19, False),
        ([REFUSED] * 20, True),
        ([BLOCKED] * 49, False),
        ([BLOCKED] * 50, True),
        ([REFUSED] * 19 + [0] + [REFUSED] * 19, False),
    ],
)
async def test_refusals_in_a_row_are_counted(
    store: Store, weights: list[int], too_much: bool
) -> None:
    number = await broadcast(store, "tin", "Lan")
    half = len(weights) // 2
    async with store.unit() as unit:
        outcomes = [Outcome(1, "", broadcast_id=number, refusal=each) for each in weights]
        assert await unit.pushes.weigh([*outcomes[:half], Outcome(2, "queued")]) == []
        assert await unit.pushes.weigh(outcomes[half:]) == [number] * too_much
        assert TOO_MUCH == 20 * REFUSED == 50 * BLOCKED


async def crowded(unit: Unit) -> None:
    """Two broadcasts of which one is half sent, and much that was sent before."""
    numbers = [(await unit.broadcasts.add("p", {}, state="running")).id for _ in range(2)]
    ids = await met(unit, "web", [f"{n}" for n in range(50)])
    await unit.session.execute(
        insert(Person),
        [
            {"created_at": unit.now, "consents": {}, "profile": {}, "plan": "", "talk": {}}
            for _ in range(MANY)
        ],
    )
    told: dict[str, Any] = {"channel": "web", "body": {}, "reason": "", "until": None}
    for number in numbers:
        rows = [
            {**told, "broadcast_id": number, "person_id": ids[0] + n, "address": f"{n}"}
            for n in range(MANY)
        ]
        await unit.broadcasts.plan(
            [{**row, "state": "sent" if n < MANY / 2 else "planned"} for n, row in enumerate(rows)]
        )
    replies = [
        {"channel": "web", "address": f"{n % 50}", "body": {}, "priority": 0, "state": "sent"}
        for n in range(MANY)
    ]
    more = {"reason": "", "created_at": unit.now, "about": "", "ref": "", "begun": 1}
    await unit.session.execute(insert(Outbox), [row | more for row in replies])
    await unit.session.execute(text("ANALYZE"))


async def test_a_claim_looks_at_few_rows_however_many_there_are(store: Store) -> None:
    async with store.unit() as unit:
        await crowded(unit)

    async def asked(unit: Unit) -> None:
        assert await unit.pushes.wait(WEB)
        rows = await unit.pushes.pick("web", 16, 0)
        assert len(rows) == 16
        await unit.pushes.whose(rows)

    plan = await plans(store, asked)
    assert not WHOLE_TABLE.search(plan), plan
    assert {"outbox_planned", "outbox_begun"} <= {*plan.replace("(", " ").split()}, plan
