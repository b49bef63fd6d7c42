"""Who stands behind Telegram's doors in tests: one who notes what was heard, one who stumbles."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from bot.channels.telegram import Telegram
from handlers.talk import Incoming
from tests.fakes.telegram.api import BotApi


class Notebook:
    """Keeps what was heard and parked; fails as often as it is told to."""

    def __init__(self, api: BotApi) -> None:
        self.api = api
        self.fails = 0
        self.said: list[Incoming] = []
        self.parked: list[tuple[str, str, str]] = []
        self.unconfirmed: list[set[str]] = []  # what Telegram still kept when we were told

    async def hear(self, said: Sequence[Incoming]) -> None:
        self.unconfirmed.append({str(number) for number in self.api.pending})
        self.api.ring()
        if self.fails:
            self.fails -= 1
            raise OSError("no space left")
        self.said += said

    async def park(self, channel: str, update_id: str, raw: str) -> None:
        self.parked.append((channel, update_id, raw))
        self.api.ring()

    def texts(self) -> list[str]:
        return [one.text for one in self.said]


class Stumbling(Telegram):
    """Cannot read one text."""

    def read(self, update: Mapping[str, Any]) -> Sequence[Incoming]:
        if "poison" in update.get("message", {}).get("text", ""):
            raise ValueError("Lan, 0901")
        return tuple(super().read(update))
