"""What went through each channel, told without reading all that ever went through any."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from storage import traffic
from storage.inbox import Heard
from storage.outbox import milliseconds
from storage.tables import Outbox
from storage.traffic import Traffic
from storage.unit import Store
from tests.fakes.clock import Time
from tests.storage.test_engine import plans


async def sent(store: Store, state: str, hours: float, **more: Any) -> None:
    """A message that set out so long ago, and what became of it."""
    begun = milliseconds(store.clock() - timedelta(hours=hours))
    known: dict[str, Any] = {
        "channel": "zalo",
        "address": "a",
        "body": None,
        "created_at": store.clock(),
    }
    async with store.unit() as unit:
        unit.session.add(Outbox(**known | {"state": state, "begun": begun} | more))


async def through(store: Store, channel: str = "zalo") -> Traffic:
    async with store.view() as unit:
        return (await unit.traffic.of([channel]))[channel]


async def test_a_channel_without_anybody_says_so(store: Store) -> None:
    assert await through(store) == Traffic()


async def test_the_last_that_was_heard_is_known_exactly_and_later_about(
    store: Store, time: Time
) -> None:
    then = time.now
    for minutes in (0, 20):
        time.now = then + timedelta(minutes=minutes)
        async with store.unit() as unit:
            await unit.inbox.store([Heard("zalo", f"{minutes}", "a", {})])
            await unit.people.at([("zalo", "a")])
    assert (await through(store)).heard == then + timedelta(minutes=20)
    time.now = then + timedelta(days=8)
    async with store.unit() as unit:
        await unit.inbox.store(
            [Heard("web", f"{each}", "b", {}) for each in range(traffic.LATELY + 1)]
        )
    assert (await through(store)).heard == then
    assert (await through(store, "web")).heard == time.now


async def test_what_left_counts_from_when_it_set_out(store: Store, time: Time) -> None:
    await sent(store, "sent", 30)
    await sent(store, "failed", 29)
    assert await through(store) == Traffic(sent=time.now - timedelta(hours=30))
    await sent(store, "sent", 3)
    await sent(store, "failed", 2)
    await sent(store, "uncertain", 1)
    await sent(store, "failed", 1, channel="web")
    async with store.unit() as unit:
        unit.outbox.add("zalo", "a", [{"text": "x"}] * 2)
    there = Traffic(sent=time.now - timedelta(hours=3), waiting=2, failed=1, uncertain=1)
    assert await through(store) == there


@pytest.mark.parametrize("address", ["sqlite"], indirect=True)
async def test_no_table_is_read_whole(store: Store) -> None:
    plan = await plans(store, lambda unit: unit.traffic.of(["zalo"]))
    assert not [line for line in plan.splitlines() if line.startswith("SCAN ")], plan
    assert plan.count("USING INDEX outbox_begun") == 2, plan
    assert "USING INDEX outbox_head" in plan
