"""A house with the real app in it, on a database of its own: people there have papers."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from bot.app import App
from bot.channels.web_push import WebPush
from bot.knocking import Knocker
from bot.knowledge import Knowledge
from bot.links import Links
from content.library import Library
from handlers.talk import Incoming, Made, Reply
from storage.unit import Store
from tests.databases import sqlite
from tests.web.house import House


class Registry(House):
    """Hears, answers and hands out papers as the app does."""

    def __init__(self, folder: Path, library: Library) -> None:
        super().__init__()
        self.store = Store(sqlite(folder), self.time)
        self.links = Links("only for tests", self.time, "https://thidua.example.vn")
        self.app = App(self.store, Knowledge(library), {"web": self.web}, self.links)

    def rings(self, push: WebPush) -> None:
        """Let browsers be told of news."""
        self.bell = knocker = Knocker(self.store, push)
        self.web.knock = knocker.knock

    async def hear(self, said: Sequence[Incoming]) -> None:
        self.heard.extend(said)
        await self.app.settle(said)

    async def say(self, address: str, reply: Reply) -> None:
        async with self.store.unit() as unit:
            self.app.turns.queue(unit, "web", address, reply)
        await self.app.settle([])

    async def replies_after(
        self, address: str, row: int, limit: int
    ) -> list[tuple[int, dict[str, Any]]]:
        return await self.app.replies_after(address, row, limit)

    async def paper(self, token: str, visitor: str | None) -> Made | None:
        return await self.app.papers.opened(token, visitor)

    async def number(self, address: str) -> int:
        """The number of the person behind an address."""
        async with self.store.view() as unit:
            person = await unit.people.known("web", address)
        assert person
        return person.id
