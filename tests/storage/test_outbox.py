"""What leaves is leased, each person's in order, and comes back if nobody settles it."""

from __future__ import annotations

from datetime import timedelta

import pytest

from storage.outbox import LEASE, Outcome, milliseconds
from storage.tables import Outbox
from storage.unit import Store
from tests.fakes.clock import Time
from tests.storage.leaving import (
    A_DAY,
    BROADCAST,
    WEB,
    begun,
    claim,
    claimed,
    drained,
    due,
    plan,
    say,
    settle,
    texts,
)


async def test_each_person_has_one_message_on_its_way(store: Store) -> None:
    await say(store, "Lan", "1", "2")
    await say(store, "Tư", "3", "4")
    assert await claimed(store) == ["1", "3"]
    assert await claimed(store) == []
    assert await drained(store) == []


async def test_messages_leave_in_order(store: Store) -> None:
    await say(store, "Lan", "1", "2", "3")
    await say(store, "Lan", "4")
    assert await drained(store) == ["1", "2", "3", "4"]


async def test_no_more_is_claimed_than_wanted(store: Store) -> None:
    for name in "abcdef":
        await say(store, name, name)
    assert await claimed(store, limit=4) == [*"abcd"]
    assert await claimed(store, limit=4) == [*"ef"]


async def test_a_message_that_nobody_settles_is_due_again_when_its_lease_ends(
    store: Store, time: Time
) -> None:
    await say(store, "Lan", "1", "2")
    begun = store.clock()
    assert [row.begun for row in await claim(store)] == [None]
    time.passes(LEASE.total_seconds() - 1)
    assert await claimed(store) == []
    time.passes(1)
    again = await claim(store)
    assert (texts(again), again[0].begun) == (["1"], milliseconds(begun))


async def test_later_messages_wait_for_one_that_is_tried_again(store: Store, time: Time) -> None:
    await say(store, "Lan", "1", "2")
    await say(store, "Tư", "3")
    first, third = await claim(store)
    later = store.clock() + timedelta(minutes=5)
    await settle(store, Outcome(first.id, "queued", "SendFailed", later))
    await settle(store, Outcome(third.id, "sent"))
    assert await drained(store) == []
    time.passes(300)
    assert await drained(store) == ["1", "2"]


async def test_a_message_that_is_given_up_lets_the_next_pass(store: Store) -> None:
    await say(store, "Lan", "1", "2")
    (row,) = await claim(store)
    await settle(store, Outcome(row.id, "failed", "Rejected: too long"))
    assert await drained(store) == ["2"]
    async with store.view() as unit:
        kept = await unit.session.get(Outbox, row.id)
    assert kept is not None
    assert (kept.state, kept.reason, kept.due_at) == ("failed", "Rejected: too long", None)


async def test_what_is_planned_for_later_holds_nothing_back(store: Store, time: Time) -> None:
    await plan(store, "Lan", "nhắc hạn", A_DAY, priority=0)
    await say(store, "Lan", "1", "2")
    assert await drained(store) == ["1", "2"]
    time.passes(A_DAY)
    assert await drained(store) == ["nhắc hạn"]


async def test_a_reply_overtakes_what_nobody_waits_for(store: Store) -> None:
    await plan(store, "Lan", "tin chung", 0, BROADCAST)
    await plan(store, "Tư", "tin chung", 0, BROADCAST)
    await say(store, "Lan", "1")
    assert await claimed(store, limit=1) == ["1"]
    assert await claimed(store, limit=2) == ["tin chung"]


async def test_only_channels_that_may_be_used_are_served(store: Store) -> None:
    await say(store, "Lan", "1", channel="telegram")
    await say(store, "Lan", "2")
    async with store.view() as unit:
        assert not await unit.outbox.is_due(["zalo"])
        assert await unit.outbox.is_due(["zalo", "telegram"])
    assert texts(await claim(store, channels=("telegram",))) == ["1"]
    assert await claimed(store) == ["2"]


async def test_whether_anything_is_due_is_known_without_taking_it(store: Store, time: Time) -> None:
    assert not await due(store)
    await plan(store, "Lan", "nhắc hạn", A_DAY, BROADCAST)
    assert not await due(store)
    time.passes(A_DAY)
    assert await due(store)
    assert await claimed(store) == ["nhắc hạn"]
    assert not await due(store)


async def test_after_a_crash_what_was_being_sent_is_due_at_once(store: Store) -> None:
    await say(store, "Lan", "1", "2")
    await plan(store, "Tư", "nhắc hạn", LEASE.total_seconds() / 2, priority=0)
    assert await claimed(store) == ["1"]
    await recover(store)
    assert await drained(store) == ["1", "2"]


async def recover(store: Store) -> None:
    async with store.unit() as unit:
        await unit.outbox.recover(WEB)


async def test_what_another_program_is_sending_is_left_to_it(store: Store) -> None:
    await say(store, "Lan", "1", channel="telegram")
    await claim(store, channels=("telegram",))
    await recover(store)
    assert await claim(store, channels=("telegram",)) == []


async def test_after_a_crash_what_is_to_be_tried_later_keeps_its_time(
    store: Store, time: Time
) -> None:
    await say(store, "Lan", "1")
    (row,) = await claim(store)
    due = store.clock() + LEASE / 2
    await settle(store, Outcome(row.id, "queued", "SendFailed", due))
    await recover(store)
    assert await claimed(store) == []
    time.passes(LEASE.total_seconds() / 2)
    assert await claimed(store) == ["1"]


async def test_a_clock_that_was_set_back_strands_nothing_that_was_being_sent(
    store: Store, time: Time
) -> None:
    await say(store, "Lan", "1", "2")
    assert await claimed(store) == ["1"]
    time.passes(-A_DAY)
    await recover(store)
    assert await drained(store) == ["1", "2"]
    assert [text for _, text in await begun(store, 0)] == ["1", "2"]


async def test_a_turn_that_is_broken_off_queues_nothing(store: Store) -> None:
    with pytest.raises(RuntimeError):
        await break_off(store)
    assert await drained(store) == []


async def break_off(store: Store) -> None:
    async with store.unit() as unit:
        unit.outbox.add("web", "Lan", [{"text": "1"}])
        await unit.outbox.flush()
        raise RuntimeError


async def test_settling_a_message_that_is_gone_settles_the_others(store: Store) -> None:
    await say(store, "Lan", "1")
    await say(store, "Tư", "2")
    gone, here = await claim(store)
    async with store.unit() as unit:
        await unit.session.delete(await unit.session.get_one(Outbox, gone.id))
    await settle(store, Outcome(gone.id, "sent"), Outcome(here.id, "sent"))
    async with store.view() as unit:
        assert await unit.outbox.count_waiting() == 0
