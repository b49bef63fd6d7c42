"""What nobody asked for: it leaves once, at the pace, while it is wanted; or is given up aloud."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest

from bot.sending.failing import LONGEST, SOON
from bot.sending.recalling import MUTED
from bot.sending.sender import PUSHES, Sender
from handlers.errors import Rejected, SendFailed, Uncertain, Unreachable
from storage.outbox import Outcome
from storage.tables import Address
from storage.unit import Store
from tests.fakes.clock import Time
from tests.storage.pushing import broadcast, remind
from tests.workers.post import Anything, Post, drain, say, sender_of

CROWD = [f"người {n}" for n in range(60)]


async def one(store: Store, text: str, *names: str, channel: str = "post") -> int:
    return await broadcast(store, text, *names, channel=channel)


async def counts(store: Store, number: int) -> dict[str, int]:
    async with store.view() as unit:
        return await unit.broadcasts.counts(number)


async def state(store: Store, number: int) -> str:
    """How it stands once those that are over were ended."""
    async with store.unit() as unit:
        await unit.broadcasts.finish()
        row = await unit.broadcasts.get(number)
    assert row
    return row.state


async def let_pass(sender: Sender, time: Time, seconds: float) -> None:
    """Let time pass in small steps, and the sender work."""
    for _ in range(int(seconds * 20)):
        await drain(sender)
        time.passes(0.05)


async def test_a_broadcast_goes_out_and_ends(store: Store, time: Time) -> None:
    post = Post()
    sender = sender_of(store, post)
    number = await one(store, "tin", *CROWD)
    await drain(sender)
    assert post.arrived == ["tin"] * len(CROWD)
    assert (await state(store, number), await counts(store, number)) == ("done", {"sent": 60})


async def test_at_a_pace_few_are_taken_in_hand_and_replies_leave_between(
    store: Store, time: Time
) -> None:
    post = Post(pace=40)
    post.open.clear()
    sender = sender_of(store, post)
    number = await one(store, "tin", *CROWD)
    await sender.round()
    assert await counts(store, number) == {"sending": 2, "planned": 58}
    await say(store, "Lan", "trả lời")
    await sender.round()
    post.open.set()
    await drain(sender)
    assert post.arrived == ["tin", "tin", "trả lời"]
    await let_pass(sender, time, 0.9)
    assert len(post.arrived) <= 40
    await let_pass(sender, time, 2)
    assert await counts(store, number) == {"sent": 60}


async def test_a_channel_that_hangs_holds_up_no_other_broadcast_and_no_reply(
    store: Store, time: Time
) -> None:
    hangs, works = Post("post"), Post("other")
    hangs.open.clear()
    sender = sender_of(store, hangs, works)
    await one(store, "tin", *CROWD)
    fine = await one(store, "tin khác", *CROWD, channel="other")
    await say(store, "Lan", "trả lời", channel="other")
    for _ in range(40):
        await sender.round()
        await asyncio.sleep(0)
    assert len(hangs.tried) == PUSHES
    assert len(works.arrived) == 61
    hangs.open.set()
    await drain(sender)
    assert await state(store, fine) == "done"


@pytest.mark.parametrize("error", [Uncertain("cut off"), TimeoutError(), ValueError("odd")])
async def test_what_may_have_arrived_is_uncertain_and_never_repeated(
    store: Store, time: Time, error: Exception
) -> None:
    post = Post()
    sender = sender_of(store, post)
    post.refuse("tin", error)
    number = await one(store, "tin", "Lan")
    await drain(sender)
    time.passes(86400)
    await drain(sender)
    assert post.tried == ["tin"]
    assert (await state(store, number), await counts(store, number)) == ("done", {"uncertain": 1})


async def test_what_did_not_leave_is_tried_again_but_not_for_long(store: Store, time: Time) -> None:
    post = Post()
    sender = sender_of(store, post)
    post.refuse("tin", SendFailed("502"))
    number = await one(store, "tin", "Lan")
    await drain(sender)
    assert await counts(store, number) == {"queued": 1}
    time.passes(1)
    post.refuse("tin", *[SendFailed("502")] * 1000)
    for _ in range(40):
        await drain(sender)
        time.passes(SOON / 20)
    assert (await state(store, number), await counts(store, number)) == ("done", {"failed": 1})


async def test_a_reminder_is_tried_as_long_as_it_is_of_use(store: Store, time: Time) -> None:
    post = Post("web")
    sender = sender_of(store, post)
    await remind(store, "Lan", "nhắc", useful=5 * SOON)
    post.refuse("nhắc", *[SendFailed("502")] * 1000)
    for _ in range(3 * 20):
        await drain(sender)
        time.passes(SOON / 20)
    post.refusals.clear()
    time.passes(LONGEST)
    await drain(sender)
    assert post.arrived == ["nhắc"]


async def test_a_complaint_stops_all_for_as_long_as_it_says(store: Store, time: Time) -> None:
    post = Post()
    sender = sender_of(store, post)
    post.refuse("tin", SendFailed("too many requests", 30))
    await one(store, "tin", "Lan")
    await one(store, "tin khác", "Tư")
    await drain(sender)
    time.passes(1)
    before = list(post.tried)
    await say(store, "Năm", "trả lời")
    await drain(sender)
    assert post.tried == before
    time.passes(30)
    post.refusals.clear()
    await drain(sender)
    assert {*post.arrived} == {"tin", "tin khác", "trả lời"}


async def test_after_its_latest_useful_time_it_is_not_tried_again(store: Store, time: Time) -> None:
    post = Post()
    sender = sender_of(store, post)
    post.refuse("tin", SendFailed("too many requests", 600))
    until = time.now + timedelta(seconds=300)
    number = await broadcast(store, "tin", "Lan", channel="post", until=until)
    await drain(sender)
    assert await counts(store, number) == {"failed": 1}


async def test_who_blocked_us_is_marked_and_the_broadcast_goes_on(store: Store, time: Time) -> None:
    post = Post()
    sender = sender_of(store, post)
    post.refuse("tin", *[Unreachable("blocked")] * 30)
    number = await one(store, "tin", *CROWD[:30])
    await drain(sender)
    assert (await state(store, number), await counts(store, number)) == ("done", {"failed": 30})
    async with store.view() as unit:
        address = await unit.session.get_one(Address, ("post", CROWD[0]))
    assert address.unreachable_since == time.now


async def test_after_too_many_refusals_a_broadcast_is_stopped_and_the_other_goes_on(
    store: Store, time: Time
) -> None:
    post, recheck = Post(), Anything()
    sender = sender_of(store, post, recheck=recheck)
    post.refuse("tin", *[Rejected("no")] * 60)
    bad, good = await one(store, "tin", *CROWD), await one(store, "tin khác", *CROWD[:40])
    await let_pass(sender, time, 5)
    [(stopped, last)] = recheck.stopped
    assert (stopped, last.state) == (bad, "failed")
    done = await counts(store, bad)
    assert done["failed"] < 20 + PUSHES
    assert done["planned"] == 60 - done["failed"]
    assert await state(store, good) == "done"


async def test_what_is_not_to_leave_any_more_does_not(store: Store, time: Time) -> None:
    post, recheck = Post(), Anything()
    sender = sender_of(store, post, recheck=recheck)
    number = await one(store, "tin", *CROWD)
    recheck.stays = {n: Outcome(n, "skipped", MUTED) for n in range(1, 50)}
    await drain(sender)
    assert await counts(store, number) == {"skipped": 49, "sent": 11}
    assert await state(store, number) == "done"


async def test_at_night_nothing_leaves(store: Store, time: Time) -> None:
    post, recheck = Post(), Anything()
    sender = sender_of(store, post, recheck=recheck)
    recheck.awake = False
    number = await one(store, "tin", "Lan")
    await say(store, "Tư", "trả lời")
    await drain(sender)
    assert (post.arrived, await counts(store, number)) == (["trả lời"], {"planned": 1})
    recheck.awake = True
    await drain(sender)
    assert await state(store, number) == "done"


async def test_when_night_falls_over_a_broadcast_nobody_looks_again_and_again(
    store: Store, time: Time
) -> None:
    post, recheck = Post(pace=20), Anything()
    sender = sender_of(store, post, recheck=recheck)
    await one(store, "tin", *CROWD)
    await drain(sender)
    assert post.arrived
    recheck.awake = False
    time.passes(2)
    assert not await sender.round()
    assert sender.patience() > 0


async def test_what_comes_back_to_a_cancelled_one_stays(store: Store, time: Time) -> None:
    post = Post()
    post.open.clear()
    sender = sender_of(store, post)
    post.refuse("tin", SendFailed("nobody is there"))
    number = await one(store, "tin", "Lan")
    await sender.round()
    async with store.unit() as unit:
        row = await unit.broadcasts.get(number)
        assert row
        assert await unit.broadcasts.cancel(row)
    post.open.set()
    await drain(sender)
    assert await counts(store, number) == {"skipped": 1}
