"""A platform that takes messages, written by hand, and a sender in front of it."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from bot.channels.base import Abilities, Channel
from bot.sending.pushing import Pushing, Recheck
from bot.sending.sender import Pack, Sender
from handlers.talk import Incoming, Made, Reply
from storage.outbox import Claimed, Outcome
from storage.people import Where
from storage.unit import Store, Unit


class Post:
    """A platform that takes messages, and refuses as often as it was told to."""

    def __init__(self, name: str = "post", pace: float = 0) -> None:
        self.name, self.can = name, Abilities(max_text=1000, pace=pace)
        self.refusals: dict[str, deque[Exception]] = {}  # by text, one a sending
        self.tried: list[str] = []
        self.arrived: list[str] = []
        self.open = asyncio.Event()  # until it is set, everything is under way
        self.open.set()
        self.begun, self.came = asyncio.Event(), asyncio.Event()

    def refuse(self, text: str, *errors: Exception) -> None:
        self.refusals[text] = deque(errors)

    def trusts(self, headers: Mapping[str, str], body: bytes) -> bool:
        return False

    def read(self, update: Mapping[str, Any]) -> Iterable[Incoming]:
        return ()

    async def send(self, address: str, reply: Reply, files: Sequence[Made] = ()) -> None:
        self.tried.append(reply.text)
        self.begun.set()
        await self.open.wait()
        if refusals := self.refusals.get(reply.text):
            raise refusals.popleft()
        self.arrived.append(reply.text)
        self.came.set()


async def unpacked(
    where: Where, reply: Reply, can: Abilities, *, along: bool
) -> tuple[Reply, list[Made]]:
    """There are no papers here."""
    return reply, []


class Anything:
    """Whatever was taken in hand may leave; which broadcasts were stopped is noted."""

    def __init__(self) -> None:
        self.stays: dict[int, Outcome] = {}
        self.stopped: list[tuple[int, Outcome]] = []
        self.awake = True

    def may_disturb(self, now: datetime) -> bool:
        return self.awake

    async def __call__(self, unit: Unit, rows: Sequence[Claimed]) -> Mapping[int, Outcome]:
        return {row.id: self.stays[row.id] for row in rows if row.id in self.stays}

    async def stop(self, unit: Unit, broadcast: int, last: Outcome) -> None:
        row = await unit.broadcasts.get(broadcast)
        assert row
        assert await unit.broadcasts.change(row, "paused", refusals=0)
        self.stopped.append((broadcast, last))


def sender_of(
    store: Store, *channels: Channel, pack: Pack = unpacked, recheck: Recheck | None = None
) -> Sender:
    named = {channel.name: channel for channel in channels}
    return Sender(store, named, pack, Pushing(recheck or Anything()))


async def say(store: Store, address: str, *texts: str, channel: str = "post") -> None:
    async with store.unit() as unit:
        unit.outbox.add(channel, address, [Reply(text).as_json() for text in texts])


async def drain(sender: Sender) -> None:
    """Send all that may leave now."""
    while await sender.round() or sender.sending or sender.outcomes:
        await asyncio.gather(*sender.sending)
