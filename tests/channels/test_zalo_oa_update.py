"""What an Official Account's events say to us; many are nothing that anybody said."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.channels.zalo_oa_update import TAP, gone, incoming, number
from handlers.talk import Incoming, Kind
from tests.fakes.zalo_oa import Event, follow, said
from tests.fakes.zalo_oa.events import AT, LAN, attached, between


def heard(text: str = "", kind: Kind = "text", value: str = "", mid: str = "m1") -> Incoming:
    return Incoming("zalo_oa", mid, LAN, text, value, kind)


def sent(kind: str, text: str | None = None, **payload: Any) -> Event:
    """Something that is shown, as it comes: mostly without words."""
    return said(event=f"user_send_{kind}", **{"text": text, **attached(kind, **payload)})


URL = "https://x/a.jpg"
CARD = {"description": '{"phone":"0912345678"}', "url": "https://x"}
HEARD: list[tuple[Event, Incoming | None]] = [
    (said("hạn nộp?"), heard("hạn nộp?")),
    (said("ha\u0323n"), heard("hạn")),
    (said("a\u0000b\u2028c"), heard("ab\nc")),
    (said(""), heard("")),
    (said("2"), heard("2")),
    (said("#2"), heard("#2")),
    (said(f"{TAP}topic:x"), heard(value="topic:x")),
    (said(TAP), heard(TAP)),
    (said("xem", quote_msg_id="m0"), heard("xem")),
    (said("xem", event="user_send_link", **attached("link", url="https://x")), heard("xem")),
    (sent("image", thumbnail="https://x/t.jpg", url=URL), heard(kind="photo")),
    (sent("image", "vườn nhà tôi", url=URL), heard("vườn nhà tôi", "photo")),
    (sent("image"), heard(kind="photo")),
    (sent("gif", url="https://x/a.gif"), heard(kind="sticker")),
    (sent("sticker", id="9c2a3a", url="https://x"), heard(kind="sticker")),
    (sent("audio", url="https://x/a.aac"), heard(kind="voice")),
    (sent("video", url="https://x/a.mp4"), heard(kind="file")),
    (sent("file", url="https://x/a.pdf", size="1024", name="a.pdf"), heard(kind="file")),
    (sent("location", coordinates={"latitude": "10.1", "longitude": "105"}), heard(kind="other")),
    (sent("business_card", "Cô Ba 0912345678", **CARD), heard(kind="other")),
    (sent("tomorrow", "gì đó mới"), heard(kind="other")),
    (said(mid=None, text=7), heard(mid=f"user_send_text:{AT}:{LAN}")),
    (said("số khác", mid=None, message_id="m1"), heard("số khác")),
    (follow(), heard(value="start", mid=f"follow:{AT}:{LAN}")),
    (follow("unfollow"), None),
    ({**follow(), "follower": {}}, None),
    ({**follow(), "follower": "246"}, None),
    (said("nhóm", event="user_send_group_text"), None),
    (said("của ta", event="oa_send_text"), None),
    (said("của ta", event="oa_send_template"), None),
    (said("ai đó", event="anonymous_send_text"), None),
    (said("", event="user_received_message", delivery_time=AT), None),
    (said("", event="user_seen_message", msg_ids=["o1"]), None),
    (said("", event="user_reacted_message", react_icon="/-heart"), None),
    ({"event_name": "user_click_chatnow", "user_id": LAN, "oa_id": "388", "timestamp": AT}, None),
    ({"event_name": "user_click_link", **between()}, None),
    ({"event_name": "user_submit_info", **between(), "info": {"phone": "84912345678"}}, None),
    ({"event_name": "add_user_to_tag", "oa_id": "388", "tag": {"user_ids": [LAN]}}, None),
    ({"event_name": "change_oa_daily_quota", "oaId": "388"}, None),
    ({**said("số nguyên"), "sender": {"id": int(LAN)}}, heard("số nguyên")),
    ({**said("không ai"), "sender": {}}, None),
    ({**said("không ai"), "sender": {"id": True}}, None),
    ({**said(), "message": "chữ"}, heard(mid=f"user_send_text:{AT}:{LAN}")),
    ({}, None),
]


@pytest.mark.parametrize(("event", "known"), HEARD)
def test_what_is_heard(event: Event, known: Incoming | None) -> None:
    told = incoming(event)
    assert told == (replace(known, photos=told.photos) if known and told else known)


def test_photos_are_where_they_can_be_fetched() -> None:
    several = [{"type": "image", "payload": {"url": URL}}, {"payload": {}}, 7]
    told = incoming(said(event="user_send_image", attachments=several))
    assert told
    assert told.photos == (URL,)


def test_who_follows_no_more_wants_nothing() -> None:
    assert gone(follow("unfollow")) == LAN
    assert gone(follow()) == gone(said()) == ""


SIMPLE = st.none() | st.booleans() | st.integers() | st.text()
ANYTHING = st.recursive(
    SIMPLE, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner)
)
NAMES = st.sampled_from([f"user_send_{kind}" for kind in ("text", "image", "x")] + ["follow"])
PARTS = st.sampled_from(["sender", "message", "follower", "attachments", "text", "id", "payload"])
BENT = st.dictionaries(PARTS, ANYTHING | st.dictionaries(PARTS, ANYTHING))


@given(event=BENT, name=NAMES | ANYTHING)
def test_no_event_is_too_odd_to_be_read(event: Event, name: Any) -> None:
    told = incoming({"event_name": name, **event})
    assert told is None or (told.sender and told.id == number({"event_name": name, **event}))
