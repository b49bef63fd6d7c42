"""The stand-in keeps Messenger's rules, so that tests against it say something."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import timedelta

import pytest
from aiohttp import web

from bot.channels.messenger import Messenger
from handlers.errors import Rejected, SendFailed, Unreachable
from handlers.talk import Button, Reply
from tests.channels.conftest import served
from tests.fakes.clock import Time
from tests.fakes.messenger import SECRET, TOKEN, VERIFY, MessengerApi
from tests.fakes.messenger.api import NoSuchButton
from tests.fakes.messenger.events import LAN

HELLO = Reply("chào")


@pytest.fixture
async def api() -> AsyncIterator[MessengerApi]:
    async with MessengerApi(Time()) as api:
        api.meet()
        yield api


@pytest.fixture
async def messenger(api: MessengerApi) -> AsyncIterator[Messenger]:
    async with Messenger(TOKEN, SECRET, VERIFY, api.base) as messenger:
        yield messenger


async def test_only_who_wrote_today_and_wants_us_is_written_to(
    api: MessengerApi, messenger: Messenger
) -> None:
    await messenger.send(LAN, HELLO)
    with pytest.raises(Unreachable, match="100 "):
        await messenger.send("nobody", HELLO)
    api.heard[LAN] -= timedelta(hours=24)
    with pytest.raises(Rejected, match="10 "):
        await messenger.send(LAN, HELLO)
    api.meet()
    api.blocked.add(LAN)
    with pytest.raises(Unreachable, match="551 "):
        await messenger.send(LAN, HELLO)
    assert len(api.seen()) == 1


@pytest.mark.parametrize(
    "reply",
    [
        Reply(""),
        Reply("x" * 2001),
        Reply("x", (Button("x" * 21, "v"),)),
        Reply("x", (Button("", "v"),)),
        Reply("x", tuple(Button(str(n), "v") for n in range(14))),
        Reply("x", (Button("x", "v" * 1001),)),
    ],
)
async def test_what_is_too_long_is_refused(
    api: MessengerApi, messenger: Messenger, reply: Reply
) -> None:
    with pytest.raises(Rejected, match="100 "):
        await messenger.send(LAN, reply)
    assert api.refused == {100: 1}


async def test_who_sends_too_fast_has_to_wait(api: MessengerApi, messenger: Messenger) -> None:
    api.rate = 1
    await messenger.send(LAN, HELLO)
    with pytest.raises(SendFailed, match="613 "):
        await messenger.send(LAN, HELLO)


async def test_events_are_brought_again_until_they_are_taken(api: MessengerApi) -> None:
    answers = [500, 200]

    async def hook(request: web.Request) -> web.Response:
        return web.Response(status=answers.pop(0))

    async with served(hook) as api.url:
        await api.say("chào")
    assert api.brought == [500, 200]


async def test_below_the_last_message_only_can_be_tapped_and_in_any_pressed(
    api: MessengerApi, messenger: Messenger
) -> None:
    await messenger.send(LAN, Reply("Nhắc", (Button("Xem", "see"),), news="open"))
    await messenger.send(LAN, Reply("Chọn", (Button("Một", "1"),)))
    await messenger.send(LAN, HELLO)
    with pytest.raises(NoSuchButton):
        await api.tap("Một")

    async def hook(request: web.Request) -> web.Response:
        [heard] = messenger.read(await request.json())
        assert heard.value == "see"
        return web.Response()

    async with served(hook) as api.url:
        await api.tap("Xem")
    assert api.brought == [200]
