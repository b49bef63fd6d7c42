"""What people write to an Official Account comes in and is answered, whatever breaks."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import orjson
import pytest
from aiohttp import ClientSession
from pydantic import SecretStr

from bot.app import App
from bot.channels.zalo_oa import ZaloOA
from bot.channels.zalo_oa_door import SLOW, introduce
from bot.knowledge import Knowledge
from bot.platforms import zalo_oa
from bot.settings import Settings
from content.library import Library
from storage.people import Where
from storage.unit import Store
from tests.channels.conftest import running, served
from tests.databases import sqlite
from tests.fakes.clock import Time
from tests.fakes.zalo_oa import APP_ID, APP_SECRET, FIRST, SECRET, ZaloOaApi, no, said
from tests.fakes.zalo_oa.events import LAN

ASKED = "hạn nộp hồ sơ khen thưởng vĩnh thuận"
THERE: Where = ("zalo_oa", LAN)


@pytest.fixture
async def api() -> AsyncIterator[ZaloOaApi]:
    async with ZaloOaApi(Time()) as api:
        yield api


def settings(api: ZaloOaApi) -> Settings:
    return Settings(
        secret_key=SecretStr("k" * 32),
        zalo_oa_app_id=APP_ID,
        zalo_oa_app_secret=SecretStr(APP_SECRET),
        zalo_oa_secret=SecretStr(SECRET),
        zalo_oa_refresh_token=SecretStr(FIRST),
        zalo_oa_api=api.base,
        zalo_oa_oauth=api.base,
    )


@pytest.fixture
async def app(api: ZaloOaApi, tmp_path: Path, library: Library) -> AsyncIterator[App]:
    """The whole house behind the account, as it is opened from the settings."""
    store = Store(sqlite(tmp_path), api.clock)
    async with zalo_oa(settings(api), store) as platform:
        assert platform
        assert platform.hook
        app = App(store, Knowledge(library), {platform.channel.name: platform.channel})
        await app.open()
        jobs = [app.intake.run(), app.turns.run(), app.sender.run(), *platform.jobs(app, [])]
        async with running(*jobs), served(platform.hook(app)) as api.url:
            yield app
    await store.close()


async def test_people_are_greeted_and_answered_once_and_nobody_else_is_believed(
    api: ZaloOaApi, app: App
) -> None:
    assert await api.follow() == [200]
    await api.until(lambda: len(api.seen()) == 1)
    assert "Mình là trợ lý" in api.seen()[0]
    assert await api.follow() == [200]  # once more
    asked = said(ASKED)
    assert await api.bring(asked) == await api.bring(asked) == [200]
    await api.until(lambda: len(api.seen()) == 2)
    assert await api.bring(said("giả", mid="m9"), secret="đoán mò") == [403] * 3
    assert "3 lần webhook sai chữ ký" in str((await app.healthy())["troubles"])
    assert await api.bring(said(event="user_send_sticker", mid="m10")) == [200]
    assert (await app.healthy())["troubles"] == {}
    await api.until(lambda: len(api.seen()) == 3)
    assert "02/6/2025" in api.seen()[1]


async def test_buttons_are_pressed_and_typed(api: ZaloOaApi, app: App) -> None:
    await api.say("đăng ký vĩnh thuận")
    await api.until(lambda: len(api.seen()) == 1)
    await api.press("Chủ đề")
    await api.until(lambda: len(api.seen()) == 2)
    assert api.seen()[0] != api.seen()[1]


async def test_the_console_finds_us_there_and_brings_nothing(api: ZaloOaApi, app: App) -> None:
    async with ClientSession() as http:
        for probe in (http.post(api.url, data=b"{}"), http.get(api.url)):
            async with probe as answer:
                assert answer.status == 200
        for forged in (orjson.dumps(said(ASKED)), pieces(b"{}")):
            async with http.post(api.url, data=forged) as answer:
                assert answer.status == 403
    assert (await app.healthy())["troubles"] == {}
    async with app.store.view() as unit:
        assert await unit.inbox.count_open() == await unit.inbox.count_parked() == 0


async def pieces(body: bytes) -> AsyncIterator[bytes]:
    """A body whose size nobody tells beforehand."""
    yield body


async def test_staff_answer_for_longer_than_we_remind(app: App) -> None:
    assert app.channels["zalo_oa"].can.window == timedelta(hours=48)
    assert app.turns.windows == {"zalo_oa": timedelta(hours=168)}


async def test_who_follows_no_more_is_told_nothing_until_they_write(
    api: ZaloOaApi, app: App
) -> None:
    await api.say("xin chào")
    await api.until(lambda: len(api.seen()) == 1)
    assert await api.follow("unfollow") == [200]
    assert await places(app) == []
    await api.say("xin chào")
    await api.until(lambda: len(api.seen()) == 2)
    assert await places(app) == [THERE]


async def places(app: App) -> list[Where]:
    async with app.store.view() as unit:
        person = await unit.people.known(*THERE)
        assert person
        return await unit.people.reached(person.id)


async def test_without_a_token_what_waits_is_kept(api: ZaloOaApi, app: App) -> None:
    await api.say("xin chào")
    await api.until(lambda: len(api.seen()) == 1)
    api.access, api.refresh = {}, "somebody else has it"
    assert isinstance(api.clock, Time)
    api.clock.passes(600)
    await api.say(ASKED)
    await api.until(lambda: len(api.asked) == 2)
    await asyncio.wait(app.sender.sending)
    assert "-14014" in str((await app.healthy())["troubles"])
    api.refresh = "refresh-1"  # as if the operator had given us this one
    api.clock.passes(1801)
    app.sender.bell.set()
    await api.until(lambda: len(api.seen()) == 2)
    assert "02/6/2025" in api.seen()[1]
    assert (await app.healthy())["troubles"] == {}


async def test_the_operator_reads_as_whom_zalo_knows_us(
    api: ZaloOaApi, app: App, caplog: pytest.LogCaptureFixture
) -> None:
    oa = app.channels["zalo_oa"]
    assert isinstance(oa, ZaloOA)
    api.fail("getoa", (200, no(-209)), (502, {}))
    caplog.set_level("INFO")
    await introduce(oa, SLOW.__class__(first=0.01, longest=0.02))
    assert "LMHTX tỉnh" in caplog.text
    assert "-209" in caplog.text
