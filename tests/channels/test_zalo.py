"""Zalo's Bot platform: what we hear, what we send, what refusals mean."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from typing import Any

import pytest

from bot.channels.base import fit
from bot.channels.zalo import ZaloBot
from handlers.errors import Rejected, SendFailed, Uncertain
from handlers.talk import Button, Incoming, Kind, Reply
from tests.fakes.zalo import TOKEN, Update, ZaloApi, text

LAN = "6ede0001"
GROUP = {"id": "zgr-77", "chat_type": "GROUP"}
WITHOUT_TEXT = {"message_id": "m1", "from": {"id": LAN}, "chat": {"id": LAN}}


def sent(event: str, **message: Any) -> Update:
    """An update as real traffic has it; what is given as None is left out."""
    whole = {**WITHOUT_TEXT, **message}
    kept = {name: value for name, value in whole.items() if value is not None}
    return {"event_name": f"message.{event}.received", "message": kept}


def said(words: str = "", kind: Kind = "text", sender: str = LAN) -> Incoming:
    return Incoming("zalo", "m1", sender, words, kind=kind)


PHOTO = {"photo_url": "https://x/a.jpg", "message_type": "CHAT_PHOTO"}
SEEN = ("https://x/a.jpg",)
HEARD: list[tuple[Update, Incoming | None]] = [
    (text("m1", "hạn nộp?"), said("hạn nộp?")),
    ({"ok": True, "result": text("m1", "trong phong bì")}, said("trong phong bì")),
    (text("m1", "ha\u0323n"), said("hạn")),  # composed
    (text("m1", "a\u0000b\u2028c"), said("ab\nc")),
    (text("m1", "\ud83d"), said("")),  # half a character
    (text("m1", ""), said("")),
    (text("m1", "/start"), said("/start")),
    (sent("text", text="x" * 5000), said("x" * 5000)),
    (sent("text", text=None), said("")),
    (sent("text", text=7), said("")),
    (sent("text", text=["a"]), said("")),
    (sent("text", text="chào", chat=GROUP), said("chào", "group", "zgr-77")),
    (sent("text", text="máy", **{"from": {"id": "b", "is_bot": True}}), None),
    (sent("text", text="ẩn", **{"from": None}), said("ẩn")),
    (sent("image", photo="https://x/a.jpg"), replace(said("", "photo"), photos=SEEN)),
    (sent("image", **PHOTO), replace(said("", "photo"), photos=SEEN)),
    (sent("image", **PHOTO, caption="cầu ấp 3"), replace(said("cầu ấp 3", "photo"), photos=SEEN)),
    (sent("image", chat=GROUP), said("", "group", "zgr-77")),
    (sent("sticker", sticker="s1", url="https://x/s"), said("", "sticker")),
    (sent("voice", voice_url="https://x/v.aac"), said("", "voice")),
    (sent("unsupported"), said("", "unreadable")),
    (sent("unsupported", message_type="CHAT_LINK"), said("", "unreadable")),
    ({"event_name": "message.unsupported.received"}, None),  # nobody to answer
    ({"event_name": "message.unsupported.received", "message": None}, None),
    (sent("reaction"), said("", "other")),  # what may come yet
    ({"event_name": "user.followed", "message": WITHOUT_TEXT}, said("", "other")),
    ({"message": WITHOUT_TEXT}, said("", "other")),
    ({"event_name": 5, "message": WITHOUT_TEXT}, said("", "other")),
    (sent("text", text="ai", chat=None), None),
    (sent("text", text="ai", chat={"id": 7}), None),
    (sent("text", text="ai", chat={"id": ""}), None),
    (sent("text", text="số", message_id=None), None),
    (sent("text", text="số", message_id=12), None),
    ({"event_name": "message.text.received", "message": "chữ"}, None),
    ({"ok": True, "result": None}, None),
    ({}, None),
]


@pytest.mark.parametrize(("update", "heard"), HEARD)
def test_what_is_heard(update: Update, heard: Incoming | None) -> None:
    assert [*ZaloBot(TOKEN).read(update)] == ([heard] if heard else [])


@pytest.fixture
async def api() -> AsyncIterator[ZaloApi]:
    async with ZaloApi() as api:
        yield api


@pytest.fixture
async def zalo(api: ZaloApi) -> AsyncIterator[ZaloBot]:
    async with ZaloBot(TOKEN, api.base) as zalo:
        yield zalo


async def test_choices_are_numbered_and_long_texts_come_in_parts(
    api: ZaloApi, zalo: ZaloBot
) -> None:
    reply = Reply("Câu dài. " * 300, (Button("Hạn nộp", "a"), Button("Hồ sơ", "b")))
    for part in fit(reply, zalo.can):
        await zalo.send(LAN, part)
    first, last = api.seen(LAN)
    assert first.startswith("Câu dài.")
    assert last.endswith("\n1. Hạn nộp\n2. Hồ sơ")


def no(code: int) -> dict[str, Any]:
    return {"ok": False, "error_code": code, "description": "said no"}


REFUSALS = [
    (200, no(400), Rejected),  # an error in an answer that says it is none
    (400, no(400), Rejected),
    (401, no(401), SendFailed),
    (403, no(403), Uncertain),
    (404, no(404), Rejected),
    (408, no(408), Uncertain),
    (429, no(429), Rejected),  # the month's messages are used up
    (500, no(500), Uncertain),
    (502, {"oops": 1}, Uncertain),
    (200, [], Uncertain),
    (200, {"ok": "yes"}, Uncertain),
    (418, {"ok": False}, SendFailed),
    (500, {"ok": True, "result": {}}, Uncertain),
]


@pytest.mark.parametrize(("status", "answer", "kind"), REFUSALS)
async def test_what_refusals_mean(
    api: ZaloApi, zalo: ZaloBot, status: int, answer: Any, kind: type[SendFailed]
) -> None:
    api.fail("sendMessage", status, answer)
    with pytest.raises(SendFailed) as raised:
        await zalo.send(LAN, Reply("chào"))
    assert raised.type is kind
    assert not api.sent


async def test_when_the_month_s_messages_are_used_up_nobody_tries_again(
    api: ZaloApi, zalo: ZaloBot
) -> None:
    api.left = 1
    await zalo.send(LAN, Reply("còn"))
    with pytest.raises(Rejected, match="Quota"):
        await zalo.send(LAN, Reply("hết"))


async def test_where_nobody_answers_nothing_has_left_and_no_token_is_told() -> None:
    async with ZaloBot(TOKEN, "http://127.0.0.1:1") as zalo:
        with pytest.raises(SendFailed) as raised:
            await zalo.send(LAN, Reply("chào"))
    assert raised.type is SendFailed
    assert TOKEN not in f"{raised.value!r} {raised.value.__cause__!r}"


@pytest.mark.parametrize(
    ("secret", "shown", "trusted"),
    [("bí mật của ta", "bí mật của ta", True), ("abcdefgh", "abcdefgx", False), ("", "", False)],
)
def test_only_who_knows_the_secret_is_trusted(secret: str, shown: str, trusted: bool) -> None:
    zalo = ZaloBot(TOKEN, secret=secret)
    assert zalo.trusts({"X-Bot-Api-Secret-Token": shown}, b"") is trusted
