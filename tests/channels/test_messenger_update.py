"""What Messenger brings, in the shapes in which it comes, and what we hear."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.channels.messenger import Messenger
from bot.channels.messenger_update import events, number
from handlers.talk import Incoming
from tests.fakes.messenger import SECRET, TOKEN, VERIFY, Event, between, photo, said, tapped
from tests.fakes.messenger.events import LAN

MESSENGER = Messenger(TOKEN, SECRET, VERIFY)
AT = f"{LAN}:1750316131602"  # what an event is called that has no name
CDN = "https://scontent.xx.fbcdn.net/v/t1.15752-9/1.jpg?oh=1"


def heard(text: str = "", *, id: str = "m1", sender: str = LAN, **more: Any) -> Incoming:
    return Incoming("messenger", id, sender, text, **more)


def sent(**message: Any) -> Event:
    """A message of just these fields."""
    return {**between(LAN), "message": message}


def with_one(kind: str, text: str | None = None, **payload: Any) -> Event:
    """A message with one thing attached."""
    words = {} if text is None else {"text": text}
    return sent(mid="m1", **words, attachments=[{"type": kind, "payload": payload}])


def happened(**what: Any) -> Event:
    """Something else than a message."""
    return {**between(LAN), **what}


def on(**started: Any) -> Event:
    return {**tapped("Bắt đầu", "start"), **started}


SPOKEN: dict[str, tuple[Event, Incoming]] = {
    # Words
    "text": (said("hạn nộp?"), heard("hạn nộp?")),
    "text with decomposed letters": (said("ha\u0323n"), heard("hạn")),
    "text with half a character": (said("hạn\ud83d?"), heard("hạn?")),
    "text with control characters": (said("hạn\x00\x1b nộp"), heard("hạn nộp")),
    "empty text": (said(""), heard("")),
    "no text": (sent(mid="m1"), heard("")),
    "text that is none": (sent(mid="m1", text=7), heard("")),
    "answer to a message": (said("đúng", reply_to={"mid": "m0"}), heard("đúng")),
    "text with a command of the app": (
        said("/bắt đầu", commands=[{"name": "x"}]),
        heard("/bắt đầu"),
    ),
    "text with intents": (said("chào", nlp={"intents": [], "traits": {}}), heard("chào")),
    "text that came from an ad": (
        said("chào", referral={"ref": "", "source": "ADS", "type": "OPEN_THREAD", "ad_id": "6"}),
        heard("chào"),
    ),
    "text from a tab for customers": (
        said("chào", tags={"source": "customer_chat_plugin"}),
        heard("chào"),
    ),
    "message without a name": (sent(text="chào"), heard("chào", id=AT)),
    "message named by a number": (sent(mid=77, text="chào"), heard("chào", id="77")),
    "message with a broken name": (sent(mid="m\ud83d", text="chào"), heard("chào", id=AT)),
    "person named by a number": (
        {**said("chào"), "sender": {"id": 7001}},
        heard("chào", sender="7001"),
    ),
    "person with more about them": (
        {**said("chào"), "sender": {"id": LAN, "user_ref": "x"}},
        heard("chào"),
    ),
    "corrected text": (
        happened(message_edit={"mid": "m1", "text": "hạn nộp", "num_edit": 2}),
        heard("hạn nộp", id="m1:2", kind="edited"),
    ),
    "corrected text, uncounted": (
        happened(message_edit={"mid": "m1", "text": "hạn nộp"}),
        heard("hạn nộp", id="m1:1750316131602", kind="edited"),
    ),
    # Taps
    "quick reply": (said("Hạn", quick_reply={"payload": "topic:x"}), heard(value="topic:x")),
    "quick reply without value": (said("Hạn", quick_reply={"payload": ""}), heard("Hạn")),
    "quick reply of nothing": (said("Hạn", quick_reply={}), heard("Hạn")),
    "quick reply that is none": (said("Hạn", quick_reply="x"), heard("Hạn")),
    "quick reply with half a character": (
        said("Hạn", quick_reply={"payload": "topic:\ud83dx"}),
        heard(value="topic:x"),
    ),
    "button": (tapped("Hạn nộp", "topic:x"), heard(value="topic:x")),
    "button without a name": (
        happened(postback={"title": "Hạn nộp", "payload": "topic:x"}),
        heard(value="topic:x", id=AT),
    ),
    "button to begin": (on(), heard(value="start")),
    "button to begin, by a link": (
        on(
            postback={
                "mid": "m1",
                "payload": "start",
                "referral": {"ref": "ap-phich", "type": "OPEN_THREAD"},
            }
        ),
        heard(value="start"),
    ),
    # Pictures and other things
    "picture": (photo(CDN), heard(kind="photo", photos=(CDN,))),
    "pictures": (photo(CDN, "https://b"), heard(kind="photo", photos=(CDN, "https://b"))),
    "picture with words": (
        with_one("image", "80%", url=CDN),
        heard("80%", kind="photo", photos=(CDN,)),
    ),
    "picture without a link": (with_one("image"), heard(kind="photo")),
    "picture with a broken link": (with_one("image", url="https://\ud83d"), heard(kind="photo")),
    "picture beside a file": (
        sent(
            mid="m1",
            attachments=[
                {"type": "file", "payload": {"url": "https://f"}},
                photo(CDN)["message"]["attachments"][0],
            ],
        ),
        heard(kind="photo", photos=(CDN,)),
    ),
    "thumb": (with_one("image", url=CDN, sticker_id=369239263222822), heard(kind="sticker")),
    "sound": (with_one("audio", url=CDN), heard(kind="voice")),
    "film": (with_one("video", url=CDN), heard(kind="file")),
    "file": (with_one("file", url=CDN), heard(kind="file")),
    "place": (with_one("location", coordinates={"lat": 9.5, "long": 105.1}), heard(kind="other")),
    "contact": (with_one("template", template_type="generic"), heard(kind="other")),
    "reel": (with_one("reel", url=CDN, reel_video_id="1"), heard(kind="other")),
    "shared link": (with_one("fallback", url="https://x", title="Tin"), heard(kind="other")),
    "link within words": (
        with_one("fallback", "xem https://x giúp", url="https://l.facebook.com/x", title="Tin"),
        heard("xem https://x giúp"),
    ),
    "nothing attached": (sent(mid="m1", attachments=[]), heard("")),
    "attached nothing we know": (
        sent(mid="m1", attachments=[{"type": ["x"]}]),
        heard(kind="other"),
    ),
    "attached what is none": (sent(mid="m1", attachments="x"), heard("")),
    "attached numbers": (sent(mid="m1", attachments=[7]), heard("")),
}

UNSPOKEN: dict[str, Event] = {
    "our own words": said("máy", is_echo=True, app_id=1517776481860111),
    "an officer's words from the page's inbox": said("cán bộ đây", is_echo=True),
    "taken back": sent(mid="m1", is_deleted=True),
    "delivered": happened(delivery={"mids": ["o1"], "watermark": 1458668856253}),
    "read": happened(read={"watermark": 1458668856253}),
    "reaction": happened(
        reaction={"mid": "o1", "action": "react", "emoji": "❤", "reaction": "love"}
    ),
    "link opened": happened(
        referral={"ref": "ap-phich", "source": "SHORTLINK", "type": "OPEN_THREAD"}
    ),
    "button without value": happened(postback={"mid": "m1", "title": "Bắt đầu"}),
    "button with a number": happened(postback={"mid": "m1", "payload": 5}),
    "checked a box": happened(optin={"type": "notification_messages", "payload": "x"}),
    "account linked": happened(account_linking={"status": "linked", "authorization_code": "x"}),
    "talk passed to us": happened(pass_thread_control={"new_owner_app_id": "1", "metadata": "x"}),
    "talk taken from us": happened(take_thread_control={"previous_owner_app_id": "1"}),
    "talk asked for": happened(request_thread_control={"requested_owner_app_id": 1}),
    "our role": {
        "recipient": {"id": "1"},
        "timestamp": 1,
        "app_roles": {"1": ["primary_receiver"]},
    },
    "a measure against the page": {
        "recipient": {"id": "1"},
        "timestamp": 1,
        "policy_enforcement": {"action": "block", "reason": "…"},
    },
    "message that is none": {**between(LAN), "message": "chữ"},
    "nobody's": {"message": {"mid": "m1", "text": "ai"}},
    "of somebody unnamed": {**said("ai"), "sender": {"id": ""}},
    "of somebody by reference": {**said("ai"), "sender": {"user_ref": "x"}},
    "of somebody who is none": {**said("ai"), "sender": {"id": True}},
    "of somebody broken": {**said("ai"), "sender": {"id": "7\ud83d"}},
    "nothing": {},
}


@pytest.mark.parametrize(("event", "expected"), SPOKEN.values(), ids=SPOKEN)
def test_what_is_heard(event: Event, expected: Incoming) -> None:
    assert [*MESSENGER.read(event)] == [expected]


@pytest.mark.parametrize("event", UNSPOKEN.values(), ids=UNSPOKEN)
def test_what_nobody_said_is_passed_over(event: Event) -> None:
    assert [*MESSENGER.read(event)] == []


def test_of_a_delivery_every_event_is_heard_but_what_others_are_told() -> None:
    both = [said("một", mid="m1"), {"oops": 1}, said("hai", mid="m2")]
    entries: list[Any] = [
        {"id": "1", "time": 1, "messaging": both},
        {"id": "1", "time": 1, "standby": [said("cho cán bộ")]},  # who has taken the talk over
        {"id": "1", "changes": [{"field": "feed", "value": {"item": "like"}}]},
        {"messaging": None},
        7,
    ]
    delivery = {"object": "page", "entry": [*entries, {"messaging": [said("ba", mid="m3")]}]}
    assert [one.text for one in MESSENGER.read(delivery)] == ["một", "hai", "ba"]
    assert [*MESSENGER.read({"entry": "x"})] == []


NAMES = [
    *("entry", "messaging", "sender", "id", "message", "mid", "text", "timestamp", "is_echo"),
    *("attachments", "type", "payload", "url", "sticker_id", "quick_reply", "postback"),
    *("message_edit", "num_edit"),
]
PLAIN = (
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(st.characters(), max_size=9)
)
JSON = st.recursive(
    PLAIN | st.sampled_from(["image", "fallback", LAN, "\ud83d", "\x00"]),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(NAMES), inner, max_size=5)
    ),
    max_leaves=30,
)
OBJECTS = st.dictionaries(st.sampled_from(NAMES), JSON)
ODD = st.builds(lambda odd, message: {**said("x"), "message": message, **odd}, OBJECTS, OBJECTS)


@given(OBJECTS | ODD)
def test_whatever_comes_is_read_and_what_is_heard_can_be_stored(update: dict[str, Any]) -> None:
    for one in MESSENGER.read(update):
        assert one.sender
        json.dumps(
            [one.id, one.sender, one.text, one.value, *one.photos], ensure_ascii=False
        ).encode()
        assert "\0" not in one.id + one.sender + one.text + one.value
    for event in [*events(update), update]:
        number(event).encode()
