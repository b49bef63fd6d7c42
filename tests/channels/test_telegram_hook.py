"""Updates that Telegram brings: taken once they are stored, from nobody else."""

from __future__ import annotations

from collections.abc import AsyncIterator
from io import BytesIO

import pytest
from aiohttp import ClientSession

from bot.channels.door import Patience
from bot.channels.telegram import Telegram
from bot.channels.telegram_door import hook, subscribe
from tests.channels.conftest import served
from tests.fakes.telegram import TOKEN, BotApi
from tests.fakes.telegram.notebook import Notebook, Stumbling

SECRET = "s3"
QUICK = Patience(news=1, first=0.01, longest=0.02)
CHAT = {"id": 7, "type": "private"}


@pytest.fixture
async def telegram(api: BotApi) -> AsyncIterator[Telegram]:
    async with Stumbling(TOKEN, api.base, secret=SECRET) as telegram:
        yield telegram


@pytest.fixture
def notebook(api: BotApi) -> Notebook:
    return Notebook(api)


async def test_the_webhook_is_brought_everything_in_order(
    api: BotApi, telegram: Telegram, notebook: Notebook
) -> None:
    notebook.fails = 2
    for number in range(30):
        api.say(number % 3, f"{number % 3}: {number}")
    async with served(hook(telegram, notebook.hear, notebook.park)) as url:
        await subscribe(telegram, url, QUICK)
        await api.until(lambda: not api.pending)
    for chat in range(3):
        mine = [text for text in notebook.texts() if text.startswith(f"{chat}:")]
        assert mine == [f"{chat}: {number}" for number in range(chat, 30, 3)]
    assert api.courier
    assert [status for _, status in api.courier.brought].count(503) == 2


async def test_the_webhook_parks_what_it_cannot_read(
    api: BotApi, telegram: Telegram, notebook: Notebook
) -> None:
    api.say(7, "poison")
    api.say(7, "một")
    async with served(hook(telegram, notebook.hear, notebook.park)) as url:
        await subscribe(telegram, url, QUICK)
        await api.until(lambda: not api.pending)
    assert (len(notebook.parked), notebook.texts()) == (1, ["một"])


CALLS: dict[str, tuple[bytes, str, int]] = {
    "a message": (b'{"update_id":1,"message":{"chat":{"id":7,"type":"private"}}}', SECRET, 200),
    "nothing for us": (b"{}", SECRET, 200),
    "a stranger": (b"{}", "guess", 403),
    "a stranger with much to say": (b"x" * 2**20, "", 403),
    "no JSON": (b"{", SECRET, 400),
    "no object": (b"[1]", SECRET, 400),
    "half a MiB": (b'{"x":"%s"}' % (b"x" * 2**19), SECRET, 200),
    "too much": (b"x" * (2**20 + 1), SECRET, 413),
}


@pytest.mark.parametrize("name", CALLS)
async def test_the_hook_answers(telegram: Telegram, notebook: Notebook, name: str) -> None:
    body, secret, status = CALLS[name]
    shown = {"X-Telegram-Bot-Api-Secret-Token": secret}
    async with (
        served(hook(telegram, notebook.hear, notebook.park)) as url,
        ClientSession() as http,
        http.post(url, data=BytesIO(body), headers=shown) as answer,
    ):
        assert answer.status == status


async def test_the_hook_asks_for_it_again_where_storing_fails(
    telegram: Telegram, notebook: Notebook, caplog: pytest.LogCaptureFixture
) -> None:
    notebook.fails = 1
    update = {"update_id": 5, "message": {"chat": CHAT, "text": "một"}}
    shown = {"X-Telegram-Bot-Api-Secret-Token": SECRET}
    async with served(hook(telegram, notebook.hear, notebook.park)) as url, ClientSession() as http:
        for status in (503, 200):
            async with http.post(url, json=update, headers=shown) as answer:
                assert answer.status == status
    assert notebook.texts() == ["một"]
    assert "telegram update 5" in caplog.text
