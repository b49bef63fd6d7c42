"""What people write on Zalo comes in and is answered, asked for or brought, whatever breaks."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from bot.app import App
from bot.channels.door import Patience
from bot.channels.zalo import ZaloBot
from bot.channels.zalo_door import hook, introduce, poll, subscribe
from bot.platforms import ears
from tests.channels.conftest import Housed, running, served
from tests.fakes.zalo import TOKEN, ZaloApi, text

SECRET = "bí-mật-của-ta"
QUICK = Patience(news=1, first=0.01, longest=0.02)


@pytest.fixture
async def api() -> AsyncIterator[ZaloApi]:
    async with ZaloApi() as api:
        yield api


@pytest.fixture
async def zalo(api: ZaloApi) -> AsyncIterator[ZaloBot]:
    async with ZaloBot(TOKEN, api.base, secret=SECRET) as zalo:
        yield zalo


@pytest.fixture
async def app(zalo: ZaloBot, housed: Housed) -> AsyncIterator[App]:
    async with housed(zalo) as app:
        yield app


async def test_a_question_is_answered_once_though_the_platform_is_clumsy(
    api: ZaloApi, zalo: ZaloBot, app: App
) -> None:
    api.fail("getUpdates", 502, {"oops": 1})
    api.fail("getUpdates", 429, {"ok": False, "error_code": 429, "description": "Quota exceeded"})
    again = text("m77", "hạn nộp hồ sơ khen thưởng vĩnh thuận")
    polling = poll(zalo, app.intake.hear, app.intake.park, QUICK)
    async with running(introduce(zalo, QUICK), polling):
        for update in (again, again, text("m78", "1", "ai-đó")):
            await api.tell(update)
        await api.until(lambda: len(api.sent) == 2)
    assert "02/6/2025" in api.seen()[0]
    assert api.calls["getMe"] == api.calls["deleteWebhook"] == 1


async def test_who_cannot_be_read_hears_what_to_do(api: ZaloApi, zalo: ZaloBot, app: App) -> None:
    async with running(poll(zalo, app.intake.hear, app.intake.park, QUICK)):
        message = {"message_id": "u1", "chat": {"id": "6ede0001"}}
        await api.tell({"event_name": "message.unsupported.received", "message": message})
        await api.tell({"event_name": "message.unsupported.received"})
        await api.say("xin chào")
        await api.until(lambda: len(api.sent) == 2)
    assert "Zalo không cho mình đọc tin này" in api.seen()[0]


async def test_what_is_brought_is_taken_once_it_is_safe_and_from_zalo_alone(
    api: ZaloApi, zalo: ZaloBot, app: App
) -> None:
    async with served(hook(zalo, *ears(app))) as url:
        await subscribe(zalo, url, QUICK)
        await api.say("hạn nộp hồ sơ khen thưởng vĩnh thuận")
        await api.until(lambda: len(api.sent) == 1)
        api.hook["secret_token"] = "đoán mò"
        await api.say("hạn nộp hồ sơ khen thưởng vĩnh thuận")
    assert api.brought == [200, *[403] * 5]
    assert "02/6/2025" in api.seen()[0]
