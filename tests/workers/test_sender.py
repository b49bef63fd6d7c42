"""The sender: what was queued arrives, in order, though platforms fail and we crash."""

from __future__ import annotations

import asyncio

import pytest
from structlog.testing import capture_logs

from bot.sending import sender as sending
from bot.sending.failing import FAULT, LONGEST, OUTAGE, WARIEST
from bot.sending.sender import Sender
from handlers.errors import Rejected, SendFailed, Uncertain, Unreachable
from handlers.talk import Reply
from storage.inbox import Heard
from storage.outbox import LEASE
from storage.tables import Address, Outbox
from storage.unit import Store
from tests.fakes.clock import Time
from tests.fakes.papers import PICTURE
from tests.workers.fragile import Fragile
from tests.workers.post import Post, drain, say, sender_of


async def rows(store: Store) -> list[tuple[str, str]]:
    """What became of every message."""
    async with store.view() as unit:
        kept = [await unit.session.get(Outbox, number) for number in range(1, 10)]
    return [(row.state, row.reason) for row in kept if row]


async def test_everything_arrives_once_and_is_settled(
    store: Store, sender: Sender, post: Post
) -> None:
    await say(store, "Lan", "1", "2", "3")
    await drain(sender)
    await drain(sender)
    assert post.arrived == ["1", "2", "3"]
    assert await rows(store) == [("sent", "")] * 3


@pytest.mark.parametrize(
    "error", [SendFailed("502"), Uncertain("cut off"), TimeoutError(), ValueError("an odd answer")]
)
async def test_what_may_not_have_arrived_is_sent_again_before_later_words(
    store: Store, sender: Sender, post: Post, time: Time, error: Exception
) -> None:
    post.refuse("1", error)
    await say(store, "Lan", "1", "2")
    await say(store, "Tư", "3")
    await drain(sender)
    assert post.arrived == ["3"]
    time.passes(1)
    await drain(sender)
    assert post.arrived == ["3", "1", "2"]
    assert post.tried.count("1") == 2


async def test_the_pauses_between_attempts_grow(
    store: Store, sender: Sender, post: Post, time: Time
) -> None:
    post.refuse("1", *[SendFailed("502")] * 4)
    await say(store, "Lan", "1")
    for pause in (1, 1, 2, 4):
        await drain(sender)
        tried = len(post.tried)
        time.passes(pause - 0.5)
        await drain(sender)
        assert len(post.tried) == tried
        time.passes(0.5)
    await drain(sender)
    assert post.arrived == ["1"]


async def fail_until(sender: Sender, time: Time, seconds: float, step: float) -> None:
    """Let time pass, in steps, and the sender try."""
    for _ in range(int(seconds / step)):
        await drain(sender)
        time.passes(step)


@pytest.mark.parametrize("error", [SendFailed("401"), Uncertain("cut off")])
async def test_no_reply_is_lost_to_a_long_outage(
    store: Store, sender: Sender, post: Post, time: Time, error: Exception
) -> None:
    post.refuse("1", *[error] * 1000)
    await say(store, "Lan", "1", "2")
    await fail_until(sender, time, OUTAGE - WARIEST, WARIEST / 4)
    post.refusals.clear()
    time.passes(WARIEST)
    await drain(sender)
    assert post.arrived == ["1", "2"]


@pytest.mark.parametrize(("error", "age"), [(SendFailed("502"), OUTAGE), (ValueError("?"), FAULT)])
async def test_a_message_that_never_leaves_is_given_up_aloud_and_the_next_one_passes(
    store: Store, sender: Sender, post: Post, time: Time, error: Exception, age: float
) -> None:
    post.refuse("1", *[error] * 1000)
    await say(store, "Lan", "1", "2")
    await fail_until(sender, time, age, age / 20)
    assert "2" not in post.tried
    with capture_logs() as logs:
        await drain(sender)
    kind = type(error).__name__
    told = {"event": "given_up", "log_level": "error", "channel": "post", "outbox": 1}
    assert told | {"error": kind} in logs
    assert post.arrived == ["2"]
    assert await kinds(store) == [("failed", kind), ("sent", "")]


async def test_what_may_have_arrived_is_not_repeated_all_day(
    store: Store, sender: Sender, post: Post, time: Time
) -> None:
    post.refuse("1", *[Uncertain("cut off")] * 1000)
    await say(store, "Lan", "1")
    await fail_until(sender, time, OUTAGE, LONGEST)
    assert len(post.tried) <= 36


