"""Turns: each update takes effect exactly once, in order per person, in one transaction."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import structlog
from prometheus_client import Counter, Histogram

from bot.broadcasts.ahead import Ahead
from bot.channels.base import Abilities, fit
from bot.knowledge import Knowledge
from bot.log import trace
from content.library import Library
from handlers.respond import respond
from handlers.talk import Incoming, Reply
from handlers.turn import Turn
from storage.inbox import Waiting
from storage.outbox import ANSWER, Push
from storage.people import Where
from storage.unit import Store, Unit

logger = structlog.get_logger(__name__)

TOGETHER = 100  # turns in one commit
PAUSES = (1, 10)  # seconds before an update is tried again; then it is parked
LEAST = Abilities(max_text=1000)  # of a channel that only another process has
PATIENCE = 5.0  # seconds at most until we look again: another process may have stored

TURNS = Counter("thidua_turns", "Updates that have taken effect", ["channel"])
PARKED = Counter("thidua_parked", "Updates that could not be handled", ["channel"])
SECONDS = Histogram("thidua_turn_seconds", "Time to handle the turns of one commit")


class Turns:
    """Takes updates from the inbox, lets the handlers answer, queues the replies."""

    def __init__(
        self,
        store: Store,
        knowledge: Knowledge,
        channels: Mapping[str, Abilities],
        site: str = "",
    ) -> None:
        self.store, self.knowledge, self.channels = store, knowledge, channels
        self.reach = Ahead(store, channels)
        bound = {name: can for name, can in channels.items() if not can.belated}
        within = {name: can.answers or can.window for name, can in bound.items()}
        self.windows = {name: window for name, window in within.items() if window}
        self.site = site  # the address of our own pages
        self.resting: dict[Where, datetime] = {}  # whose update failed: until when they wait
        self.news = asyncio.Event()  # rung when something was stored
        self.queued = asyncio.Event()  # we ring it when replies were queued
        self.decided = asyncio.Event()  # the same when staff decided something to be learnt
        self.pictured = asyncio.Event()  # the same when photos were sent

    async def run(self) -> None:
        """Handle updates as they come, for ever."""
        while True:
            self.news.clear()
            try:
                handled = await self.round()
            except Exception as error:
                logger.error("turns_failed", error=type(error).__name__, trace=trace(error))
                await asyncio.sleep(1)
                continue
            if not handled:
                await rung(self.news, self.patience())

    def patience(self) -> float:
        """Seconds until we look again though nobody rang."""
        now = self.store.clock()
        return min([PATIENCE, *((until - now).total_seconds() for until in self.resting.values())])

    async def round(self) -> int:
        """Handle the updates that wait, in one commit if all goes well; return how many."""
        now = self.store.clock()
        self.resting = {who: until for who, until in self.resting.items() if until > now}
        try:
            handled = await self.together()
        except Exception as error:
            logger.warning("turns_apart", error=type(error).__name__)
            handled = await self.apart()
        if handled:
            self.queued.set()
        return handled

    async def together(self) -> int:
        with SECONDS.time():
            async with self.store.unit() as unit:
                rows = await unit.inbox.open(TOGETHER, list(self.channels), but=self.resting)
                if rows:
                    await self.take(unit, rows)
        self.told(unit)
        for row in rows:
            TURNS.labels(row.channel).inc()
        return len(rows)

    async def take(self, unit: Unit, rows: Sequence[Waiting]) -> None:
        """The turns of these updates, in order."""
        people = await unit.people.at((row.channel, row.sender) for row in rows)
        await unit.drafts.warm(people.values())
        for row in rows:
            person, said = people[row.channel, row.sender], Incoming.from_json(row.body)
            turn = Turn(self.library(row.channel), unit, person, said, self.reach, self.site)
            turn.windows = self.windows
            reply = await respond(turn)
            people |= unit.people.moved
            for channel, address, other in turn.others:
                self.queue(unit, channel, address, other)
            if reply.text:
                self.answer(unit, row, reply)
        await unit.inbox.done(rows)

    def told(self, unit: Unit) -> None:
        """Once it is committed, wake who learns what staff decided, and who fetches photos."""
        if unit.lessons.new:
            self.decided.set()
        if unit.photos.new:
            self.pictured.set()

    def library(self, channel: str) -> Library:
        """What is known, without documents of ours where nobody could open them."""
        library = self.knowledge.library
        return library if self.site or self.channels[channel].home else library.shut_in

    def queue(
        self, unit: Unit, channel: str, address: str, reply: Reply, push: Push = ANSWER
    ) -> None:
        """Tell somebody what they did not ask for just now; with a push, what nobody waits for."""
        news = replace(reply, news="private" if push is ANSWER else "open")
        unit.outbox.add(channel, address, self.fitted(channel, news), push)

    def answer(self, unit: Unit, row: Waiting, reply: Reply) -> None:
        """Reply to what was just said."""
        unit.outbox.add(row.channel, row.sender, self.fitted(row.channel, reply))

    def fitted(self, channel: str, reply: Reply) -> list[dict[str, Any]]:
        """Fit the reply now, so that one row is one sending and a retry repeats no part."""
        return [part.as_json() for part in fit(reply, self.channels.get(channel, LEAST))]

    async def apart(self) -> int:
        """One turn a transaction, so that a poisonous update holds back its own person at most."""
        async with self.store.view() as unit:
            rows = await unit.inbox.waiting(None, TOGETHER, [*self.channels], self.resting)
        held: set[tuple[str, str]] = set()
        for row in rows:
            if (row.channel, row.sender) not in held and not await self.alone(row):
                held.add((row.channel, row.sender))
        return len(rows)

    async def alone(self, row: Waiting) -> bool:
        """One update's turn; False where its person's next ones have to wait for it."""
        try:
            async with self.store.unit() as unit:
                if mine := await unit.inbox.open(1, [row.channel], [row.id]):
                    await self.take(unit, mine)
        except Exception as error:
            return await self.failed(row, error)
        self.told(unit)
        if mine:
            TURNS.labels(row.channel).inc()
        return bool(mine)  # if not, another process has that person in hand

    async def failed(self, row: Waiting, error: Exception) -> bool:
        """Have its person wait a little; after a few failures, park the update and apologise."""
        where = {"channel": row.channel, "inbox": row.id, "error": type(error).__name__}
        async with self.store.unit() as unit:
            mine = await unit.inbox.open(1, [row.channel], [row.id])
            if not mine:
                return False
            pauses = PAUSES[mine[0].attempts :]
            if pauses:
                await unit.inbox.failed(mine[0])
            else:
                await unit.inbox.park(row, f"{type(error).__name__}: {trace(error)}")
                await unit.people.at([(row.channel, row.sender)])  # they were heard all the same
                self.answer(unit, row, Reply(self.knowledge.library.say("talk/fault")))
        if pauses:
            logger.warning("turn_failed", **where)
            self.resting[row.channel, row.sender] = unit.now + timedelta(seconds=pauses[0])
            return False
        logger.error("update_parked", **where, trace=trace(error))
        PARKED.labels(row.channel).inc()
        return True


async def rung(bell: asyncio.Event, seconds: float) -> None:
    """Wait for the bell, but no longer than that."""
    try:
        async with asyncio.timeout(seconds):
            await bell.wait()
    except TimeoutError:
        return
