"""The assistant put together: memory, knowledge, and the three that work beside each other."""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import Mapping, Sequence
from typing import Any

from bot import pulse
from bot.channels.base import Ailing, Channel
from bot.intake import Intake, row
from bot.knowledge import Knowledge
from bot.learning import Learning
from bot.links import Links
from bot.papers import Papers
from bot.photos import Photos
from bot.sending.pushing import Pushing
from bot.sending.rechecking import LastLook
from bot.sending.sender import Sender
from bot.turns import TOGETHER, Turns
from content.reminding import public_holidays
from handlers.talk import Incoming
from storage.unit import Store
from storage.upgrade import upgrade


class App:
    """Intake, turns and sender over one store.

    ``links`` are those to papers; without any, they open nowhere, and not after a restart.
    """

    def __init__(
        self,
        store: Store,
        knowledge: Knowledge,
        channels: Mapping[str, Channel],
        links: Links | None = None,
    ) -> None:
        links = links or Links(secrets.token_hex(), store.clock, "")
        self.store, self.knowledge = store, knowledge
        self.channels = channels
        abilities = {name: channel.can for name, channel in channels.items()}
        self.papers = Papers(store, knowledge, links)
        self.turns = Turns(store, knowledge, abilities, links.site)
        self.intake = Intake(store, self.turns.news)
        pushing = Pushing(LastLook(knowledge, self.turns.queue, abilities))
        self.sender = Sender(store, channels, self.papers.packed, pushing)
        self.learning = Learning(store, knowledge, self.turns.queue)
        self.photos = Photos(store, knowledge, channels, self.turns.queue)
        self.turns.queued = self.sender.bell  # who queues a reply wakes the sender
        self.turns.decided = self.learning.bell
        self.turns.pictured = self.photos.bell
        self.photos.queued = self.sender.bell

    async def open(self) -> None:
        """Bring the database up to date, and take up again what was being sent."""
        await upgrade(self.store.engine)
        await asyncio.to_thread(public_holidays)  # from the disk, before anybody waits for us
        async with self.store.view() as unit:
            await pulse.take_up(unit, self.channels)
        if self.store.alone:
            async with self.store.unit() as unit:
                await unit.outbox.recover([*self.channels])
                await unit.pushes.lost([*self.channels], all_of_them=True)

    async def settle(self, said: Sequence[Incoming]) -> None:
        """Hear these and do everything that follows, here and now: for one person at a terminal."""
        async with self.store.unit() as unit:
            await unit.inbox.store([row(each) for each in said])
        while await self.turns.round() == TOGETHER or self.turns.resting:
            self.turns.resting.clear()  # somebody sits and waits
        while (
            await self.sender.round()
            or self.sender.sending
            or await self.photos.round()
            or await self.learning.heed()
        ):
            for task in [*self.sender.sending]:
                await task

    async def replies_after(
        self, address: str, after: int, limit: int
    ) -> list[tuple[int, dict[str, Any]]]:
        """What somebody on the web was sent after a number, in order, each with its own."""
        async with self.store.view() as unit:
            rows = await unit.outbox.begun_after("web", address, after, limit)
            return [(begun, await self.papers.linked(unit, address, body)) for begun, body in rows]

    def troubles(self) -> Mapping[str, Sequence[str]]:
        """What our channels need their operator for."""
        ailing = {name: each for name, each in self.channels.items() if isinstance(each, Ailing)}
        return {name: each.troubles() for name, each in ailing.items() if each.troubles()}

    async def healthy(self) -> Mapping[str, object]:
        """How we are; raises nothing."""
        try:
            async with self.store.view() as unit:
                waiting, leaving = await unit.inbox.count_open(), await unit.outbox.count_waiting()
                parked = await unit.inbox.count_parked()
                hold = await unit.holds.standing()
        except Exception as error:
            return {"ok": False, "database": type(error).__name__}
        return {
            "ok": True,
            "inbox": waiting,
            "outbox": leaving,
            "parked": parked,
            "held_since": hold.since.isoformat() if hold else None,
            "channels": sorted(self.channels),
            "troubles": self.troubles(),
            "content": self.knowledge.told(),
        }
