"""Zalo's updates, in the shapes that were seen and in those that nobody has seen yet."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.channels.zalo import ZaloBot
from bot.channels.zalo_update import called
from bot.intake import row
from handlers.talk import Incoming, Kind
from tests.fakes.zalo import GROUP, LAN, TOKEN, Update, sent, text

URL = "https://photo.zdn.vn/a.jpg"
HALF = "\ud83d"  # of a character: JSON may hold it, no database does


def said(words: str = "", kind: Kind = "text", sender: str = LAN, number: str = "m1") -> Incoming:
    return Incoming("zalo", number, sender, words, kind=kind)


def photo(words: str = "") -> Incoming:
    return replace(said(words, "photo"), photos=(URL,))


def of(message: object, event: object = "message.text.received") -> Update:
    return {"event_name": event, "message": message}


WORDS: dict[str, tuple[Update, Incoming]] = {
    "flat, as real traffic is": (text("m1", "hạn nộp?"), said("hạn nộp?")),
    "in an envelope, as the pages say": (
        {"ok": True, "result": text("m1", "trong phong bì")},
        said("trong phong bì"),
    ),
    "decomposed letters": (text("m1", "ha\u0323n"), said("hạn")),
    "control characters": (text("m1", "a\u0000b\u2028c\td"), said("ab\nc\td")),
    "half a character": (text("m1", f"chào{HALF}"), said("chào")),
    "emoji": (text("m1", "🌾 chào"), said("🌾 chào")),
    "nothing": (text("m1", ""), said()),
    "a command": (text("m1", "/start"), said("/start")),
    "more than anybody types": (text("m1", "x" * 200_000), said("x" * 100_000)),
    "no text": (sent("text"), said()),
    "a number for a text": (sent("text", text=7), said()),
    "a list for a text": (sent("text", text=["a"]), said()),
    "none for a text": (of({"message_id": "m1", "chat": {"id": LAN}, "text": None}), said()),
    "nobody named as sender": (sent("text", text="ẩn", **{"from": None}), said("ẩn")),
    "a sender of another type": (sent("text", text="ẩn", **{"from": "Ted"}), said("ẩn")),
    "no kind of chat": (sent("text", text="ơi", chat={"id": LAN}), said("ơi")),
    "a chat named by a number": (sent("text", text="ơi", chat={"id": 7}), said("ơi", sender="7")),
    "numbered by a number": (sent("text", 12, text="ơi"), said("ơi", number="12")),
    "fields of tomorrow": ({**text("m1", "ơi"), "seq": 9, "x": {}}, said("ơi")),
}
OTHERS: dict[str, tuple[Update, Incoming]] = {
    "a photo, as the pages say": (sent("image", photo=URL), photo()),
    "a photo, as real traffic is": (
        sent("image", photo_url=URL, message_type="CHAT_PHOTO"),
        photo(),
    ),
    "a photo with words": (sent("image", photo_url=URL, caption="cầu ấp 3"), photo("cầu ấp 3")),
    "both names of a photo": (sent("image", photo_url=URL, photo="https://x/old"), photo()),
    "one name of a photo empty": (sent("image", photo_url="", photo=URL), photo()),
    "a photo without its link": (sent("image"), said("", "photo")),
    "a photo whose link is none": (sent("image", photo_url=5), said("", "photo")),
    "a photo to a group": (sent("image", photo_url=URL, chat=GROUP), said("", "group", "zgr-77")),
    "a sticker": (sent("sticker", sticker="s1", url="https://x/s"), said("", "sticker")),
    "a voice": (sent("voice", voice_url="https://x/v.aac"), said("", "voice")),
    "something kept from us": (sent("unsupported"), said("", "unreadable")),
    "a link kept from us": (
        sent("unsupported", message_type="CHAT_LINK"),
        said("", "unreadable"),
    ),
    "our name called in a group": (
        sent("text", text="@bot ơi", chat=GROUP),
        said("@bot ơi", "group", "zgr-77"),
    ),
    "a kind of chat that is new": (
        sent("text", text="ơi", chat={"id": "c1", "chat_type": "CHANNEL"}),
        said("ơi", "group", "c1"),
    ),
    "an event that is new": (sent("reaction"), said("", "other")),
    "an event of another sort": (of(sent("x")["message"], "user.followed"), said("", "other")),
    "an event without a name": ({"message": sent("x")["message"]}, said("", "other")),
    "an event whose name is none": (of(sent("x")["message"], 5), said("", "other")),
    "an event whose name is a list": (of(sent("x")["message"], ["a"]), said("", "other")),
}
SILENCE: dict[str, Update] = {
    "kept from us, and by whom": {"event_name": "message.unsupported.received"},
    "no message": of(None, "message.unsupported.received"),
    "a message of another type": of("chữ"),
    "a list of messages": of([sent("text", text="ơi")["message"]]),
    "what a bot said": sent("text", text="máy", **{"from": {"id": "b", "is_bot": True}}),
    "what we said": sent("text", text="mình", **{"from": {"id": LAN, "is_bot": True}}),
    "from nowhere": sent("text", text="ai", chat=None),
    "from a nameless place": sent("text", text="ai", chat={"id": ""}),
    "a place whose name is yes": sent("text", text="ai", chat={"id": True}),
    "a place that no database holds": sent("text", text="ai", chat={"id": f"a{HALF}"}),
    "a place with a longer name than any": sent("text", text="ai", chat={"id": "a" * 5000}),
    "without a number": of({"chat": {"id": LAN}, "text": "số"}),
    "a number that no database holds": sent("text", "m\u00001", text="số"),
    "a number in pieces": sent("text", ["m", 1], text="số"),
    "an empty envelope": {"ok": True, "result": None},
    "an envelope with a list": {"ok": True, "result": [text("m1", "ơi")]},
    "nothing at all": {},
}


@pytest.mark.parametrize(("update", "heard"), (WORDS | OTHERS).values(), ids=WORDS | OTHERS)
def test_what_is_heard(update: Update, heard: Incoming) -> None:
    assert [*ZaloBot(TOKEN).read(update)] == [heard]
    assert called(update) == heard.id


@pytest.mark.parametrize("update", SILENCE.values(), ids=SILENCE)
def test_what_nobody_can_answer_is_passed_over(update: Update) -> None:
    assert [*ZaloBot(TOKEN).read(update)] == []


ANY = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(st.characters())
    | st.just(HALF),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3)
    ),
    max_leaves=8,
)
PLACE = ANY | st.fixed_dictionaries({}, optional={"id": ANY, "chat_type": ANY, "is_bot": ANY})
PARTS = {"message_id": ANY, "chat": PLACE, "from": PLACE, "text": ANY, "caption": ANY}
MESSAGE = ANY | st.fixed_dictionaries(PARTS, optional={"photo_url": ANY, "photo": ANY})
EVENT = st.sampled_from(["message.text.received", "message.image.received"]) | ANY
FLAT = st.fixed_dictionaries({}, optional={"event_name": EVENT, "message": MESSAGE})


@given(FLAT | st.fixed_dictionaries({"ok": ANY, "result": FLAT | ANY}))
def test_whatever_comes_is_read_and_can_be_kept(update: Any) -> None:
    for heard in ZaloBot(TOKEN).read(update):
        kept = row(heard)
        assert 0 < len(kept.update_id) <= 200
        assert 0 < len(kept.sender) <= 200
        told = f"{kept.update_id}{kept.sender}" + json.dumps(kept.body, ensure_ascii=False)
        assert "\0" not in told.encode().decode()
    assert called(update).encode()
