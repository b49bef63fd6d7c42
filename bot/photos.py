"""Photos on their way to us: fetched from where they were sent, after the turn that heard of them.

That one was sent is in the database with its turn; a crash, or a platform that is out of order,
only has it fetched later.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from datetime import timedelta

import structlog

from bot.channels.base import Channel, NoPhoto, Shows
from bot.knowledge import Knowledge
from bot.log import trace
from bot.pictures import Unfit, bare
from bot.turns import rung
from handlers.talk import Reply
from storage.photos import Wanted
from storage.unit import Store, Unit

logger = structlog.get_logger(__name__)

AT_ONCE = 4
PAUSES = (5, 60, 600, 3600, 6 * 3600)  # seconds before it is tried again; then it is given up
PATIENCE = 30.0  # seconds at most until we look again: another process may have heard of one
ENOUGH = 90  # seconds for one photo; less than its lease

Queue = Callable[[Unit, str, str, Reply], None]


class Photos:
    """Fetches what people sent; ``queue`` is how they are told that one cannot be had."""

    def __init__(
        self, store: Store, knowledge: Knowledge, channels: Mapping[str, Channel], queue: Queue
    ) -> None:
        self.store, self.knowledge, self.queue = store, knowledge, queue
        self.sources: dict[str, Shows] = {
            name: channel for name, channel in channels.items() if isinstance(channel, Shows)
        }
        self.bell = asyncio.Event()  # rung when one was sent
        self.queued = asyncio.Event()  # we ring it when somebody is told

    async def run(self) -> None:
        """Fetch what comes, for ever."""
        while True:
            self.bell.clear()
            try:
                wait = 0.0 if await self.round() else await self.pause()
            except Exception as error:
                logger.error("photos_failed", error=type(error).__name__, trace=trace(error))
                wait = PATIENCE
            if wait:
                await rung(self.bell, wait)

    async def pause(self) -> float:
        """Seconds until there may be something to do though nobody rang."""
        async with self.store.view() as unit:
            due = await unit.photos.next_due([*self.sources])
            left = (due - unit.now).total_seconds() if due else PATIENCE
        return min(PATIENCE, max(1.0, left))

    async def round(self) -> int:
        """Fetch some of what is due; return how many that were."""
        if not self.sources:
            return 0
        async with self.store.view() as unit:
            due = await unit.photos.next_due([*self.sources])
            if due is None or due > unit.now:
                return 0
        async with self.store.unit() as unit:
            wanted = await unit.photos.claim([*self.sources], AT_ONCE)
        await asyncio.gather(*map(self.fetch, wanted))
        return len(wanted)

    async def fetch(self, wanted: Wanted) -> None:
        """Have one, or know when to try again, or that it is in vain."""
        try:
            async with asyncio.timeout(ENOUGH):
                content = await self.sources[wanted.channel].fetch(wanted.reference)
            kind, content = bare(content)
        except (NoPhoto, Unfit) as error:
            await self.lose(wanted, error)
        except Exception as error:
            if wanted.attempts >= len(PAUSES):
                await self.lose(wanted, error)
                return
            async with self.store.unit() as unit:
                pause = timedelta(seconds=PAUSES[wanted.attempts])
                await unit.photos.later(wanted, unit.now + pause)
        else:
            async with self.store.unit() as unit:
                await unit.photos.arrived(wanted.id, content, kind)

    async def lose(self, wanted: Wanted, error: Exception) -> None:
        """Give it up, and let its person know, once for those sent together."""
        logger.warning("photo_lost", photo=wanted.id, error=type(error).__name__)
        async with self.store.unit() as unit:
            if not await unit.photos.lose(wanted):
                return
            reply = Reply(self.knowledge.library.say("photo/lost"))
            for channel, address in await unit.people.places([wanted.person_id]):
                if channel == wanted.channel:
                    self.queue(unit, channel, address, reply)
        self.queued.set()
