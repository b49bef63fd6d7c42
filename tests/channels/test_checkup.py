"""Asked what they say of us, platforms are read right, and disturbed by nothing."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta

import pytest

from bot.channels import calls, messenger_door, telegram_door, zalo_door
from bot.channels.base import Checkup
from bot.channels.calls import BadToken, NoAnswer, Refused, Unsent
from bot.channels.messenger import Messenger
from bot.channels.telegram import Telegram
from bot.channels.telegram_door import seen
from bot.channels.zalo import ZaloBot
from tests.fakes import messenger as meta
from tests.fakes import telegram as town
from tests.fakes import zalo as vng
from tests.fakes.messenger import Fault as Answered
from tests.fakes.messenger import MessengerApi, no
from tests.fakes.telegram import BotApi, Fault
from tests.fakes.zalo import ZaloApi

NOWHERE = "http://127.0.0.1:1"


@pytest.fixture
async def zalo_api() -> AsyncIterator[ZaloApi]:
    async with ZaloApi() as api:
        yield api


@pytest.fixture
async def meta_api() -> AsyncIterator[MessengerApi]:
    async with MessengerApi() as api:
        yield api


async def of_zalo(base: str, token: str = vng.TOKEN) -> Checkup:
    async with ZaloBot(token, base) as zalo:
        return await zalo_door.checkup(zalo)


async def of_telegram(base: str, token: str = town.TOKEN) -> Checkup:
    async with Telegram(token, base) as telegram:
        return await telegram_door.checkup(telegram)


async def of_messenger(base: str, token: str = meta.TOKEN) -> Checkup:
    async with Messenger(token, "", "", base) as messenger:
        return await messenger_door.checkup(messenger)


async def test_zalo_says_who_we_are_and_where_it_brings_updates(zalo_api: ZaloApi) -> None:
    assert await of_zalo(zalo_api.base) == Checkup("bot.ThiDua", hook="")
    zalo_api.hook = {"url": "https://nơi-khác.vn/", "secret_token": "x"}
    assert await of_zalo(zalo_api.base) == Checkup("bot.ThiDua", hook="https://nơi-khác.vn/")
    assert {*zalo_api.calls} == {"getMe", "getWebhookInfo"}
    with pytest.raises(BadToken):
        await of_zalo(zalo_api.base, "1:sai")
    zalo_api.fail("getWebhookInfo", 500, {"ok": False, "error_code": 500, "description": "oops"})
    with pytest.raises(Refused, match="500 oops"):
        await of_zalo(zalo_api.base)
    with pytest.raises(Unsent):
        await of_zalo(NOWHERE)


async def test_telegram_says_how_it_fares_with_our_hook(api: BotApi) -> None:
    assert await of_telegram(api.base) == Checkup("@thidua_bot", hook="")
    async with Telegram(town.TOKEN, api.base) as telegram:
        await telegram.bot.set_webhook(f"{NOWHERE}/hooks/telegram")
    api.say(7, "một")
    await api.until(lambda: bool(api.courier and api.courier.brought))
    said = await of_telegram(api.base)
    assert (said.hook, said.waiting) == (f"{NOWHERE}/hooks/telegram", 1)
    assert said.troubles == ("Wrong response from the webhook: 0 (127.0.0.1)",)
    assert said.troubled_at
    assert datetime.now(UTC) - said.troubled_at < timedelta(minutes=1)
    asked = {method for method, _ in api.calls}
    assert asked == {"getMe", "getWebhookInfo", "setWebhook"}


@pytest.mark.parametrize(
    ("fault", "means"),
    [
        (Fault(401, "Unauthorized"), BadToken),
        (Fault(429, "Too Many Requests", {"retry_after": 5}), Refused),
        (Fault(502, page="<html>"), NoAnswer),
        (town.CUT_BEFORE, NoAnswer),
    ],
)
async def test_what_telegram_fails_in_is_told_as_of_any_platform(
    api: BotApi, fault: Fault, means: type[calls.CallFailed]
) -> None:
    api.faults["getMe"] = fault
    with pytest.raises(means) as failed:
        await of_telegram(api.base)
    assert type(failed.value) is means
    with pytest.raises(Unsent):
        await of_telegram(NOWHERE)


def test_of_telegram_nothing_is_taken_for_granted() -> None:
    assert seen({}, {}) == Checkup("@", hook="")
    odd = {"url": None, "last_error_message": "x", "pending_update_count": None}
    assert seen({"username": "a"}, odd) == Checkup("@a", hook="", troubles=("x",))


async def test_messenger_says_of_which_page_we_are_and_what_it_tells_us(
    meta_api: MessengerApi,
) -> None:
    assert await of_messenger(meta_api.base) == Checkup("HTX Tân Thuận")
    meta_api.fields = ["messages", "feed"]
    assert (await of_messenger(meta_api.base)).missing == ("messaging_postbacks",)
    meta_api.looks.append(Answered(403, no(200, "(#200) Requires pages_manage_metadata")))
    assert await of_messenger(meta_api.base) == Checkup("HTX Tân Thuận")
    with pytest.raises(BadToken) as wrong:
        await of_messenger(meta_api.base, "mã-sai")
    assert "mã-sai" not in str(wrong.value)
    with pytest.raises(Unsent):
        await of_messenger(NOWHERE)
