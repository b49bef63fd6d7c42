"""Pictures and files leave as Telegram wants them, the words and buttons below the last."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from bot.channels.telegram import CAPTION, Telegram
from handlers.errors import Rejected, SendFailed, Uncertain, Unreachable
from handlers.talk import Button, Made, Reply
from tests.fakes.papers import png
from tests.fakes.telegram import CUT_AFTER, TOKEN, BotApi, Fault

BUTTONS = (Button("Gửi đăng ký", "form:send"), Button("Sửa một mục", "form:edit"))
HELLO = Reply("Anh chị xem lại nhé", BUTTONS)
PICTURE = Made("bản xem trước.png", png())
SHEET, WORD = Made("phiếu.pdf", b"%PDF-1.7"), Made("phiếu.docx", b"PK")
Seen = list[tuple[str, str, bool]]


@pytest.fixture
async def telegram(api: BotApi) -> AsyncIterator[Telegram]:
    async with Telegram(TOKEN, api.base) as telegram:
        yield telegram


def seen(api: BotApi, chat: int = 7) -> Seen:
    """Of each message: the name of its file, its words, and whether there are buttons."""
    return [(m.file.name if m.file else "", m.text, bool(m.rows)) for m in api.seen(chat)]


async def test_a_picture_comes_whole_with_words_and_buttons_below(
    api: BotApi, telegram: Telegram
) -> None:
    await telegram.send("7", HELLO, [PICTURE])
    [message] = api.seen(7)
    assert message.file
    assert (message.file.kind, message.file.name) == ("photo", "bản xem trước.png")
    assert (message.file.content, message.text) == (PICTURE.content, HELLO.text)
    assert message.rows == [["Gửi đăng ký", "Sửa một mục"]]


async def test_several_files_come_in_order_and_the_words_last(
    api: BotApi, telegram: Telegram
) -> None:
    await telegram.send("7", HELLO, [SHEET, WORD])
    assert seen(api) == [("phiếu.pdf", "", False), ("phiếu.docx", HELLO.text, True)]
    assert {message.file.kind for message in api.seen(7) if message.file} == {"document"}


async def test_long_words_stand_in_a_message_of_their_own(api: BotApi, telegram: Telegram) -> None:
    long = Reply("ữ" * (CAPTION + 1), BUTTONS)
    await telegram.send("7", long, [PICTURE])
    await telegram.send("8", Reply("ữ" * CAPTION), [PICTURE])
    assert seen(api) == [("bản xem trước.png", "", False), ("", long.text, True)]
    assert [name for name, *_ in seen(api, 8)] == ["bản xem trước.png"]


@pytest.mark.parametrize("content", [png(600, 9500), png(10, 210), b"no picture"])
async def test_a_picture_that_is_refused_comes_as_a_file(
    api: BotApi, telegram: Telegram, content: bytes
) -> None:
    await telegram.send("7", HELLO, [Made("phiếu.png", content)])
    [message] = api.seen(7)
    assert message.file
    assert (message.file.kind, message.file.content) == ("document", content)
    assert (message.text, bool(message.rows)) == (HELLO.text, True)


async def test_a_picture_too_heavy_to_be_shown_is_not_tried_as_one(
    api: BotApi, telegram: Telegram
) -> None:
    heavy = Made("phiếu.png", png() + bytes(telegram.can.max_picture))
    await telegram.send("7", HELLO, [heavy])
    assert [method for method, _ in api.calls] == ["sendDocument"]
    assert telegram.can.takes(heavy)
    assert not telegram.can.takes(Made("a.zip", bytes(telegram.can.max_file + 1)))


@pytest.mark.parametrize(
    ("fault", "kind"),
    [
        (Fault(403, "Forbidden: bot was blocked by the user"), Unreachable),
        (Fault(400, "Bad Request: chat not found"), Unreachable),
        (Fault(400, "Bad Request: wrong file"), Rejected),
        (Fault(429, "Too Many Requests", {"retry_after": 7}), SendFailed),
        (Fault(502, page="<html>Bad Gateway</html>"), Uncertain),
        (CUT_AFTER, Uncertain),
    ],
)
async def test_a_refusal_is_said_in_our_words(
    api: BotApi, telegram: Telegram, fault: Fault, kind: type[SendFailed]
) -> None:
    api.faults = {"sendPhoto": fault, "sendDocument": fault}
    with pytest.raises(SendFailed) as refused:
        await telegram.send("7", HELLO, [PICTURE])
    assert type(refused.value) is kind
    assert refused.value.retry_after == (7 if fault.parameters else None)


async def test_a_group_that_moved_gets_its_file(api: BotApi, telegram: Telegram) -> None:
    api.moved[-5] = -1005
    await telegram.send("-5", HELLO, [SHEET])
    assert seen(api, -1005) == [("phiếu.pdf", HELLO.text, True)]
