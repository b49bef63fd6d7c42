"""What has left is shown to a page in the order of its leaving, and goes in its time."""

from __future__ import annotations

from datetime import timedelta

from storage.outbox import LEASE, Outcome
from storage.tables import Outbox
from storage.unit import Store
from tests.fakes.clock import Time
from tests.storage.leaving import A_DAY, BROADCAST, WEB, begun, claim, drained, plan, say, settle


async def test_a_page_reads_on_from_the_last_message_that_it_knows(store: Store) -> None:
    await say(store, "Lan", "1", "2", "3", "chưa gửi")
    await say(store, "Tư", "của Tư")
    await say(store, "Lan", "kênh khác", channel="telegram")
    for _ in range(2):
        rows = await claim(store, channels=("web", "telegram"))
        await settle(store, *(Outcome(row.id, "sent") for row in rows))
    await claim(store)
    shown = await begun(store, 0)
    assert [text for _, text in shown] == ["1", "2", "3"]
    assert await begun(store, shown[0][0]) == shown[1:]
    assert await begun(store, 0, limit=2) == shown[:2]


async def test_a_page_is_shown_what_left_late_though_it_was_queued_early(
    store: Store, time: Time
) -> None:
    await plan(store, "Lan", "nhắc hạn", A_DAY, priority=0)
    await plan(store, "Lan", "tin chung", 0, BROADCAST)
    await say(store, "Lan", "1")
    assert await drained(store) == ["1"]
    time.passes(2)
    assert await drained(store) == ["tin chung"]
    *_, (last, _) = await begun(store, 0)
    time.passes(A_DAY)
    await drained(store)
    assert [text for _, text in await begun(store, last)] == ["nhắc hạn"]


async def test_a_second_attempt_shows_nothing_a_second_time(store: Store, time: Time) -> None:
    await say(store, "Lan", "1")
    await claim(store)
    first = await begun(store, 0)
    time.passes(LEASE.total_seconds())
    await claim(store)
    assert await begun(store, 0) == first


async def test_the_words_of_what_was_sent_stay_only_where_they_are_shown_again(
    store: Store, time: Time
) -> None:
    for channel in ("web", "telegram"):
        await say(store, "Lan", "1", "2", channel=channel)
    rows = await claim(store, channels=("web", "telegram"))
    await settle(store, *(Outcome(row.id, "sent") for row in rows))
    for hours, kept in ((0, [True] * 4), (2, [True, True, False, True])):
        time.passes(hours * 3600)
        async with store.unit() as unit:
            await unit.outbox.empty(unit.now - timedelta(hours=1), WEB)
        async with store.view() as unit:
            left = [await unit.session.get_one(Outbox, number) for number in (1, 2, 3, 4)]
        assert [row.body is not None for row in left] == kept


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
