"""Where updates come in: stored together, on the disk before anybody is told "received"."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Sequence

from bot import pulse
from bot.turns import PARKED
from handlers.talk import Incoming
from storage.inbox import Heard
from storage.unit import Store


class Intake:
    """Groups what arrives at the same time into one commit: a disk sync a message is too slow."""

    def __init__(self, store: Store, news: asyncio.Event) -> None:
        self.store, self.news = store, news
        self.waiting: list[tuple[list[Heard], asyncio.Future[None]]] = []
        self.arrived = asyncio.Event()

    async def hear(self, said: Sequence[Incoming]) -> None:
        """Return once these are safe; raise where they could not be stored."""
        await self.keep([row(each) for each in said])

    async def park(self, channel: str, update_id: str, raw: str) -> None:
        """Keep an update that nobody could read, for staff to look at."""
        body = {"raw": json.loads(raw)}
        await self.keep([Heard(channel, update_id, "", body, "could not be read")])
        PARKED.labels(channel).inc()

    async def keep(self, heard: list[Heard]) -> None:
        if heard:
            safe: asyncio.Future[None] = asyncio.get_running_loop().create_future()
            self.waiting.append((heard, safe))
            self.arrived.set()
            await safe

    async def run(self) -> None:
        """Store what arrives, for ever."""
        while True:
            await self.arrived.wait()
            self.arrived.clear()
            await self.store_all()

    async def store_all(self) -> None:
        """Store all that has arrived, in one commit."""
        batch, self.waiting = self.waiting, []
        try:
            async with self.store.unit() as unit:
                await unit.inbox.store([each for heard, _ in batch for each in heard])
        except Exception as error:
            settle(batch, error)
        except BaseException:
            settle(batch, ConnectionAbortedError("stopping"))
            raise
        else:
            settle(batch, None)
            self.news.set()
            for channel in {each.channel for heard, _ in batch for each in heard}:
                pulse.HEARD.labels(channel).set(self.store.clock().timestamp())


def row(said: Incoming) -> Heard:
    """What was heard, as it is remembered."""
    return Heard(said.channel, said.id, said.sender, vars(said))


def settle(batch: list[tuple[list[Heard], asyncio.Future[None]]], error: Exception | None) -> None:
    """Tell those who wait that it is safe, or that it is not."""
    for _, safe in batch:
        if safe.done():
            continue
        if error:
            safe.set_exception(error)
        else:
            safe.set_result(None)
