"""Messenger: quick replies under a message."""

from __future__ import annotations

from typing import Any, ClassVar

import orjson

from bot.channels.messenger import Messenger
from handlers.talk import Button, Reply
from tests.dialogues.phones.phone import Phone, Show, Update


class OnMessenger(Phone, Messenger):
    """A phone with quick replies."""

    name = Messenger.name
    read = Messenger.read
    # What nobody asked for is held back a day after they wrote.
    leaves_out: ClassVar[str] = rf"{Phone.leaves_out}|^! |^~ .*(giờ|ngày)"

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
        self, url: str, asked: dict[str, Any], patience: float = 0, **more: Any
    ) -> tuple[int, bytes]:
        """A request of ours, and what Messenger answers."""
        address, message = asked["recipient"]["id"], asked["message"]
        offered = message.get("quick_replies", ())
        buttons = tuple(Button(each["title"], each["payload"]) for each in offered)
        if message.get("text"):
            self.arrives(address, Reply(message["text"], buttons))
        return 200, orjson.dumps({"recipient_id": address, "message_id": "out"})
