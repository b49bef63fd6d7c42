"""Messenger: what refusals mean, files that go along, whom we believe, what comes too late."""

from __future__ import annotations

import hashlib
import hmac
import json
import logging
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from aiohttp import ClientSession

from bot.channels.messenger import MINUTE, Messenger
from bot.channels.messenger_door import hook, introduce
from bot.channels.messenger_message import Template
from bot.platforms import ears
from content.library import Library
from handlers.errors import Rejected, SendFailed, Uncertain, Unreachable
from handlers.talk import Button, Made, Reply
from tests.channels.conftest import Housed, served
from tests.fakes.messenger import SECRET, TOKEN, VERIFY, Fault, MessengerApi, no, said
from tests.fakes.messenger.events import LAN
from tests.fakes.papers import png

PAGE = "<html>502 Bad Gateway</html>"


@pytest.fixture
async def api() -> AsyncIterator[MessengerApi]:
    async with MessengerApi() as api:
        api.meet()
        yield api


@pytest.fixture
async def messenger(api: MessengerApi) -> AsyncIterator[Messenger]:
    async with Messenger(TOKEN, SECRET, VERIFY, api.base) as messenger:
        yield messenger


def refusal(code: int, detail: int = 0, status: int = 400, **more: Any) -> Fault:
    return Fault(status, no(code, "said no", detail, **more))


# Codes of https://developers.facebook.com/docs/messenger-platform/error-codes
REFUSALS: dict[str, tuple[Fault, type[SendFailed], float | None]] = {
    "unknown trouble of theirs": (refusal(1, status=500), SendFailed, None),
    "service unavailable": (refusal(2, status=503), SendFailed, None),
    "out of order for now": (refusal(1200, status=200), SendFailed, None),
    "passing, they say": (refusal(-1, is_transient=True), SendFailed, None),
    "a code of a broken server": (refusal(-1, status=500), SendFailed, None),
    "token expired": (refusal(190, 463, 401), SendFailed, None),
    "token of another page": (refusal(190, 2018001 + 1, 401), SendFailed, None),
    "session expired": (refusal(102, status=401), SendFailed, None),
    "too many calls of the app": (refusal(4), SendFailed, MINUTE),
    "too many calls of the app, passing": (refusal(4, is_transient=True), SendFailed, MINUTE),
    "too many calls of somebody": (refusal(17), SendFailed, MINUTE),
    "too many calls of the page": (refusal(32), SendFailed, MINUTE),
    "too many sends": (refusal(613), SendFailed, MINUTE),
    "too many messages of the page": (refusal(80006), SendFailed, MINUTE),
    "held back for what it sent": (refusal(368), SendFailed, 10 * MINUTE),
    "outside the window": (refusal(10, 2018278), Rejected, None),
    "outside the window, as it was": (refusal(10, 2018065), Rejected, None),
    "no permission": (refusal(10), Rejected, None),
    "no permission yet": (refusal(200, 2018028), Rejected, None),
    "a parameter": (refusal(100), Rejected, None),
    "a tag that is no more": (refusal(100, 2018344), Rejected, None),
    "too large a file": (refusal(100, 2018109), Rejected, None),
    "a file that is not taken": (refusal(100, 2018047), Rejected, None),
    "no such person": (refusal(100, 2018001), Unreachable, None),
    "somebody who wants nothing from us": (refusal(10, 2018108), Unreachable, None),
    "somebody gone": (refusal(551, 1545041), Unreachable, None),
    "somebody gone, passing": (refusal(551, is_transient=True), Unreachable, None),
    "somebody gone, as it was": (refusal(200, 1545041), Unreachable, None),
    "a page of what stands between": (Fault(502, PAGE), Uncertain, None),
    "a page that looks well": (Fault(200, PAGE), Uncertain, None),
    "other JSON": (Fault(502, {"oops": 1}), Uncertain, None),
    "a list": (Fault(200, []), Uncertain, None),
    "an error that is none": (Fault(500, {"error": "text"}), Uncertain, None),
    "an error without a code": (Fault(500, {"error": {"message": "x"}}), Uncertain, None),
    "a line cut before": (Fault(cut="before"), Uncertain, None),
    "a line cut after": (Fault(cut="after"), Uncertain, None),
}


