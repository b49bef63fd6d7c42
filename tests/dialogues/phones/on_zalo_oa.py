"""An Official Account of Zalo's: a few buttons, which come back as words; else numbered lines."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any, ClassVar

from bot.channels.zalo_oa import SEND, ZaloOA
from bot.channels.zalo_oa_update import TAP
from handlers.talk import Button, Reply
from tests.dialogues.phones.on_zalo import FEW, SMALL, in_lines
from tests.dialogues.phones.phone import LATER, NotThere, Phone, Show, Update


class OnZaloOA(Phone, ZaloOA):
    """A phone with room for five buttons."""

    name = ZaloOA.name
    read = ZaloOA.read
    leaves_out: ClassVar[str] = f"{Phone.leaves_out}|{LATER}"
    alike: ClassVar[dict[str, str]] = FEW

    def __init__(self, show: Show, run: str) -> None:
        Phone.__init__(self, show, run)
        self.listed: dict[str, list[str]] = {}  # by address: the numbered lines that stand last

    def typed(self, address: str, number: str, words: str) -> Update:
        who = {"sender": {"id": address}, "recipient": {"id": "1"}, "timestamp": "1750316131602"}
        message = {"msg_id": number, "text": words}
        return {"event_name": "user_send_text", **who, "message": message}

    def tapped(self, address: str, number: str, label: str) -> Update:
        """A button, or where there were too many for it, the number of a line."""
        bare = re.sub(r"^\d+\. ", "", label)
        listed, shown = self.listed[address], self.buttons[address]
        if bare in listed:
            return self.typed(address, number, f"{listed.index(bare) + 1}")
        if label in shown and shown[label] != label:
            return self.typed(address, number, TAP + shown[label])
        if not re.fullmatch(f"{SMALL}|Mục khác", label) and self.value(address, bare):
            raise NotThere
        return self.typed(address, number, label)

    async def call(
        self, method: str, path: str, how: Callable[[], dict[str, Any]] = dict
    ) -> Mapping[str, Any]:
        """A request of ours, and what Zalo answers."""
        if path == SEND:
            asked = how()["json"]
            self.takes(asked["recipient"]["user_id"], asked["message"])
        return {"token": "a file"}

    def takes(self, address: str, message: Mapping[str, Any]) -> None:
        """Show what is sent; what names a file has no words."""
        if "text" not in message:
            return
        words, listed = in_lines(message["text"])
        offered = message.get("attachment", {}).get("payload", {}).get("buttons", ())
        taps = {each["title"]: each["payload"].removeprefix(TAP) for each in offered}
        buttons = taps or {label: label for label in listed}
        self.listed[address] = [] if taps else listed
        self.arrives(address, Reply(words, tuple(Button(*each) for each in buttons.items())))
