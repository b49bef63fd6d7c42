"""``thidua channels`` beside the platforms: what is right, what is wrong, and what to do."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Awaitable, Callable, Iterator
from contextlib import AsyncExitStack
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from aiohttp import web

from bot.channels.base import Checkup
from bot.channels.calls import CallFailed, NoAnswer
from bot.commands.findings import findings
from bot.commands.inspecting import Inspected, Silent, inspect
from bot.settings import Settings
from handlers.standing import Standing
from storage.inbox import Heard
from storage.outbox import milliseconds
from storage.tables import Outbox
from storage.traffic import Traffic
from storage.unit import Store
from tests.cli.conftest import Ran, Thidua
from tests.databases import sqlite
from tests.fakes import messenger, telegram, zalo
from tests.fakes.messenger import MessengerApi
from tests.fakes.telegram import BotApi
from tests.fakes.zalo import ZaloApi

NOW = datetime(2025, 4, 15, 3, tzinfo=UTC)  # ten o'clock


class Outside:
    """The platforms and our own page, on a loop of their own while the command runs here."""

    def __init__(self) -> None:
        self.zalo, self.messenger, self.telegram = ZaloApi(), MessengerApi(), BotApi()
        self.loop = asyncio.new_event_loop()
        self.stack = AsyncExitStack()

    def do(self, work: Awaitable[object]) -> None:
        async def done() -> None:
            await work

        asyncio.run_coroutine_threadsafe(done(), self.loop).result(5)

    async def open(self) -> None:
        for each in (self.zalo, self.messenger, self.telegram):
            await self.stack.enter_async_context(each)
        page = web.Application()
        page.router.add_get("/health", healthy)
        runner = web.AppRunner(page)
        await runner.setup()
        self.stack.push_async_callback(runner.cleanup)
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        self.port = runner.addresses[0][1]

    def settings(self) -> dict[str, str]:
        return {
            "PORT": f"{self.port}",
            "PUBLIC_URL": "https://thidua.example.vn",
            "NOW": "2025-04-15T10:00",
            "ZALO_API": self.zalo.base,
            "ZALO_TOKEN": zalo.TOKEN,
            "MESSENGER_API": self.messenger.base,
            "MESSENGER_TOKEN": messenger.TOKEN,
            "MESSENGER_APP_SECRET": messenger.SECRET,
            "MESSENGER_VERIFY_TOKEN": messenger.VERIFY,
            "TELEGRAM_API": self.telegram.base,
            "TELEGRAM_TOKEN": telegram.TOKEN,
        }


async def healthy(request: web.Request) -> web.Response:
    return web.json_response({"ok": True})


class Slow(ZaloApi):
    """A platform that takes its time."""

    async def do_getMe(self, asked: dict[str, Any]) -> web.Response:
        await asyncio.Event().wait()
        raise AssertionError("nobody rings")


@pytest.fixture
def outside() -> Iterator[Outside]:
    there = Outside()
    thread = threading.Thread(target=there.loop.run_forever, daemon=True)
    thread.start()
    try:
        there.do(there.open())
        yield there
        there.do(there.stack.aclose())
    finally:
        there.loop.call_soon_threadsafe(there.loop.stop)
        thread.join()
        there.loop.close()


@pytest.fixture
def told(thidua: Thidua, outside: Outside, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Ran]:
    monkeypatch.setenv("COLUMNS", "80")

    def ran(*arguments: str, **changed: str) -> Ran:
        return thidua("channels", *arguments, **outside.settings() | changed)

    return ran


@pytest.fixture
def lived(memory: str) -> None:
    """A database in which somebody wrote on Zalo, and got an answer."""
    asyncio.run(live(Store(memory, lambda: NOW)))


async def live(store: Store) -> None:
    then = store.as_of(NOW - timedelta(days=2))
    async with then.unit() as unit:
        await unit.inbox.store([Heard("telegram", "t1", "7", {})])
        await unit.people.at([("telegram", "7")])
    async with store.as_of(NOW - timedelta(minutes=90)).unit() as unit:
        await unit.inbox.store([Heard("zalo", f"{n}", f"người {n}", {}) for n in range(31)])
    for state, hours in (("sent", 1), ("failed", 2), ("uncertain", 3), ("sent", 30)):
        begun = milliseconds(NOW - timedelta(hours=hours))
        row = Outbox(channel="zalo", address="người 1", body=None, created_at=NOW, begun=begun)
        row.state = state
        async with store.unit() as unit:
            unit.session.add(row)
    async with store.unit() as unit:
        unit.outbox.add("messenger", "7", [{"text": "x"}] * 3)
    await store.close()


@pytest.mark.usefixtures("lived")
def test_every_channel_is_a_line_that_fits_the_screen(
    told: Callable[..., Ran], outside: Outside
) -> None:
    ran = told(ZALO_LIMITS="quota=10")
    assert ran.code == 0
    lines = ran.out.splitlines()
    assert max(map(len, lines)) <= 80
    words = [line.split() for line in lines]
    assert words[1][:3] == ["trang", "web", "tốt"]
    assert words[2][:5] == ["Zalo", "tốt", "bot.ThiDua", "ta", "hỏi"]
    assert words[2][5].endswith("/10")
    assert words[2][6:] == ["31/50", "08:30", "09:00", "0"]
    assert words[4] == ["Messenger", "tốt", "HTX", "Tân", "Thuận", "mang", "tới", "0", "3"]
    assert words[5] == ["Telegram", "tốt", "@thidua_bot", "ta", "hỏi", "1", "13/04", "0"]
    assert "Zalo: 24 giờ qua 1 tin hỏng, 1 tin không rõ tới chưa" in ran.out
    assert {*outside.zalo.calls} == {"getMe", "getWebhookInfo"}


@pytest.mark.usefixtures("lived")
def test_machines_read_a_line_each(told: Callable[..., Ran]) -> None:
    ran = told("--json", ZALO_LIMITS="quota=10", TELEGRAM_TOKEN="")
    page, on_zalo, _, _, on_telegram = ran.lines
    assert ran.code == 0
    assert (page["channel"], page["well"], page["quota"]) == ("web", True, None)
    assert (on_zalo["well"], on_zalo["updates"], on_zalo["hook"]) == (True, "asked", "")
    assert (on_zalo["people"], on_zalo["most_people"]) == (31, 50)
    assert on_zalo["last_heard"] == "2025-04-15T08:30:00+07:00"
    assert on_zalo["last_sent"] == "2025-04-15T09:00:00+07:00"
    assert (on_zalo["failed"], on_zalo["uncertain"], on_zalo["waiting"]) == (1, 1, 0)
    assert (on_telegram["on"], on_telegram["well"]) == (False, None)
    assert on_telegram["remarks"] == ["tắt; muốn bật thì đặt THIDUA_TELEGRAM_TOKEN"]


def test_what_is_wrong_is_said_with_what_to_do_and_without_secrets(
    told: Callable[..., Ran], outside: Outside
) -> None:
    outside.messenger.fields = ["messages"]
    outside.zalo.hook = {"url": f"https://nguoi-khac.vn/{zalo.TOKEN}", "secret_token": "x"}
    ran = told("--json", TELEGRAM_TOKEN="7:sai-mã")
    said = {f"{each['channel']}": f"{each['troubles']}" for each in ran.lines}
    assert ran.code == 1
    assert "https://nguoi-khac.vn/… nên ta hỏi không được" in said["zalo"]
    assert "không báo cho ta: messaging_postbacks" in said["messenger"]
    assert "so THIDUA_TELEGRAM_TOKEN với mã của BotFather" in said["telegram"]
    assert said["web"] == "[]"
    assert not [secret for secret in (zalo.TOKEN, messenger.TOKEN) if secret in ran.out]
    assert told(TELEGRAM_TOKEN="7:sai-mã").out.count("✗") == 3


def test_who_is_away_does_not_hold_up_the_others(
    told: Callable[..., Ran], outside: Outside
) -> None:
    away = "http://127.0.0.1:1"
    ran = told("--json", ZALO_API=away, MESSENGER_API=f"{away}/v1", PORT="1")
    said = {f"{each['channel']}": each for each in ran.lines}
    assert "THIDUA_PROXY, THIDUA_ZALO_API" in f"{said['zalo']['troubles']}"
    assert "không nối tới được" in f"{said['messenger']['troubles']}"
    assert "thidua serve chưa chạy" in f"{said['web']['troubles']}"
    assert said["telegram"]["well"] is True


async def test_who_is_slow_is_told_of_as_such(tmp_path: Path) -> None:
    async with Slow() as api:
        slow = {"zalo_api": api.base, "zalo_token": zalo.TOKEN, "port": 1}
        store = Store(sqlite(tmp_path), lambda: NOW)
        found = await inspect(Settings.model_validate(slow), store, patience=0.05)
        await store.close()
    [late] = [each for each in found if each.standing.channel == "zalo"]
    assert isinstance(late.said, Silent)
    assert findings(late, NOW)[0].text.startswith("7 giây chưa trả lời")


HOOK = "https://thidua.example.vn/hooks/telegram"
Case = tuple[dict[str, Any], Checkup | CallFailed, str]
LONG_AGO = NOW - timedelta(hours=2)
FINDINGS: dict[str, Case] = {
    "all well": ({}, Checkup("a", HOOK), ""),
    "it does not say": ({}, Checkup("a"), ""),
    "not yet told": ({}, Checkup("a", ""), "✗chưa biết phải mang tin tới https"),
    "told elsewhere": ({}, Checkup("a", "https://x/"), "✗đang mang tin tới https://x/, không"),
    "trouble": ({}, Checkup("a", HOOK, troubles=("no",), troubled_at=NOW), "✗báo trục trặc (lúc"),
    "over": ({}, Checkup("a", HOOK, troubles=("no",), troubled_at=LONG_AGO), "–báo trục trặc"),
    "stuck": (
        {},
        Checkup("a", HOOK, troubles=("no",), troubled_at=LONG_AGO, waiting=3),
        "✗báo trục trặc (lúc 08:00 15/04/2025): no –còn giữ 3 tin",
    ),
    "odd": ({}, NoAnswer("502"), "✗trả lời lạ (502)"),
    "scarce": ({"quota": 3000, "used": 2401}, Checkup("a"), "–tháng này chỉ còn 599 tin"),
    "enough": ({"quota": 3000, "used": 2400}, Checkup("a"), ""),
    "used up": ({"quota": 3000, "used": 3007}, Checkup("a"), "✗hết tin của tháng này"),
    "they know better": ({"quota": 3000, "used": 7}, Checkup("a", left=0), "✗hết tin"),
    "full": ({"most": 50, "people": 50}, Checkup("a"), "–đủ 50 người"),
    "failures": ({"traffic": Traffic(failed=2)}, Checkup("a"), "–24 giờ qua 2 tin hỏng, 0"),
}


@pytest.mark.parametrize("name", FINDINGS)
def test_what_an_operator_is_told(name: str) -> None:
    known, said, words = FINDINGS[name]
    each = Inspected(Standing("telegram", **known), url=HOOK, said=said)
    found = findings(each, NOW)
    told = " ".join(f"{'✗' if finding.bad else '–'}{finding.text}" for finding in found)
    assert told.startswith(words)
    assert bool(told) == bool(words)
