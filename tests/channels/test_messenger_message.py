"""Replies, and the very requests by which they leave for Messenger."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given

from bot.channels.base import fit
from bot.channels.limits import abilities, values
from bot.channels.messenger_message import Look, Template, late, linked, profile, request
from handlers.talk import Button, Reply
from tests.fakes.messenger.events import LAN
from tests.fakes.messenger.rules import shown
from tests.test_fit import REPLIES

SITE = "https://thidua.example.vn"
LOOK = Look(values("messenger"), SITE, "Mở xem")
DOCUMENT = f"{SITE}/documents/vinh-thuan-2025/ke-hoach.pdf#page=3"
PAPER = f"{SITE}/papers/WyJ4Il0.aB-_c"
TOPICS = (Button("Hạn nộp", "topic:h"), Button("Hồ sơ", "topic:s"))
CAN = abilities("messenger")


def quick(*buttons: Button) -> list[dict[str, str]]:
    return [
        {"content_type": "text", "title": each.label, "payload": each.value} for each in buttons
    ]


def template(text: str, *buttons: dict[str, str]) -> dict[str, Any]:
    named = {"template_type": "button", "text": text, "buttons": [*buttons]}
    return {"attachment": {"type": "template", "payload": named}}


def opens(url: str) -> dict[str, str]:
    return {"type": "web_url", "title": "Mở xem", "url": url}


def taps(*buttons: Button) -> list[dict[str, str]]:
    return [{"type": "postback", "title": b.label, "payload": b.value} for b in buttons]


MESSAGES: dict[str, tuple[Reply, dict[str, Any]]] = {
    "words": (Reply("Chào anh chị!"), {"text": "Chào anh chị!"}),
    "choices": (Reply("Chọn:", TOPICS), {"text": "Chọn:", "quick_replies": quick(*TOPICS)}),
    "a document of ours": (
        Reply(f"Văn bản gốc của KH 01:\n{DOCUMENT}\nĐiều vừa nói ở trang 3.", TOPICS),
        template("Văn bản gốc của KH 01.\nĐiều vừa nói ở trang 3.", opens(DOCUMENT))
        | {"quick_replies": quick(*TOPICS)},
    ),
    "a paper of theirs": (
        Reply(f"Đã nhận.\nPhiếu đăng ký (PDF), mở được trong 24 giờ: {PAPER}"),
        template("Đã nhận.\nPhiếu đăng ký (PDF), mở được trong 24 giờ.", opens(PAPER)),
    ),
    "two papers": (
        Reply(f"Ảnh: {PAPER}1\nPDF: {PAPER}2"),
        {"text": f"Ảnh: {PAPER}1\nPDF: {PAPER}2"},
    ),
    "a link alone": (Reply(DOCUMENT), {"text": DOCUMENT}),
    "a link in mid-sentence": (
        Reply(f"Xem {DOCUMENT} nhé."),
        {"text": f"Xem {DOCUMENT} nhé."},
    ),
    "a link of somebody else's": (
        Reply("Link: https://xau.example/thidua.example.vn/papers/x"),
        {"text": "Link: https://xau.example/thidua.example.vn/papers/x"},
    ),
    "a link that only begins as ours": (
        Reply(f"Link: {SITE}.xau.example/papers/x"),
        {"text": f"Link: {SITE}.xau.example/papers/x"},
    ),
    "a link under too many words": (
        Reply("x" * 640 + f": {DOCUMENT}"),
        {"text": "x" * 640 + f": {DOCUMENT}"},
    ),
    "unasked": (Reply("Nhắc việc.", news="open"), {"text": "Nhắc việc."}),
    "unasked with choices": (
        Reply("Nhắc việc.", TOPICS, news="open"),
        template("Nhắc việc.", *taps(*TOPICS)),
    ),
    "unasked with many choices": (
        Reply("Nhắc việc.", TOPICS * 2, news="open"),
        {"text": "Nhắc việc.", "quick_replies": quick(*TOPICS * 2)},
    ),
    "unasked and long": (
        Reply("x" * 641, TOPICS, news="open"),
        {"text": "x" * 641, "quick_replies": quick(*TOPICS)},
    ),
    "unasked with a link of somebody else's": (
        Reply("Xem https://x.vn", TOPICS, news="open"),
        {"text": "Xem https://x.vn", "quick_replies": quick(*TOPICS)},
    ),
}


@pytest.mark.parametrize(("reply", "message"), MESSAGES.values(), ids=MESSAGES)
def test_what_is_sent(reply: Reply, message: dict[str, Any]) -> None:
    kind = "UPDATE" if reply.news else "RESPONSE"
    sent = {"recipient": {"id": LAN}, "messaging_type": kind, "message": message}
    assert request(LAN, reply, LOOK) == sent
    assert shown(sent)  # and Messenger would take it


@given(REPLIES)
def test_whatever_is_fitted_messenger_takes(reply: Reply) -> None:
    for part in fit(reply, CAN):
        if part.text:
            assert shown(request(LAN, part, LOOK)).text


def test_where_people_cannot_open_our_pages_a_link_stays_as_it_is() -> None:
    text = f"Văn bản gốc: {DOCUMENT}"
    assert linked(text, Look(site="", opens="Mở xem")) == (text, "")
    assert linked(text, Look(site=SITE)) == (text, "")


UTILITY = Template("nhac_viec", "vi")


def words_of(reply: Reply) -> str:
    sent = late(LAN, reply, UTILITY, LOOK)
    assert shown(sent)
    text: str = sent["message"]["template"]["components"][0]["parameters"][0]["text"]
    return text


def test_what_comes_late_fills_an_approved_template_in_one_line() -> None:
    reply = Reply("Cán bộ trả lời:\n\nĐược ạ.", (*TOPICS, Button("Tốt", "mark", small=True)))
    assert late(LAN, reply, UTILITY, LOOK) == {
        "recipient": {"id": LAN},
        "messaging_type": "UTILITY",
        "message": {
            "template": {
                "name": "nhac_viec",
                "language": {"code": "vi"},
                "components": [
                    {
                        "type": "body",
                        "parameters": [
                            {
                                "type": "text",
                                "text": "Cán bộ trả lời: Được ạ. 1. Hạn nộp 2. Hồ sơ",
                            }
                        ],
                    }
                ],
            }
        },
    }
    long = words_of(Reply("Câu này dài. " * 100))
    assert len(long) <= 900
    assert long.endswith("dài. …")


@pytest.mark.parametrize("setting", ["", "nhac_viec", "nhac_viec/", "/vi"])
def test_no_template_is_none(setting: str) -> None:
    assert Template.of(setting) is None


def test_an_operator_s_numbers_count() -> None:
    small = Look(values("messenger", {"template_buttons": 1, "menu": 1, "menu_label": 5}))
    reply = Reply("Nhắc việc.", TOPICS, news="open")
    assert "quick_replies" in request(LAN, reply, small)["message"]
    [menu] = profile("Chào", [("Đăng ký", "register"), ("Hạn", "x")], small)["persistent_menu"]
    assert menu["call_to_actions"] == [
        {"type": "postback", "title": "Đăng ", "payload": "register"}
    ]
