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


class OnZalo(Phone, ZaloBot):
    """A phone that knows words alone."""

    name = ZaloBot.name
    read = ZaloBot.read
    alike: ClassVar[dict[str, str]] = {
        r"^< \[.*\[Mục khác\].*": "< …",  # typed, all choices are at hand at once
        rf" \[({SMALL})\]": "",
        r"^<$": "< …",
    }

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
        listed = self.listed[address]
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
        text = LINK.sub("", str(asked.get("text", asked.get("caption", ""))))
        choices = CHOICES.search(text)
        listed = re.findall(r"(?m)^\d+\. (.+)$", choices[1]) if choices else []
        self.listed[asked["chat_id"]] = listed
        words = text[: choices.start()] if choices else text
        buttons = tuple(Button(label, label) for label in listed)
        self.arrives(asked["chat_id"], Reply(words, buttons))
        return 200, orjson.dumps({"ok": True, "result": {"message_id": "out", "date": 1}})