@pytest.mark.parametrize(("fault", "kind", "wait"), REFUSALS.values(), ids=REFUSALS)
async def test_what_refusals_mean(
    api: MessengerApi,
    messenger: Messenger,
    fault: Fault,
    kind: type[SendFailed],
    wait: float | None,
) -> None:
    api.faults.append(fault)
    with pytest.raises(SendFailed) as raised:
        await messenger.send(LAN, Reply("chào"))
    assert (raised.type, raised.value.retry_after) == (kind, wait)
    assert TOKEN not in f"{raised.value!r} {raised.value.__cause__!r}"
    assert len(api.seen()) == (fault.cut == "after")


async def test_a_picture_and_a_file_go_along_and_choices_come_last(
    api: MessengerApi, messenger: Messenger
) -> None:
    choices = (Button("Gửi đăng ký", "send"),)
    files = [Made("Phiếu đăng ký.png", png()), Made("Phiếu đăng ký.pdf", b"%PDF" * 300_000)]
    await messenger.send(LAN, Reply("Xem lại nhé.", choices), files)
    picture, sheet, words = api.chats[LAN]
    assert (picture.file, picture.picture, picture.content) == (files[0].name, True, png())
    assert (sheet.file, sheet.picture, len(sheet.content)) == (files[1].name, False, 1_200_000)
    assert (words.text, words.taps) == ("Xem lại nhé.", {"Gửi đăng ký": "send"})


async def test_a_picture_too_large_for_one_goes_as_a_file(
    api: MessengerApi, messenger: Messenger
) -> None:
    messenger.can = replace(messenger.can, max_picture=10)
    await messenger.send(LAN, Reply("Ảnh."), [Made("a.png", png())])
    assert [each.picture for each in api.chats[LAN]] == [False, False]


async def test_a_file_that_is_refused_is_a_refusal_of_the_message(
    api: MessengerApi, messenger: Messenger
) -> None:
    api.faults.append(refusal(100, 2018047))
    with pytest.raises(Rejected):
        await messenger.send(LAN, Reply("Phiếu."), [Made("a.pdf", b"%PDF")])
    assert api.chats[LAN] == []


async def test_after_the_window_only_an_approved_template_is_taken(
    api: MessengerApi, messenger: Messenger
) -> None:
    api.heard[LAN] -= timedelta(hours=25)
    with pytest.raises(Rejected, match="10 "):
        await messenger.send(LAN, Reply("Cán bộ trả lời."))
    with pytest.raises(Rejected, match="no utility template"):
        await messenger.send_late(LAN, Reply("Cán bộ trả lời."))
    messenger.utility = Template("nhac_viec", "vi")
    with pytest.raises(Rejected, match="100 Template"):
        await messenger.send_late(LAN, Reply("Cán bộ trả lời."))
    api.templates.add(("nhac_viec", "vi"))
    await messenger.send_late(LAN, Reply("Cán bộ trả lời."))
    assert api.seen() == ["[nhac_viec] Cán bộ trả lời."]


async def test_people_are_answered_once_and_nobody_else_is_believed(
    api: MessengerApi, messenger: Messenger, housed: Housed
) -> None:
    asked = said("hạn nộp hồ sơ khen thưởng vĩnh thuận")
    async with housed(messenger) as app, served(hook(messenger, *ears(app))) as url:
        assert not await api.subscribe(url, "đoán mò")
        assert await api.subscribe(url)
        await api.bring([asked, {"oops": 1}])
        await api.bring([asked])  # once more
        await api.bring([said("giả", mid="m9")], secret="đoán mò")
        await api.bring([said("xin chào", "7002", "m2")])
        await api.until(lambda: bool(api.seen() and api.seen("7002")))
    assert api.brought == [200, 200, 403, 403, 403, 200]
    assert ["02/6/2025" in text for text in api.seen()] == [True]


