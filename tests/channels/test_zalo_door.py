"""What people write on Zalo comes in and is answered, asked for or brought, whatever breaks."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import pytest

from bot.app import App
from bot.channels.door import Patience
from bot.channels.zalo import ZaloBot
from bot.channels.zalo_door import hook, introduce, news, poll, subscribe, told
from bot.platforms import ears
from content.library import Library
from storage.tables import Outbox
from tests.channels.conftest import Housed, running, served
from tests.fakes.zalo import CUT_BEFORE, GROUP, LAN, TOKEN, Fault, ZaloApi, no, sent, text

SECRET = "bí-mật-của-ta"
QUICK = Patience(news=1, first=0.01, longest=0.02)
ASKED = "hạn nộp hồ sơ khen thưởng vĩnh thuận"


@pytest.fixture
async def api() -> AsyncIterator[ZaloApi]:
    async with ZaloApi() as api:
        yield api


@pytest.fixture
async def zalo(api: ZaloApi) -> AsyncIterator[ZaloBot]:
    async with ZaloBot(TOKEN, api.base, secret=SECRET) as zalo:
        yield zalo


@pytest.fixture
async def app(zalo: ZaloBot, housed: Housed, library: Library) -> AsyncIterator[App]:
    assert library.index  # made now, and not while somebody waits for an answer
    async with housed(zalo) as app:
        yield app


async def test_a_question_is_answered_once_though_the_platform_is_clumsy(
    api: ZaloApi, zalo: ZaloBot, app: App
) -> None:
    api.faults["getUpdates"] += [
        Fault(502, "<html>Bad Gateway</html>"),
        Fault(200, no(408, "Request timeout")),
        Fault(429, no(429, "Quota exceeded")),
        CUT_BEFORE,
        Fault(200, {"ok": True, "result": [text("m77", ASKED)]}),  # an array is taken, too
    ]
    again = text("m77", ASKED)
    async with running(introduce(zalo, QUICK), poll(zalo, *ears(app), QUICK)):
        for update in (again, {"ok": True, "result": again}, text("m78", "1", "ai-đó")):
            await api.tell(update)
        await api.until(lambda: len(api.sent) == 2)
    assert "02/6/2025" in api.seen()[0]
    assert api.calls["getMe"] == api.calls["deleteWebhook"] == 1


async def test_who_cannot_be_read_hears_what_to_do(api: ZaloApi, zalo: ZaloBot, app: App) -> None:
    heard = [
        sent("unsupported", "1"),
        {"event_name": "message.unsupported.received"},  # nobody knows from whom
        sent("sticker", "2"),
        sent("voice", "3"),
        sent("text", "4", text="@bot hạn nộp?", chat=GROUP),
    ]
    async with running(poll(zalo, *ears(app), QUICK)):
        for update in heard:
            await api.tell(update)
        await api.until(lambda: len(api.sent) == 4)
        await api.say(ASKED)
        await api.until(lambda: len(api.sent) == 5)
    kept, sticker, voice, answer = api.seen()
    assert kept.startswith("Zalo không đưa cho mình nội dung tin này.")
    assert "gọi cán bộ phụ trách, hoặc nhờ người nhà" in kept
    assert "gõ chữ giúp mình" in sticker
    assert "bấm micrô" in voice
    assert "nhắn riêng" in api.seen("zgr-77")[0]
    assert "02/6/2025" in answer


async def test_what_is_brought_is_taken_once_it_is_safe_and_from_zalo_alone(
    api: ZaloApi, zalo: ZaloBot, app: App
) -> None:
    async with served(hook(zalo, *ears(app))) as url:
        await subscribe(zalo, url, QUICK)
        await api.say(ASKED)
        await api.tell({"event_name": "message.unsupported.received"})
        await api.tell({"ok": True, "result": text("m1", ASKED)})
        await api.until(lambda: len(api.sent) == 1)
        api.hook["secret_token"] = "đoán mò"
        await api.say(ASKED)
    assert api.brought == [200, 200, 200, *[403] * 5]
    assert "02/6/2025" in api.seen()[0]


async def test_a_hook_that_zalo_could_not_reach_is_told(
    api: ZaloApi, zalo: ZaloBot, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("INFO")
    tried = {"ok": False, "outcome": "HTTP_403", "hint": "Cloudflare"}
    api.fail("setWebhook", 200, {"ok": True, "result": {"url": "", "verification": tried}})
    await subscribe(zalo, "https://thidua.example/hooks/zalo", QUICK)
    assert "hooks/zalo in vain: HTTP_403 Cloudflare" in caplog.text


async def test_two_who_ask_with_one_token_are_told_of_it(api: ZaloApi, zalo: ZaloBot) -> None:
    api.idle = 5
    first = asyncio.create_task(news(zalo, 5))
    await api.until(lambda: api.asking == 1)
    with pytest.raises(Exception, match="409") as other:
        await news(zalo, 5)
    await api.say("ơi")
    assert len(await first) == 1
    await zalo.call("setWebhook", {"url": "https://nơi-khác.vn", "secret_token": SECRET})
    with pytest.raises(Exception, match="400") as brought:
        await news(zalo, 5)
    for error in (other.value, brought.value):
        assert "does anybody else use our token" in told(error)


async def test_when_the_month_s_messages_are_used_up_an_answer_is_given_up_and_the_next_tried(
    api: ZaloApi, zalo: ZaloBot, app: App
) -> None:
    api.left = 0
    async with running(poll(zalo, *ears(app), QUICK)):
        await api.say(ASKED)
        await api.until(lambda: api.calls["sendMessage"] == 1)
        api.left = 5  # of a larger plan
        await api.say(ASKED)
        await api.until(lambda: len(api.sent) == 1)
    async with app.store.view() as unit:
        first = await unit.session.get_one(Outbox, 1)
    assert (first.state, first.reason) == ("failed", "quota")
    assert (api.calls["sendMessage"], len(api.seen(LAN))) == (2, 1)
