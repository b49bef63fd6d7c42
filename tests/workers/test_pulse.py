"""When each channel last heard and sent stands in the figures, after a restart too."""

from __future__ import annotations

import asyncio

from prometheus_client import REGISTRY

from bot import pulse
from bot.intake import Intake
from bot.sending.sender import Sender
from handlers.errors import Rejected
from handlers.talk import Incoming
from tests.channels.conftest import running
from tests.fakes.clock import Time
from tests.workers.fragile import Fragile
from tests.workers.post import Post, drain, say


def figures() -> list[float | None]:
    names = ("thidua_heard_timestamp_seconds", "thidua_sent_timestamp_seconds")
    return [REGISTRY.get_sample_value(name, {"channel": "post"}) for name in names]


async def test_silence_is_counted_from_the_last_word_each_way(
    store: Fragile, sender: Sender, post: Post, time: Time
) -> None:
    pulse.HEARD.clear()
    pulse.SENT.clear()
    intake = Intake(store, asyncio.Event())
    heard = time.now.timestamp()
    async with running(intake.run()):
        await intake.hear([Incoming("post", "1", "Bà Tư", "xin chào")])
    time.passes(60)
    sent = time.now.timestamp()
    await say(store, "Bà Tư", "chào bà")
    await drain(sender)
    time.passes(60)
    post.refuse("lần nữa", Rejected("no"))
    await say(store, "Bà Tư", "lần nữa")
    await drain(sender)
    assert figures() == [heard, sent]
    pulse.HEARD.clear()
    pulse.SENT.clear()
    async with store.view() as unit:
        await pulse.take_up(unit, ["post", "web"])
    assert figures() == [heard, sent]
