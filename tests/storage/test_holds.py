"""While a hold stands, nothing leaves but replies from after it began; then what is let go."""

from __future__ import annotations

from storage import held
from storage.tables import Broadcast, Outbox
from storage.unit import Store
from tests.fakes.clock import Time
from tests.storage.leaving import BROADCAST, claimed, drained, plan, say


async def broadcast(store: Store, state: str, text: str) -> None:
    """A broadcast that reached Lan, and has Tư and Sáu still to reach."""
    async with store.unit() as unit:
        whole = Broadcast(plan="p", text=text, buttons=[], whom={}, state=state, made_at=unit.now)
        unit.session.add(whole)
        await unit.session.flush()
        for number, reached in enumerate(("sent", "planned", "planned"), start=1):
            row = Outbox(channel="web", address="", body={"text": text}, created_at=unit.now)
            row.priority, row.state, row.person_id = 20, reached, number
            row.broadcast_id = whole.id
            unit.session.add(row)


async def hold(store: Store) -> None:
    async with store.unit() as unit:
        await unit.holds.begin("backup")


async def end(store: Store) -> bool:
    async with store.unit() as unit:
        return await unit.holds.end(None)


async def test_only_replies_from_after_it_leave_and_old_ones_hold_up_nobody(
    store: Store, time: Time
) -> None:
    await say(store, "Lan", "old")
    await plan(store, "Lan", "reminder", after=0, priority=BROADCAST)
    await hold(store)
    assert await claimed(store) == []
    async with store.view() as unit:
        assert not await unit.outbox.is_due(["web"])
    time.passes(60)
    await say(store, "Lan", "new")
    await plan(store, "Lan", "later reminder", after=0, priority=BROADCAST)
    async with store.view() as unit:
        assert await unit.outbox.is_due(["web"])
    assert await drained(store) == ["new"]
    assert await end(store)
    for text in ("old", "reminder", "later reminder"):
        assert await drained(store) == [text]
        time.passes(2)
    assert not await end(store), "the later of two is told"


async def test_what_is_held_is_counted_and_dropped(store: Store, time: Time) -> None:
    await say(store, "Lan", "old", "old, too")
    await plan(store, "Tư", "reminder", after=3600, priority=BROADCAST)
    await broadcast(store, "running", "under way")
    await broadcast(store, "paused", "paused")
    await hold(store)
    time.passes(60)
    await say(store, "Lan", "new")
    async with store.unit() as unit:
        kept = await held.count(unit)
        assert (kept.replies, kept.reminders) == (2, 1)
        whole = [(each.broadcast.text, each.sent, each.left) for each in kept.broadcasts]
        assert whole == [("under way", 1, 2)]
        assert await held.drop(unit) == 1
        await unit.holds.end(None)
    async with store.view() as unit:
        assert not await held.unfinished(unit)
        assert (await unit.session.get_one(Broadcast, 2)).state == "paused"
    time.passes(7200)
    assert await drained(store) == ["new"]


async def test_of_two_holds_the_later_one_stands(store: Store, time: Time) -> None:
    await hold(store)
    time.passes(60)
    await say(store, "Lan", "between")
    await hold(store)
    assert await claimed(store) == []
    async with store.view() as unit:
        standing = await unit.holds.standing()
        assert standing
        assert (standing.since, standing.told_at) == (time.now, None)
