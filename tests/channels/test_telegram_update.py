"""What Telegram's updates say to us: recorded shapes, and what is made of them."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from bot.channels.door import parsed
from bot.channels.telegram import Telegram
from bot.channels.telegram_update import Me
from handlers.talk import Incoming, Kind
from tests.fakes.telegram import TOKEN

LAN = {"id": 7001, "is_bot": False, "first_name": "Lan", "language_code": "vi"}
HOME = {"id": 7001, "first_name": "Lan", "type": "private"}
VILLAGE = {"id": -1009, "title": "HTX Vĩnh Thuận", "type": "supergroup"}
US = {"id": 42, "is_bot": True, "first_name": "Thi Đua", "username": "thidua_bot"}
FILE = {"file_id": "F", "file_unique_id": "f", "file_size": 10}
PICTURE = {**FILE, "width": 1, "height": 1}
PLACE = {"latitude": 9.5, "longitude": 105.2}


def update(**told: Any) -> dict[str, Any]:
    return {"update_id": 5, **told}


def private(**content: Any) -> dict[str, Any]:
    return {"message_id": 3, "date": 1750000000, "chat": HOME, "from": LAN, **content}


def group(**content: Any) -> dict[str, Any]:
    return update(message=private(**{"chat": VILLAGE, **content}))


def press(**query: Any) -> dict[str, Any]:
    shown = {"message_id": 2, "date": 1750000000, "chat": HOME, "from": US, "text": "Chọn"}
    asked = {"id": "901", "from": LAN, "chat_instance": "1", "message": shown, "data": "plan:a"}
    return update(callback_query=asked | query)


@pytest.fixture
def telegram() -> Telegram:
    channel = Telegram(TOKEN)
    channel.me = Me(42, "thidua_bot")
    return channel


def heard(kind: Kind = "text", text: str = "", value: str = "", sender: str = "7001") -> Incoming:
    return Incoming("telegram", "5", sender, text, value, kind)


HEARD = {
    "words": (private(text="hạn nộp hồ sơ?"), heard(text="hạn nộp hồ sơ?")),
    "words apart (NFD)": (private(text="ha\u0323n"), heard(text="hạn")),
    "lines": (private(text="một\n\thai"), heard(text="một\n\thai")),
    "control characters": (private(text="a\0b\x1b\x85\r\nc\u2028d"), heard(text="ab\nc\nd")),
    "half a character": (private(text="vâng \ud83d ạ"), heard(text="vâng  ạ")),
    "emoji of several": (private(text="👩‍🌾👍🏽"), heard(text="👩‍🌾👍🏽")),
    "long": (private(text="ạ" * 100_000), heard(text="ạ" * 100_000)),
    "start": (private(text="/start"), heard(text="/start")),
    "start from a link": (private(text="/start yen-bai"), heard(text="/start")),
    "a command": (private(text="/kehoach"), heard(text="/kehoach")),
    "a command by name": (private(text="/huy@thidua_bot ạ"), heard(text="/huy ạ")),
    "a slash": (private(text="/ 5 mục"), heard(text="/ 5 mục")),
    "forwarded": (
        private(text="HTX tôi", forward_origin={"type": "hidden_user", "date": 1}),
        heard(text="HTX tôi"),
    ),
    "an answer to us": (
        private(text="dạ", reply_to_message={"from": US, "text": "?"}),
        heard(text="dạ"),
    ),
    "by way of another bot": (private(text="gif", via_bot=US), heard(text="gif")),
    "sticker": (private(sticker={**PICTURE, "emoji": "👍"}), heard("sticker")),
    "photo": (private(photo=[PICTURE, PICTURE]), replace(heard("photo"), photos=("F",))),
    "photo with words": (
        private(photo=[PICTURE], caption="hồ sơ đây"),
        replace(heard("photo", "hồ sơ đây"), photos=("F",)),
    ),
    "voice": (private(voice={**FILE, "duration": 4}), heard("voice")),
    "audio": (private(audio={**FILE, "duration": 4}), heard("voice")),
    "round video": (private(video_note={**FILE, "length": 4, "duration": 4}), heard("voice")),
    "document": (
        private(document={**FILE, "file_name": "mau.docx"}, caption="mẫu 1"),
        heard("file", "mẫu 1"),
    ),
    "video": (private(video={**PICTURE, "duration": 4}), heard("file")),
    "animation": (private(animation=PICTURE, document=FILE), heard("file")),
    "contact": (private(contact={"phone_number": "0901", "first_name": "A"}), heard("other")),
    "place": (private(location=PLACE), heard("other")),
    "poll": (private(poll={"id": "1", "question": "?", "options": []}), heard("other")),
    "dice": (private(dice={"emoji": "🎲", "value": 3}), heard("other")),
    "what comes next": (private(hologram={}), heard("other")),
    "nothing that this API knows": (private(), heard("other")),
}


@pytest.mark.parametrize("name", HEARD)
def test_a_private_message_is_heard(telegram: Telegram, name: str) -> None:
    message, said = HEARD[name]
    assert list(telegram.read(update(message=message))) == [said]


OTHERS = {
    "edited": (update(edited_message=private(text="sửa", edit_date=1)), heard("edited", "sửa")),
    "edited caption": (
        update(edited_message=private(photo=[PICTURE], caption="sửa")),
        heard("edited", "sửa"),
    ),
    "a button": (press(), heard(value="plan:a")),
    "a button of a message too old": (
        press(message={"chat": HOME, "message_id": 2, "date": 0}),
        heard(value="plan:a"),
    ),
    "a value nobody gave": (press(data="…\0lạ"), heard(value="…lạ")),
    "a button in a group": (press(message={"chat": VILLAGE}), heard("group", sender="-1009")),
    "a command in a group": (group(text="/start"), heard("group", "/start", sender="-1009")),
    "a command to us": (
        group(text="/start@Thidua_Bot"),
        heard("group", "/start@Thidua_Bot", sender="-1009"),
    ),
    "our name": (
        group(text="hỏi @thidua_bot nhé"),
        heard("group", "hỏi @thidua_bot nhé", sender="-1009"),
    ),
    "our name under a picture": (
        group(photo=[PICTURE], caption="@thidua_bot"),
        heard("group", "@thidua_bot", sender="-1009"),
    ),
    "an answer to us in a group": (
        group(text="vâng", reply_to_message={"message_id": 1, "from": US}),
        heard("group", "vâng", sender="-1009"),
    ),
}


@pytest.mark.parametrize("name", OTHERS)
def test_an_update_is_heard(telegram: Telegram, name: str) -> None:
    told, said = OTHERS[name]
    assert list(telegram.read(told)) == [said]


SILENCE: dict[str, dict[str, Any]] = {
    "talk in a group": group(text="chiều nay họp"),
    "a picture in a group": group(photo=[PICTURE]),
    "a command to another bot": group(text="/start@other_bot"),
    "a name that begins like ours": group(text="@thidua_bot2"),
    "a group edited": update(edited_message={**private(text="/start"), "chat": VILLAGE}),
    "somebody joined": group(new_chat_members=[LAN]),
    "a bot": update(message=private(text="hi", **{"from": US})),
    "a channel's post": update(channel_post=private(text="tin")),
    "blocked by a person": update(my_chat_member={"chat": HOME, "from": LAN, "date": 1}),
    "an inline question": update(inline_query={"id": "1", "from": LAN, "query": "", "offset": ""}),
    "something new": update(telepathy={"from": LAN}),
    "a game's button": press(data=None),
    "a button without a value": press(data=""),
    "a button of a message sent elsewhere": press(message=None, inline_message_id="x"),
    "a shared place that moves": update(edited_message=private(location=PLACE)),
    "pinned": update(message=private(pinned_message={"message_id": 1})),
    "timer": update(message=private(message_auto_delete_timer_changed={"x": 1})),
    "no chat": update(message={"message_id": 1, "text": "a"}),
    "odd chat": update(message=private(text="a", chat=["x"])),
    "odd chat id": update(message=private(text="a", chat={"type": "private", "id": None})),
    "odd message": update(message="text"),
    "odd press": update(callback_query=[1]),
    "nothing": {},
}


@pytest.mark.parametrize("name", SILENCE)
def test_silence_is_the_answer(telegram: Telegram, name: str) -> None:
    assert list(telegram.read(SILENCE[name])) == []


def test_odd_words_are_no_words(telegram: Telegram) -> None:
    assert list(telegram.read(update(message=private(text=5)))) == [heard("other")]


def test_a_sender_who_left_no_name_is_heard(telegram: Telegram) -> None:
    message = {"chat": HOME, "text": "chào"}
    assert list(telegram.read(update(message=message))) == [heard(text="chào")]


def test_before_our_name_is_known_only_answers_and_commands_count_in_a_group() -> None:
    telegram = Telegram(TOKEN)
    assert not list(telegram.read(group(text="@ chào")))
    assert not list(telegram.read(group(text="/start@other_bot")))
    assert list(telegram.read(group(text="/start")))
    assert list(telegram.read(group(text="vâng", reply_to_message={"from": US})))


def test_an_update_without_a_number_cannot_be_read(telegram: Telegram) -> None:
    with pytest.raises(KeyError):
        telegram.read({"message": private(text="a")})


def test_half_a_character_does_not_spoil_a_batch() -> None:
    assert parsed(b'[{"text":"\\ud83d"},{"text":"a"}]') == [{"text": "\ud83d"}, {"text": "a"}]
    assert parsed(b'["\xff\xe1\xba\xa1"]') == ["\ufffdạ"]
    with pytest.raises(ValueError, match="line 1"):
        parsed(b"<html>")
