"""The web chat as a channel: what is read, who is told."""

from contextlib import AsyncExitStack

import pytest

from bot.channels.base import Channel
from bot.channels.web import PAGES, WebChannel
from handlers.talk import Incoming, Reply


def test_it_is_a_channel_that_nobody_calls_from_outside() -> None:
    channel: Channel = WebChannel()
    assert not channel.trusts({"X-Secret": "anything"}, b"{}")


@pytest.mark.parametrize(
    ("update", "heard"),
    [
        ({"text": "hạn nộp?"}, Incoming("web", "1", "lan", "hạn nộp?")),
        ({"value": "start"}, Incoming("web", "1", "lan", value="start")),
        ({"text": "a\0b"}, Incoming("web", "1", "lan", "ab")),
        ({"text": " \n"}, None),
        ({"text": "\0"}, None),
        ({}, None),
    ],
)
def test_an_update_is_read(update: dict[str, str], heard: Incoming | None) -> None:
    read = list(WebChannel().read({"id": "1", "sender": "lan", **update}))
    assert read == ([heard] if heard else [])


async def test_sending_rings_only_the_bells_of_that_person() -> None:
    channel = WebChannel()
    async with channel.listen("lan") as lan, channel.listen("minh") as minh:
        await channel.send("lan", Reply("chào"))
        assert (lan.bell.is_set(), minh.bell.is_set()) == (True, False)
    assert not channel.listeners


async def test_sending_to_nobody_is_fine() -> None:
    await WebChannel().send("lan", Reply("chào"))


async def test_one_page_too_many_takes_the_place_of_the_oldest() -> None:
    channel = WebChannel()
    async with AsyncExitStack() as open_pages:
        pages = [
            await open_pages.enter_async_context(channel.listen("lan")) for _ in range(PAGES + 1)
        ]
        assert [page.closed for page in pages] == [True] + [False] * PAGES


async def test_closing_lets_go_of_pages_now_and_later() -> None:
    channel = WebChannel()
    async with channel.listen("lan") as before:
        channel.close()
        async with channel.listen("lan") as after:
            assert before.closed
            assert after.closed
