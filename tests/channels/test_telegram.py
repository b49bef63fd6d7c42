"""Replies leave as Telegram wants them; what comes back is said in our words."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import pytest
from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup
from telegram.error import BadRequest, Forbidden, RetryAfter, TelegramError

from bot.channels.base import Channel
from bot.channels.telegram import Telegram, failure, rows
from handlers.errors import Rejected, SendFailed, Uncertain, Unreachable
from handlers.talk import Button, Reply
from tests.fakes.telegram import BLOCKED, CUT_AFTER, CUT_BEFORE, TOKEN, BotApi, Fault, NoSuchButton

HELLO = Reply("Chào bà con")
HEADER = "X-Telegram-Bot-Api-Secret-Token"


@pytest.fixture
async def telegram(api: BotApi) -> AsyncIterator[Telegram]:
    async with Telegram(TOKEN, api.base) as telegram:
        yield telegram


def test_telegram_is_a_channel() -> None:
    channel: Channel = Telegram(TOKEN)
    assert channel.can.max_text == 4096


async def test_a_reply_arrives_as_plain_text(api: BotApi, telegram: Telegram) -> None:
    await telegram.send("7", Reply("<b>Hạn</b> *02/6/2025* https://example.org"))
    [(method, asked)] = api.calls
    assert api.texts(7) == ["<b>Hạn</b> *02/6/2025* https://example.org"]
    assert method == "sendMessage"
    assert "parse_mode" not in asked
    assert asked["link_preview_options"] == {"is_disabled": True}


async def test_what_is_said_stands_in_no_log(
    api: BotApi, telegram: Telegram, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("DEBUG")
    await telegram.send("7", Reply("Chào chị Lan"))
    assert "Lan" not in caplog.text


async def test_buttons_stand_below_a_reply(api: BotApi, telegram: Telegram) -> None:
    buttons = (Button("Kế hoạch", "plans"), Button("Đăng ký", "register"))
    await telegram.send("7", Reply("Chọn nhé", buttons))
    [message] = api.seen(7)
    assert message.rows == [["Kế hoạch", "Đăng ký"]]
    assert message.values == {"Kế hoạch": "plans", "Đăng ký": "register"}


@pytest.mark.parametrize(
    ("labels", "laid"),
    [
        ([], []),
        (["a"], [["a"]]),
        (["a", "b", "c"], [["a", "b"], ["c"]]),
        (["a", "Liên minh HTX tỉnh Yên Bái", "b"], [["a"], ["Liên minh HTX tỉnh Yên Bái"], ["b"]]),
    ],
)
def test_short_labels_share_a_row(labels: list[str], laid: list[list[str]]) -> None:
    found = rows([Button(label, label) for label in labels])
    assert [[button.label for button in row] for row in found] == laid


def test_small_buttons_have_a_row_of_their_own() -> None:
    buttons = [Button("a", "a"), Button("b", "b", small=True), Button("c", "c", small=True)]
    assert [[button.label for button in row] for row in rows(buttons)] == [["a"], ["b", "c"]]


REFUSALS: dict[str, tuple[Fault, type[SendFailed]]] = {
    "blocked": (BLOCKED, Unreachable),
    "deactivated": (Fault(403, "Forbidden: user is deactivated"), Unreachable),
    "no chat": (Fault(400, "Bad Request: chat not found"), Unreachable),
    "no rights": (Fault(400, "Bad Request: not enough rights to send text messages"), Unreachable),
    "too long": (Fault(400, "Bad Request: message is too long"), Rejected),
    "flood": (Fault(429, "Too Many Requests", {"retry_after": 7}), SendFailed),
    "flood without end": (Fault(429, "Too Many Requests"), SendFailed),
    "wrong token": (Fault(401, "Unauthorized"), SendFailed),
    "out of order": (Fault(500, "Internal Server Error"), SendFailed),
    "restarting": (Fault(502, "Bad Gateway"), SendFailed),
    "a gateway's 502": (Fault(502, page="<html>Bad Gateway</html>"), Uncertain),
    "a firewall's 403": (Fault(403, page="<html>Blocked</html>"), Uncertain),
    "a portal's 200": (Fault(200, page="<html>Log in to the Wi-Fi</html>"), Uncertain),
    "an answer without a result": (Fault(200, "?"), Uncertain),
    "cut before": (CUT_BEFORE, Uncertain),
    "cut after": (CUT_AFTER, Uncertain),
}


@pytest.mark.parametrize("name", REFUSALS)
async def test_a_refusal_is_said_in_our_words(api: BotApi, telegram: Telegram, name: str) -> None:
    fault, kind = REFUSALS[name]
    api.next.append(fault)
    with pytest.raises(SendFailed) as refused:
        await telegram.send("7", HELLO)
    assert type(refused.value) is kind
    assert refused.value.retry_after == (7 if fault.parameters else None)
    assert len(api.seen(7)) == (1 if fault is CUT_AFTER else 0)
    await telegram.send("7", HELLO)


async def test_where_nobody_listens_nothing_has_left() -> None:
    async with BotApi() as api:
        base = api.base
    async with Telegram(TOKEN, base) as telegram:
        with pytest.raises(SendFailed) as refused:
            await telegram.send("7", HELLO)
    assert type(refused.value) is SendFailed
    assert TOKEN not in str(refused.value)


async def test_an_address_that_is_none_sends_nothing_and_shows_no_token() -> None:
    async with Telegram(TOKEN, "127.0.0.1:1") as telegram:
        with pytest.raises(SendFailed) as refused:
            await telegram.send("7", HELLO)
    assert type(refused.value) is SendFailed
    assert TOKEN not in str(refused.value)


async def test_a_proxy_that_is_away_sends_nothing(api: BotApi) -> None:
    async with Telegram(TOKEN, api.base, proxy="http://127.0.0.1:1") as telegram:
        with pytest.raises(SendFailed) as refused:
            await telegram.send("7", HELLO)
    assert type(refused.value) is SendFailed
    assert not api.calls


async def test_a_proxy_is_used_where_one_is_set() -> None:
    async with (
        BotApi() as proxy,
        Telegram(TOKEN, "http://telegram.example", proxy=proxy.base) as telegram,
    ):
        await telegram.send("7", HELLO)
        assert proxy.texts(7) == ["Chào bà con"]


async def test_a_group_that_moved_is_followed(api: BotApi, telegram: Telegram) -> None:
    api.moved[-5] = -1005
    await telegram.send("-5", HELLO)
    assert api.texts(-1005) == ["Chào bà con"]


async def test_the_pace_of_telegram_is_told(api: BotApi, telegram: Telegram) -> None:
    api.rate = 3
    sent = await asyncio.gather(
        *(telegram.send("7", HELLO) for _ in range(5)), return_exceptions=True
    )
    floods = [error.retry_after for error in sent if isinstance(error, SendFailed)]
    assert (floods, len(api.seen(7))) == ([1, 1], 3)


async def test_a_channel_that_is_not_open_says_so() -> None:
    with pytest.raises(SendFailed, match="open the channel"):
        await Telegram(TOKEN).send("7", HELLO)


def test_an_unknown_error_leaves_it_open() -> None:
    assert type(failure(TelegramError("?"))) is Uncertain


@pytest.mark.parametrize(
    ("secret", "shown", "trusted"),
    [
        ("s3", "s3", True),
        ("s3", "s4", False),
        ("s3", "", False),
        ("", "", False),
        ("s", "ß", False),
    ],
)
def test_only_who_knows_the_secret_is_trusted(secret: str, shown: str, trusted: bool) -> None:
    assert Telegram(TOKEN, secret=secret).trusts({HEADER: shown}, b"") is trusted


def test_without_a_header_nobody_is_trusted() -> None:
    assert not Telegram(TOKEN, secret="s3").trusts({}, b"{}")


async def test_a_press_is_acknowledged(api: BotApi, telegram: Telegram) -> None:
    await telegram.send("7", Reply("?", (Button("Có", "yes"),)))
    telegram.acknowledge(api.pending[api.press(7, "Có")])
    await api.until(lambda: not api.spinning)


async def test_a_press_that_is_too_old_harms_nobody(
    api: BotApi, telegram: Telegram, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("INFO")
    telegram.acknowledge({"callback_query": {"id": "press1"}})
    telegram.acknowledge({"message": {}})
    await asyncio.gather(*telegram.acknowledging)
    assert "press1 was not acknowledged" in caplog.text


async def test_closing_does_not_wait_for_presses(api: BotApi) -> None:
    async with Telegram(TOKEN, api.base) as telegram:
        telegram.acknowledge({"callback_query": {"id": "press1"}})
    assert not telegram.acknowledging


async def test_ptb_itself_is_served(api: BotApi) -> None:
    async with Bot(TOKEN, base_url=f"{api.base}/bot") as bot:
        assert (bot.username, bot.bot.is_bot) == ("thidua_bot", True)
        keyboard = InlineKeyboardMarkup([[InlineKeyboardButton("Có", callback_data="yes")]])
        sent = await bot.send_message(7, "Chào", reply_markup=keyboard)
        assert sent.text == "Chào"
        await bot.edit_message_text(
            "Xong", chat_id=7, message_id=sent.message_id, reply_markup=keyboard
        )
        assert [(message.text, message.edited) for message in api.seen(7)] == [("Xong", True)]
        api.say(7, "một")
        pressed = api.press(7, "Có")
        one, two = await bot.get_updates(timeout=1)
        assert one.effective_message
        assert two.callback_query
        assert (one.effective_message.text, two.callback_query.data) == ("một", "yes")
        await two.callback_query.answer()
        assert await bot.get_updates(offset=pressed + 1) == ()
        api.blocked.add(7)
        with pytest.raises(Forbidden):
            await bot.send_message(7, "a")
        api.rate = 1
        with pytest.raises(RetryAfter):
            await asyncio.gather(bot.send_message(8, "a"), bot.send_message(8, "a"))
        with pytest.raises(BadRequest):
            await bot.edit_message_text("a", chat_id=7, message_id=99)


async def test_a_button_that_is_not_there_lists_what_is(api: BotApi, telegram: Telegram) -> None:
    await telegram.send("7", Reply("?", (Button("Có", "yes"), Button("Không", "no"))))
    with pytest.raises(NoSuchButton, match="'Có', 'Không'"):
        api.press(7, "Thôi")