async def test_a_reason_quotes_nobody(store: Store, sender: Sender, post: Post) -> None:
    post.refuse("1", ValueError("chị Lan, 0912345678"))
    await say(store, "Lan", "1")
    with capture_logs() as logs:
        await drain(sender)
    [(state, reason)] = await rows(store)
    assert (state, reason.partition(":")[0]) == ("queued", "ValueError")
    assert "0912345678" not in f"{reason}{logs}"


async def kinds(store: Store) -> list[tuple[str, str]]:
    """What became of every message, and the kind of error that was the reason."""
    return [(state, reason.partition(":")[0]) for state, reason in await rows(store)]


async def test_a_rejected_message_is_not_tried_again(
    store: Store, sender: Sender, post: Post, time: Time
) -> None:
    post.refuse("1", Rejected("message is too long"))
    await say(store, "Lan", "1", "2")
    await drain(sender)
    time.passes(LONGEST)
    await drain(sender)
    assert post.tried == ["1", "2"]
    assert await kinds(store) == [("failed", "Rejected"), ("sent", "")]
    assert not await unreachable(store, "Lan")


async def test_who_blocked_us_is_marked(store: Store, sender: Sender, post: Post) -> None:
    async with store.unit() as unit:
        await unit.inbox.store([Heard("post", name, name, {}) for name in ("Lan", "Tư")])
    post.refuse("1", Unreachable("blocked"))
    await say(store, "Lan", "1")
    await say(store, "Tư", "2")
    await drain(sender)
    assert await unreachable(store, "Lan")
    assert not await unreachable(store, "Tư")
    assert (await kinds(store))[0] == ("failed", "Unreachable")


async def unreachable(store: Store, sender: str) -> bool:
    async with store.view() as unit:
        address = await unit.session.get(Address, ("post", sender))
    return bool(address and address.unreachable_since)


async def test_stopping_finishes_what_is_in_hand_and_begins_nothing(
    store: Store, sender: Sender, post: Post
) -> None:
    post.open.clear()
    await say(store, "Lan", "1", "2")
    running = asyncio.create_task(sender.run())
    await post.begun.wait()
    sender.stop()
    ended, _ = await asyncio.wait([running], timeout=0.1)
    assert not ended
    post.open.set()
    async with asyncio.timeout(5):
        await running
    assert post.tried == ["1"]
    assert await rows(store) == [("sent", ""), ("queued", "")]


async def test_the_bell_wakes_it(store: Store, sender: Sender, post: Post) -> None:
    running = asyncio.create_task(sender.run())
    await asyncio.sleep(0)
    await say(store, "Lan", "1")
    sender.bell.set()
    async with asyncio.timeout(5):
        await post.came.wait()
    sender.stop()
    await running


async def test_what_was_under_way_in_a_crash_is_sent_again(
    store: Store, sender: Sender, post: Post, time: Time
) -> None:
    post.open.clear()
    await say(store, "Lan", "1", "2")
    await sender.round()
    (under_way,) = sender.sending
    under_way.cancel()
    post.open.set()
    again = sender_of(store, post)
    await drain(again)
    assert post.arrived == []
    time.passes(LEASE.total_seconds())
    await drain(again)
    assert post.arrived == ["1", "2"]


async def test_what_was_sent_while_the_database_was_ill_is_not_sent_again(
    store: Fragile, sender: Sender, post: Post
) -> None:
    await say(store, "Lan", "1", "2")
    await sender.round()
    await asyncio.gather(*sender.sending)
    store.ill = True
    for _ in range(3):
        with pytest.raises(OSError, match="disk full"):
            await sender.round()
    store.ill = False
    await drain(sender)
    assert post.arrived == ["1", "2"]
    assert await rows(store) == [("sent", "")] * 2


async def test_a_reply_with_papers_that_takes_too_long_is_let_go_before_its_lease_ends(
    store: Store, sender: Sender, post: Post, time: Time, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert LEASE.total_seconds() > sending.HURRY
    monkeypatch.setattr(sending, "HURRY", 0.01)
    post.open.clear()
    async with store.unit() as unit:
        unit.outbox.add("post", "Lan", [Reply("1", papers=(PICTURE,)).as_json()])
    await drain(sender)
    assert await kinds(store) == [("queued", "Uncertain")]
    post.open.set()
    time.passes(1)
    await drain(sender)
    assert (post.tried, post.arrived) == (["1", "1"], ["1"])
