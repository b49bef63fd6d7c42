"""Zalo: nothing to tap. Choices are numbered lines, and who means one types its number."""

from __future__ import annotations

import re
from typing import Any, ClassVar

import orjson

from bot.channels.zalo import ZaloBot
from handlers.talk import Button, Reply
from tests.dialogues.phones.phone import LINK, NotThere, Phone, Show, Update

CHOICES = re.compile(r"\n((?:\n\d+\. .+)+)\Z")
SMALL = "👍 Đúng ý|👎 Chưa đúng|Xem đủ|Ảnh"  # stand only where there is something to tap

FEW = {  # how lines differ where buttons are none, or few
    r"^< \[.*\[Mục khác\].*": "< …",  # typed, all choices are at hand at once
    rf" \[({SMALL})\]": "",
    r"^<$": "< …",
    r"\[\d+\. ": "[",  # one number is enough
}


class OnZalo(Phone, ZaloBot):
    """A phone that knows words alone."""

    name = ZaloBot.name
    read = ZaloBot.read
    alike: ClassVar[dict[str, str]] = FEW

    def __init__(self, show: Show, run: str) -> None:
        Phone.__init__(self, show, run)
        ZaloBot.__init__(self, "token")
        self.listed: dict[str, list[str]] = {}  # by address: what stands there last
        self.last: dict[str, str] = {}  # and what was typed last

    def typed(self, address: str, number: str, words: str) -> Update:
        told = {"message_id": number, "date": 1750316131602, "text": words}
        chat = {"id": address, "chat_type": "PRIVATE"}
        who = {"id": address, "display_name": "Ted", "is_bot": False}
        message = {**told, "from": who, "chat": chat}
        self.last[address] = words
        return {"event_name": "message.text.received", "message": message}

    def tapped(self, address: str, number: str, label: str) -> Update:
        """What stands there last is typed by its number, what is small by its label."""
        listed, label = self.listed[address], re.sub(r"^\d+\. ", "", label)
        if label in listed:
            return self.typed(address, number, f"{listed.index(label) + 1}")
        if not re.fullmatch(f"{SMALL}|Mục khác", label) and self.value(address, label):
            raise NotThere
        if self.last.get(address) == label:  # a second time it would mean nothing, typed
            raise NotThere
        return self.typed(address, number, label)

    async def post(
        self, url: str, asked: dict[str, Any] | None, patience: float = 0, **more: Any
    ) -> tuple[int, bytes]:
        """A request of ours, and what Zalo answers."""
        assert asked is not None
        words, listed = in_lines(str(asked.get("text", asked.get("caption", ""))))
        self.listed[asked["chat_id"]] = listed
        buttons = tuple(Button(label, label) for label in listed)
        self.arrives(asked["chat_id"], Reply(words, buttons))
        return 200, orjson.dumps({"ok": True, "result": {"message_id": "out", "date": 1}})


def in_lines(text: str) -> tuple[str, list[str]]:
    """What a message says, and the choices that stand below it as numbered lines."""
    text = LINK.sub("", text)
    choices = CHOICES.search(text)
    if choices is None:
        return text, []
    return text[: choices.start()], re.findall(r"(?m)^\d+\. (.+)$", choices[1])