async def test_what_cannot_be_stored_for_one_holds_back_nobody(
    api: MessengerApi, messenger: Messenger, housed: Housed
) -> None:
    odd = [
        said("xin chào", "7\ud83d", "m1"),
        said("xin chào", "7002", "m\ud83d"),
        said("ch\ud83d\x00ào", "7003", "m\x002"),
    ]
    async with housed(messenger) as app, served(hook(messenger, *ears(app))) as url:
        assert await api.subscribe(url)
        body = {"object": "page", "entry": [{"messaging": [*odd, said("xin chào", "7004", "m4")]}]}
        for person in ("7002", "7003", "7004"):
            api.meet(person)
        raw = json.dumps(body).encode()
        signed = hmac.new(SECRET.encode(), raw, hashlib.sha256).hexdigest()
        headers = {"X-Hub-Signature-256": f"sha256={signed}"}
        async with ClientSession() as http, http.post(url, data=raw, headers=headers) as answer:
            assert answer.status == 200
        await api.until(lambda: all(map(api.seen, ("7002", "7003", "7004"))))


@pytest.mark.parametrize("shown", ["", "sha256=", "sha1=0", "sha256=é", "mac"])
def test_a_signature_that_is_none_is_not_believed(shown: str) -> None:
    messenger = Messenger(TOKEN, SECRET, VERIFY)
    assert not messenger.trusts({"X-Hub-Signature-256": shown}, b"{}")
    assert not messenger.trusts({}, b"{}")


def test_without_a_secret_nobody_is_believed() -> None:
    signed = hmac.new(b"", b"{}", hashlib.sha256).hexdigest()
    shown = {"X-Hub-Signature-256": f"sha256={signed}"}
    assert not Messenger(TOKEN, "", VERIFY).trusts(shown, b"{}")


async def test_without_a_word_no_address_is_confirmed(api: MessengerApi, housed: Housed) -> None:
    wordless, api.word = Messenger(TOKEN, SECRET, "", api.base), ""
    async with housed(wordless) as app, served(hook(wordless, *ears(app))) as url:
        assert not await api.subscribe(url)


async def test_the_menu_and_the_button_to_begin_are_the_commands_of_a_member(
    api: MessengerApi, messenger: Messenger, library: Library
) -> None:
    await introduce(messenger, library.say("talk/greeting"), library.words)
    assert api.menu()["Get Started"] == "start"
    assert api.menu()["Đăng ký công trình"] == "register"
    assert not [value for value in api.menu().values() if value.startswith("staff:")]
    [greeting] = api.profile["greeting"]
    assert 0 < len(greeting["text"]) <= 160
    assert all(len(label) <= 30 for label in api.menu())


async def test_a_menu_that_is_refused_stops_nothing(
    api: MessengerApi, caplog: pytest.LogCaptureFixture
) -> None:
    async with Messenger("a wrong token", SECRET, VERIFY, api.base) as messenger:
        await introduce(messenger, "Chào", ())
    assert "compare THIDUA_MESSENGER_TOKEN" in caplog.text


async def test_what_meta_holds_against_the_page_is_told_the_operator(
    api: MessengerApi, messenger: Messenger, housed: Housed, caplog: pytest.LogCaptureFixture
) -> None:
    measure = {
        "recipient": {"id": "1"},
        "policy_enforcement": {"action": "block", "reason": "spam"},
    }
    async with housed(messenger) as app, served(hook(messenger, *ears(app))) as url:
        assert await api.subscribe(url)
        with caplog.at_level(logging.ERROR):
            await api.bring([measure])
    assert api.brought == [200]
    assert "block: spam" in caplog.text
