"""Our own page: the row of the outbox is what it shows, the bell tells it to look."""

from __future__ import annotations

from collections.abc import Sequence

from bot.channels.web import WebChannel
from handlers.talk import Made, Reply
from tests.dialogues.phones.phone import Phone, Show, Update


class OnWeb(Phone, WebChannel):
    """An open page."""

    name = WebChannel.name
    read = WebChannel.read

    def __init__(self, show: Show, run: str) -> None:
        Phone.__init__(self, show, run)
        WebChannel.__init__(self)

    def typed(self, address: str, number: str, words: str) -> Update:
        return {"id": number, "sender": address, "text": words}

    def tapped(self, address: str, number: str, label: str) -> Update:
        return {"id": number, "sender": address, "text": label, "value": self.value(address, label)}

    async def send(self, address: str, reply: Reply, files: Sequence[Made] = ()) -> None:
        await WebChannel.send(self, address, reply, files)
        self.arrives(address, reply)
