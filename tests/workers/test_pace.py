"""The sender keeps to the pace that a platform asks for."""

from __future__ import annotations

import pytest

from bot.sender import Brake, Sender
from handlers.errors import SendFailed
from storage.unit import Store
from tests.fakes.clock import Time
from tests.workers.post import Post, drain, say, sender_of


async def test_a_platform_that_asks_us_to_wait_is_left_alone_for_so_long(
    store: Store, time: Time
) -> None:
    post, other = Post(pace=50), Post("other")
    sender = sender_of(store, post, other)
    post.refuse("1", SendFailed("too many requests", 30))
    await say(store, "Lan", "1", "2")
    await drain(sender)
    await say(store, "Tư", "3")
    await say(store, "Tư", "elsewhere", channel="other")
    time.passes(29)
    await drain(sender)
    assert (post.tried, other.arrived) == (["1"], ["elsewhere"])
    time.passes(1)
    await drain(sender)
    assert sorted(post.arrived) == ["1", "2", "3"]


async def test_after_a_complaint_messages_leave_one_by_one(
    store: Store, sender: Sender, post: Post, time: Time
) -> None:
    brake = sender.brakes["post"]
    brake.complained(time.now, 5)
    time.passes(5)
    for name in "abc":
        await say(store, name, name)
    await drain(sender)
    assert post.arrived == [*"abc"]
    assert brake.next_slot is not None
    assert (brake.next_slot - time.now).total_seconds() == pytest.approx(3 / 50)


async def test_what_waits_for_its_slot_stays_here_when_the_platform_complains_again(
    store: Store, sender: Sender, post: Post, time: Time
) -> None:
    sender.brakes["post"].complained(time.now, 5)
    time.passes(5)
    post.refuse("a", SendFailed("too many requests", 7))
    for name in "abc":
        await say(store, name, name)
    await drain(sender)
    assert post.tried == ["a"]
    time.passes(7)
    await drain(sender)
    assert post.arrived == [*"abc"]


def test_a_brake_holds_then_paces_then_lets_go(time: Time) -> None:
    brake = Brake(pace=2)
    assert (brake.open(time.now), brake.delay(time.now)) == (True, 0)
    brake.complained(time.now, 10)
    assert not brake.open(time.now)
    time.passes(10)
    assert brake.open(time.now)
    assert [brake.delay(time.now) for _ in range(4)] == [0, 0.5, 1, 1.5]
    time.passes(60)
    assert [brake.delay(time.now) for _ in range(4)] == [0, 0, 0, 0]
