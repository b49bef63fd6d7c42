"""An answer has to be whole in time: what is still on its way when its lease ends is sent twice."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer
from telegram.error import NetworkError

from bot.channels import telegram_http
from bot.channels.telegram import Telegram
from bot.channels.telegram_http import CONNECT, PATIENCE, UPLOAD
from storage.outbox import LEASE
from tests.fakes.telegram import TOKEN


async def trickle(request: web.Request) -> web.StreamResponse:
    """An answer that comes letter by letter and never ends."""
    answer = web.StreamResponse()
    await answer.prepare(request)
    while True:
        await answer.write(b" ")
        await asyncio.sleep(0.01)


@pytest.fixture
async def slow() -> AsyncIterator[str]:
    app = web.Application()
    app.router.add_post("/{anything:.*}", trickle)
    async with TestServer(app) as server:
        yield str(server.make_url("/")).rstrip("/")


async def test_an_answer_that_trickles_is_given_up(
    slow: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(telegram_http, "CONNECT", 0.2)
    async with Telegram(TOKEN, slow) as telegram, asyncio.timeout(5):
        with pytest.raises(NetworkError, match="TimeoutError"):
            await telegram.bot.call("sendMessage", {"chat_id": "7", "text": "chào"}, patience=0.1)


def test_a_send_is_over_before_its_lease() -> None:
    assert LEASE.total_seconds() > CONNECT + max(PATIENCE, UPLOAD)
