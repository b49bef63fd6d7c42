"""Updates that we ask for: confirmed once they are stored, in order, whatever breaks."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable
from contextlib import asynccontextmanager, suppress

import pytest
from telegram.error import RetryAfter

from bot.channels.door import Patience
from bot.channels.telegram import Telegram
from bot.channels.telegram_door import introduce, poll
from content.speech import Word
from handlers.talk import Button, Reply
from tests.fakes.telegram import CUT_BEFORE, TOKEN, BotApi, Fault
from tests.fakes.telegram.notebook import Notebook, Stumbling

QUICK = Patience(news=1, first=0.01, longest=0.02)


@pytest.fixture
async def telegram(api: BotApi) -> AsyncIterator[Telegram]:
    async with Stumbling(TOKEN, api.base) as telegram:
        yield telegram


@pytest.fixture
def notebook(api: BotApi) -> Notebook:
    return Notebook(api)


@asynccontextmanager
async def running(work: Awaitable[None]) -> AsyncIterator[None]:
    """Work that goes on while the block runs, and must stop at once after it."""
    task = asyncio.ensure_future(work)
    try:
        yield
    finally:
        task.cancel()
        async with asyncio.timeout(0.5):
            with suppress(asyncio.CancelledError):
                await task


async def test_polling_hears_in_order(api: BotApi, telegram: Telegram, notebook: Notebook) -> None:
    for number in range(250):
        api.say(number % 9, f"câu {number}")
    async with running(poll(telegram, notebook.hear, notebook.park, QUICK)):
        await api.until(lambda: not api.pending)
        api.say(1, "nữa")
        await api.until(lambda: not api.pending)
    assert notebook.texts() == [*(f"câu {number}" for number in range(250)), "nữa"]


async def test_polling_asks_for_what_is_handled_and_lets_go_of_a_webhook(
    api: BotApi, telegram: Telegram, notebook: Notebook
) -> None:
    await telegram.bot.set_webhook("http://127.0.0.1:1/")
    async with running(poll(telegram, notebook.hear, notebook.park, QUICK)):
        await api.until(lambda: any(method == "getUpdates" for method, _ in api.calls))
    asked = next(asked for method, asked in api.calls if method == "getUpdates")
    assert asked["allowed_updates"] == ["message", "edited_message", "callback_query"]
    assert api.courier is None


async def test_an_update_is_confirmed_only_once_it_is_stored(
    api: BotApi, telegram: Telegram, notebook: Notebook
) -> None:
    numbers = {str(api.say(7, "một")), str(api.say(7, "hai"))}
    notebook.fails = 3
    async with running(poll(telegram, notebook.hear, notebook.park, QUICK)):
        await api.until(lambda: not api.pending)
    assert notebook.unconfirmed == [numbers] * 4
    assert notebook.texts() == ["một", "hai"]


async def test_a_poisonous_update_is_parked_and_blocks_nobody(
    api: BotApi,
    telegram: Telegram,
    notebook: Notebook,
    caplog: pytest.LogCaptureFixture,
) -> None:
    api.say(7, "một")
    number = api.say(7, "poison \ud83d")
    api.say(7, "hai")
    async with running(poll(telegram, notebook.hear, notebook.park, QUICK)):
        await api.until(lambda: not api.pending)
    [(channel, update_id, raw)] = notebook.parked
    assert notebook.texts() == ["một", "hai"]
    assert (channel, update_id) == ("telegram", str(number))
    assert json.loads(raw)["message"]["text"] == "poison \ud83d"
    assert "ValueError" in caplog.text
    assert "Lan" not in caplog.text


async def test_presses_are_acknowledged_while_polling(
    api: BotApi, telegram: Telegram, notebook: Notebook
) -> None:
    await telegram.send("7", Reply("?", (Button("Có", "yes"),)))
    async with running(poll(telegram, notebook.hear, notebook.park, QUICK)):
        api.press(7, "Có")
        await api.until(lambda: not api.spinning)
    assert [one.value for one in notebook.said] == ["yes"]


TROUBLES = {
    "wrong token": (Fault(401, "Unauthorized"), "THIDUA_TELEGRAM_TOKEN"),
    "another poller": (Fault(409, "Conflict: terminated"), "another program polls"),
    "out of order": (Fault(500), "out of order"),
    "a gateway": (Fault(502, page="<html>"), "out of order"),
    "a pause": (Fault(429, "Too Many", {"retry_after": 1}), "trying again in 1 s"),
    "cut": (CUT_BEFORE, "no answer"),
    "no list": (Fault(200, page='{"ok": true, "result": [5]}'), "AttributeError"),
    "no result": (Fault(200), "without a result"),
}


@pytest.mark.parametrize("name", TROUBLES)
async def test_trouble_is_told_and_outlasted(
    name: str,
    api: BotApi,
    telegram: Telegram,
    notebook: Notebook,
    caplog: pytest.LogCaptureFixture,
) -> None:
    fault, words = TROUBLES[name]
    api.faults["getUpdates"] = fault
    async with running(poll(telegram, notebook.hear, notebook.park, QUICK)):
        await api.until(lambda: [method for method, _ in api.calls].count("getUpdates") > 1)
        del api.faults["getUpdates"]
        api.say(7, "một")
        await api.until(lambda: not api.pending)
    assert words in caplog.text
    assert TOKEN not in caplog.text
    assert notebook.texts() == ["một"]


async def test_a_long_poll_stops_at_once(
    api: BotApi, telegram: Telegram, notebook: Notebook
) -> None:
    async with running(poll(telegram, notebook.hear, notebook.park, Patience(news=25))):
        await api.until(lambda: api.polls == 1)


def test_waits_grow_and_obey() -> None:
    patience = Patience(first=1, longest=60)
    assert 0.5 <= patience.after(0, OSError()) <= 1
    assert 4 <= patience.after(3, OSError()) <= 8
    assert 30 <= patience.after(10**6, OSError()) <= 60
    assert patience.after(0, RetryAfter(95)) == 95


async def test_telegram_learns_our_commands_and_we_our_name(
    api: BotApi, telegram: Telegram
) -> None:
    api.faults["getMe"] = Fault(500)
    words = [Word(value="help", command="trogiup", description="Cách dùng"), Word(value="topics")]
    words.append(Word(value="staff:list", command="cauhoi", staff=True))
    async with running(introduce(telegram, words, QUICK)):
        await api.until(lambda: bool(api.calls))
        del api.faults["getMe"]
        await api.until(lambda: api.calls[-1][0] == "setMyCommands")
    assert api.calls[-1][1]["commands"] == [{"command": "trogiup", "description": "Cách dùng"}]
    assert (telegram.me.id, telegram.me.name) == (42, "thidua_bot")
