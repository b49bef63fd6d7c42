"""Messenger: quick replies under a message, or buttons within it."""

from __future__ import annotations

from typing import Any, ClassVar

import orjson

from bot.channels.messenger import Messenger
from handlers.talk import Button, Reply
from tests.dialogues.phones.phone import LATER, Phone, Show, Update


class OnMessenger(Phone, Messenger):
    """A phone with quick replies."""

    name = Messenger.name
    read = Messenger.read
    leaves_out: ClassVar[str] = f"{Phone.leaves_out}|{LATER}"

    def __init__(self, show: Show, run: str) -> None:
        Phone.__init__(self, show, run)
        Messenger.__init__(self, "token", "secret", "verify")

    def new_address(self, number: int) -> str:
        return f"70{number:014}"

    def typed(self, address: str, number: str, words: str, **more: Any) -> Update:
        between = {"sender": {"id": address}, "recipient": {"id": "1"}, "timestamp": 1750316131602}
        return {**between, "message": {"mid": number, "text": words, **more}}

    def tapped(self, address: str, number: str, label: str) -> Update:
        return self.typed(
            address, number, label, quick_reply={"payload": self.value(address, label)}
        )

    async def post(
        self, url: str, asked: dict[str, Any] | None, patience: float = 0, **more: Any
    ) -> tuple[int, bytes]:
        """A request of ours, and what Messenger answers."""
        if asked is not None:  # a file has no words
            self.arrives(asked["recipient"]["id"], shown(asked["message"]))
        return 200, orjson.dumps({"recipient_id": "70", "message_id": "out"})


def shown(message: dict[str, Any]) -> Reply:
    """What a message says: quick replies below it, or a template's own buttons."""
    template = message.get("attachment", {}).get("payload", {})
    taps = [each for each in template.get("buttons", ()) if each["type"] == "postback"]
    taps += message.get("quick_replies", ())
    buttons = tuple(Button(each["title"], each["payload"]) for each in taps)
    return Reply(str(message.get("text") or template["text"]), buttons)
