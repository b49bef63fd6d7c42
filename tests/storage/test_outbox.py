"""What leaves is leased, each person's in order, and comes back if nobody settles it."""

from __future__ import annotations

from datetime import timedelta

import pytest

from storage.outbox import LEASE, Claimed, Outcome
from storage.tables import Outbox
from storage.unit import Store
from tests.fakes.clock import Time

BROADCAST = 10
WEB = ("web",)
A_DAY = 86400


async def say(store: Store, address: str, *texts: str, channel: str = "web") -> None:
    async with store.unit() as unit:
        unit.outbox.add(channel, address, [{"text": text} for text in texts])


async def plan(store: Store, address: str, text: str, after: float, priority: int) -> None:
    """What nobody waits for, or not yet."""
    async with store.unit() as unit:
        due, body = unit.now + timedelta(seconds=after), {"text": text}
        row = Outbox(channel="web", address=address, body=body, created_at=unit.now)
        row.due_at, row.priority = due, priority
        unit.session.add(row)


async def claim(store: Store, limit: int = 100, channels: tuple[str, ...] = WEB) -> list[Claimed]:
    async with store.unit() as unit:
        return await unit.outbox.claim(limit, channels)


async def claimed(store: Store, limit: int = 100) -> list[str]:
    return texts(await claim(store, limit))


async def settle(store: Store, *outcomes: Outcome) -> None:
    async with store.unit() as unit:
        await unit.outbox.settle(outcomes)


async def drained(store: Store) -> list[str]:
    """Everything that is due, sent one round after the other."""
    left: list[str] = []
    while rows := await claim(store):
        left += texts(rows)
        await settle(store, *(Outcome(row.id, "sent") for row in rows))
    return left


def texts(rows: list[Claimed]) -> list[str]:
    return [row.body["text"] for row in rows]


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
    assert [row.attempts for row in await claim(store)] == [0]
    time.passes(LEASE.total_seconds() - 1)
    assert await claimed(store) == []
    time.passes(1)
    again = await claim(store)
    assert (texts(again), again[0].attempts) == (["1"], 1)


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
    async def due() -> bool:
        async with store.view() as unit:
            return await unit.outbox.is_due(WEB)

    assert not await due()
    await plan(store, "Lan", "nhắc hạn", A_DAY, BROADCAST)
    assert not await due()
    time.passes(A_DAY)
    assert await due()
    assert await claimed(store) == ["nhắc hạn"]
    assert not await due()


async def test_after_a_crash_what_was_being_sent_is_due_at_once(store: Store) -> None:
    await say(store, "Lan", "1", "2")
    await plan(store, "Tư", "nhắc hạn", LEASE.total_seconds() / 2, priority=0)
    assert await claimed(store) == ["1"]
    async with store.unit() as unit:
        await unit.outbox.recover()
    assert await drained(store) == ["1", "2"]


async def test_a_turn_that_is_broken_off_queues_nothing(store: Store) -> None:
    with pytest.raises(RuntimeError):
        await break_off(store)
    assert await drained(store) == []


async def break_off(store: Store) -> None:
    async with store.unit() as unit:
        unit.outbox.add("web", "Lan", [{"text": "1"}])
        await unit.outbox.flush()
        raise RuntimeError


async def test_a_page_reads_on_from_the_last_message_that_it_knows(store: Store) -> None:
    await say(store, "Lan", "1", "2", "3", "chưa gửi")
    await say(store, "Tư", "của Tư")
    await say(store, "Lan", "kênh khác", channel="telegram")
    for _ in range(2):
        rows = await claim(store, channels=("web", "telegram"))
        await settle(store, *(Outcome(row.id, "sent") for row in rows))
    await claim(store)
    assert await begun(store, 0) == ["1", "2", "3"]
    assert await begun(store, 1) == ["2", "3"]
    assert await begun(store, 0, limit=2) == ["1", "2"]


async def begun(store: Store, after: int, limit: int = 50) -> list[str]:
    async with store.view() as unit:
        rows = await unit.outbox.begun_after("web", "Lan", after, limit)
    return [row.body["text"] for row in rows]


async def test_only_old_settled_messages_are_forgotten(store: Store, time: Time) -> None:
    await say(store, "Lan", "1", "2")
    await plan(store, "Tư", "nhắc hạn", 60 * A_DAY, BROADCAST)
    (row,) = await claim(store)
    await settle(store, Outcome(row.id, "sent"))
    for days, left in ((0, 3), (31, 2)):
        time.passes(days * A_DAY)
        async with store.unit() as unit:
            await unit.outbox.forget(unit.now - timedelta(days=30))
        async with store.view() as unit:
            kept = [await unit.session.get(Outbox, number) for number in (1, 2, 3)]
            assert await unit.outbox.count_waiting() == 2
        assert sum(row is not None for row in kept) == left


async def test_settling_a_message_that_is_gone_settles_the_others(store: Store) -> None:
    await say(store, "Lan", "1")
    await say(store, "Tư", "2")
    gone, here = await claim(store)
    async with store.unit() as unit:
        await unit.session.delete(await unit.session.get_one(Outbox, gone.id))
    await settle(store, Outcome(gone.id, "sent"), Outcome(here.id, "sent"))
    async with store.view() as unit:
        assert await unit.outbox.count_waiting() == 0
