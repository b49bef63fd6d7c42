"""Zalo's Bot platform: what we send, and what refusals mean."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from bot.channels.base import fit
from bot.channels.zalo import ZaloBot, result
from handlers.errors import Rejected, SendFailed, Uncertain, UsedUp
from handlers.talk import Button, Reply
from tests.fakes.zalo import CUT_AFTER, CUT_BEFORE, LAN, TOKEN, Fault, ZaloApi, no

YES, NO = Button("Có", "y"), Button("Không", "n")


@pytest.fixture
async def api() -> AsyncIterator[ZaloApi]:
    async with ZaloApi() as api:
        yield api


@pytest.fixture
async def zalo(api: ZaloApi) -> AsyncIterator[ZaloBot]:
    async with ZaloBot(TOKEN, api.base) as zalo:
        yield zalo


def words(text: str) -> tuple[str, dict[str, str]]:
    return "sendMessage", {"chat_id": LAN, "text": text}


SENT: dict[str, tuple[Reply, list[tuple[str, dict[str, str]]]]] = {
    "words": (Reply("chào"), [words("chào")]),
    "composed letters": (Reply("ha\u0323n"), [words("hạn")]),
    "signs that a style would take": (Reply("**HTX** <b> {red}"), [words("**HTX** <b> {red}")]),
    "choices": (Reply("Gửi chưa?", (YES, NO)), [words("Gửi chưa?\n\n1. Có\n2. Không")]),
    "choices that are numbered already": (
        Reply("Mở hồ sơ nào?", (Button("1. XHAKCD", "x"), Button("2. YHAKCD", "y"), NO)),
        [words("Mở hồ sơ nào?\n\n1. XHAKCD\n2. YHAKCD\n3. Không")],
    ),
    "a choice beside": (
        Reply("Rồi ạ", (YES, Button("Đúng ý", "g", small=True))),
        [words("Rồi ạ\n\n1. Có")],
    ),
    "a choice that is shown where nothing is tapped": (
        Reply("Rồi ạ", (YES, Button("Thôi", "t", tucked=True))),
        [words("Rồi ạ\n\n1. Có\n2. Thôi")],
    ),
    "just not too long": (Reply("ữ" * 2000), [words("ữ" * 2000)]),
    "too long": (
        Reply(f"{'a' * 1990}. {'b' * 20}", (YES,)),
        [words(f"{'a' * 1990}."), words(f"{'b' * 20}\n\n1. Có")],
    ),
    "a broadcast's board": (Reply("Đã gửi 3/9", board=4), [words("Đã gửi 3/9")]),
    "a picture": (
        Reply("Đúng chưa ạ?", picture="https://x/p"),
        [("sendPhoto", {"chat_id": LAN, "photo": "https://x/p", "caption": "Đúng chưa ạ?"})],
    ),
}


@pytest.mark.parametrize(("reply", "asked"), SENT.values(), ids=SENT)
async def test_what_is_sent(
    api: ZaloApi, zalo: ZaloBot, reply: Reply, asked: list[tuple[str, dict[str, str]]]
) -> None:
    for method, _ in asked:
        api.fail(method, 200, {"ok": True, "result": {"message_id": "out1"}})
    for part in fit(reply, zalo.can):
        await zalo.send(LAN, part)
    assert api.asked == asked


# What comes back, and which of our errors that is: never again (Rejected, of which UsedUp waits for
# the next month), later (SendFailed), later with care (Uncertain: it may have arrived).
HTML = "<html>Attention Required! | Cloudflare</html>"
REFUSALS: dict[str, tuple[Fault, type[SendFailed]]] = {
    "bad request": (Fault(400, no(400)), Rejected),
    "wrong token": (Fault(401, no(401)), SendFailed),
    "what they call Internal server error": (Fault(403, no(403)), Uncertain),
    "no such method or chat": (Fault(404, no(404)), Rejected),
    "timeout": (Fault(408, no(408)), Uncertain),
    "the month's messages": (Fault(429, no(429, "Quota exceeded")), UsedUp),
    "too many tests": (Fault(426, no(426)), SendFailed),
    "an error of theirs": (Fault(500, no(500)), Uncertain),
    "out of order": (Fault(503, no(503)), Uncertain),
    "an error that says it is none": (Fault(200, no(400)), Rejected),
    "the month's messages, likewise": (Fault(200, no(429)), UsedUp),
    "a code in letters": (Fault(200, {**no(0), "error_code": "429"}), UsedUp),
    "another status than code": (Fault(400, no(403)), Uncertain),
    "no code": (Fault(400, {"ok": False}), Rejected),
    "a code that is none": (Fault(404, {**no(0), "error_code": ["x"]}), Rejected),
    "neither code nor status": (Fault(200, {"ok": False}), SendFailed),
    "a code of tomorrow": (Fault(418, no(418)), SendFailed),
    "well, but a failure": (Fault(500, {"ok": True, "result": {}}), Uncertain),
    "another's JSON": (Fault(502, {"oops": 1}), Uncertain),
    "a list": (Fault(200, []), Uncertain),
    "well in letters": (Fault(200, {"ok": "yes"}), Uncertain),
    "a page of a wall between": (Fault(403, HTML), Uncertain),
    "a page that says well": (Fault(200, HTML), Uncertain),
    "sent elsewhere": (Fault(302, HTML), Uncertain),
    "nothing at all": (Fault(200, ""), Uncertain),
    "a line cut before": (CUT_BEFORE, Uncertain),
}


@pytest.mark.parametrize(("fault", "kind"), REFUSALS.values(), ids=REFUSALS)
async def test_what_refusals_mean(
    api: ZaloApi, zalo: ZaloBot, fault: Fault, kind: type[SendFailed]
) -> None:
    api.faults["sendMessage"].append(fault)
    with pytest.raises(SendFailed) as raised:
        await zalo.send(LAN, Reply("chào"))
    assert raised.type is kind
    assert not api.sent


async def test_a_line_cut_after_it_arrived_says_that_it_may_have(
    api: ZaloApi, zalo: ZaloBot
) -> None:
    api.faults["sendMessage"].append(CUT_AFTER)
    with pytest.raises(Uncertain):
        await zalo.send(LAN, Reply("chào"))
    assert api.seen() == ["chào"]


async def test_an_answer_that_is_slow_is_waited_for(api: ZaloApi, zalo: ZaloBot) -> None:
    api.faults["sendMessage"].append(Fault(slow=0.05))
    await zalo.send(LAN, Reply("chào"))
    assert api.seen() == ["chào"]


async def test_where_nobody_answers_nothing_has_left_and_no_token_is_told() -> None:
    async with ZaloBot(TOKEN, "http://127.0.0.1:1") as zalo:
        with pytest.raises(SendFailed) as raised:
            await zalo.send(LAN, Reply("chào"))
    assert raised.type is SendFailed
    assert TOKEN not in f"{raised.value!r} {raised.value.__cause__!r}"


@pytest.mark.parametrize("body", [b"[" * 100_000, b'{"ok":', b"\xff\xfe", b'{"a":"\\ud83d"}'])
def test_what_is_no_answer_is_none(body: bytes) -> None:
    with pytest.raises(Exception, match="not the platform's answer"):
        result(200, body)


@pytest.mark.parametrize(
    ("secret", "shown", "trusted"),
    [
        ("bí mật của ta", "bí mật của ta", True),
        ("abcdefgh", "abcdefgx", False),
        ("abcdefgh", "", False),
        ("abcdefgh", "\ud83d", False),
        ("", "", False),
    ],
)
def test_only_who_knows_the_secret_is_trusted(secret: str, shown: str, trusted: bool) -> None:
    zalo = ZaloBot(TOKEN, secret=secret)
    assert zalo.trusts({"X-Bot-Api-Secret-Token": shown}, b"") is trusted


def test_who_shows_no_secret_is_not_trusted() -> None:
    assert not ZaloBot(TOKEN, secret="abcdefgh").trusts({}, b"{}")
