"""Messenger: what we hear, what we send, what refusals mean, and whom we believe."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from typing import Any

import pytest

from bot.channels.base import fit
from bot.channels.messenger import Messenger
from bot.channels.messenger_door import hook
from bot.platforms import ears
from handlers.errors import Rejected, SendFailed, Uncertain, Unreachable
from handlers.talk import Button, Incoming, Kind, Reply
from tests.channels.conftest import Housed, served
from tests.fakes.messenger import SECRET, TOKEN, VERIFY, Event, MessengerApi, between, no, said

LAN = "7001"
CLOSED = Messenger(TOKEN, SECRET, VERIFY)


def heard(text: str = "", kind: Kind = "text", value: str = "", mid: str = "m1") -> Incoming:
    return Incoming("messenger", mid, LAN, text, value, kind)


def sent(**message: Any) -> Event:
    """A message; what is given as None is left out."""
    whole = {"mid": "m1", **message}
    kept = {name: value for name, value in whole.items() if value is not None}
    return {**between(LAN), "message": kept}


def attached(kind: str, **payload: Any) -> Event:
    return sent(attachments=[{"type": kind, "payload": {"url": "https://x", **payload}}])


def tapped(**tap: Any) -> Event:
    return {**between(LAN), "postback": tap}


HEARD: list[tuple[Event, Incoming | None]] = [
    (said("hạn nộp?"), heard("hạn nộp?")),
    (said("ha\u0323n"), heard("hạn")),
    (said(""), heard("")),
    (sent(), heard("")),
    (sent(mid=None), None),
    (sent(text="không số", mid=None), heard("không số", mid="7001:1750316131602")),
    (sent(text=7), heard("")),
    (said("Hạn", quick_reply={"payload": "topic:x"}), heard(value="topic:x")),
    (said("Hạn", quick_reply={"payload": ""}), heard("Hạn")),
    (said("Hạn", quick_reply={}), heard("Hạn")),
    (said("Hạn", quick_reply="x"), heard("Hạn")),
    (said("trả lời", reply_to={"mid": "m0"}), heard("trả lời")),
    (said("máy", is_echo=True), None),
    (attached("image"), replace(heard(kind="photo"), photos=("https://x",))),
    (attached("image", sticker_id=369239263222822), heard(kind="sticker")),
    (attached("audio"), heard(kind="voice")),
    (attached("video"), heard(kind="file")),
    (attached("file"), heard(kind="file")),
    (attached("location", coordinates={"lat": 1}), heard(kind="other")),
    (attached("fallback"), heard(kind="other")),
    (sent(attachments=[]), heard("")),
    (sent(attachments="x"), heard("")),
    (sent(attachments=[7]), heard("")),
    (sent(text="xem", attachments=[{"type": "image"}]), heard("xem", "photo")),
    (tapped(mid="m1", title="Bắt đầu", payload="start"), heard(value="start")),
    (tapped(title="Bắt đầu", payload="start"), heard(value="start", mid="7001:1750316131602")),
    (tapped(mid="m1", title="Bắt đầu"), None),
    (tapped(mid="m1", payload=5), None),
    ({**between(LAN), "delivery": {"mids": ["o1"]}}, None),
    ({**between(LAN), "read": {"watermark": 1}}, None),
    ({**between(LAN), "reaction": {"emoji": "x"}}, None),
    ({**between(LAN), "message": "chữ"}, None),
    ({"message": {"mid": "m1", "text": "ai"}}, None),
    ({"sender": {"id": 7}, "message": {"mid": "m1", "text": "ai"}}, None),
    ({}, None),
]


@pytest.mark.parametrize(("event", "said"), HEARD)
def test_what_is_heard(event: Event, said: Incoming | None) -> None:
    assert [*CLOSED.read(event)] == ([said] if said else [])


def test_of_a_delivery_every_event_is_heard() -> None:
    both = [said("một", mid="m1"), {"oops": 1}, said("hai", mid="m2")]
    delivery = {"object": "page", "entry": [{"messaging": both}, {"messaging": None}, 7]}
    assert [one.text for one in CLOSED.read(delivery)] == ["một", "hai"]
    assert [*CLOSED.read({"entry": "x"})] == []


@pytest.fixture
async def api() -> AsyncIterator[MessengerApi]:
    async with MessengerApi() as api:
        yield api


@pytest.fixture
async def messenger(api: MessengerApi) -> AsyncIterator[Messenger]:
    async with Messenger(TOKEN, SECRET, VERIFY, api.base) as messenger:
        yield messenger


async def test_choices_are_quick_replies_of_the_last_part(
    api: MessengerApi, messenger: Messenger
) -> None:
    buttons = (Button("Hạn nộp hồ sơ khen thưởng", "a"), Button("Hồ sơ", "b"))
    for part in fit(Reply("Câu dài. " * 300, buttons), messenger.can):
        await messenger.send(LAN, part)
    (_, first), (_, last) = api.sent
    assert "quick_replies" not in first
    assert [(each["title"], each["payload"]) for each in last["quick_replies"]] == [
        ("Hạn nộp hồ sơ khen t", "a"),
        ("Hồ sơ", "b"),
    ]


REFUSALS = [
    (400, no(100), Rejected),
    (400, no(10, detail=2018278), Rejected),  # outside the 24 hours
    (400, no(100, detail=2018001), Unreachable),
    (400, no(551, detail=1545041), Unreachable),
    (400, no(613), SendFailed),
    (401, no(190), SendFailed),
    (500, no(2), SendFailed),
    (200, no(1200), SendFailed),
    (502, {"oops": 1}, Uncertain),
    (200, [], Uncertain),
    (500, {"error": "text"}, Uncertain),
]


@pytest.mark.parametrize(("status", "answer", "kind"), REFUSALS)
async def test_what_refusals_mean(
    api: MessengerApi, messenger: Messenger, status: int, answer: Any, kind: type[SendFailed]
) -> None:
    api.faults.append((status, answer))
    with pytest.raises(SendFailed) as raised:
        await messenger.send(LAN, Reply("chào"))
    assert raised.type is kind
    assert TOKEN not in f"{raised.value!r} {raised.value.__cause__!r}"


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
