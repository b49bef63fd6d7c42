"""Broadcasts under way: planned when their time has come, ended when nothing is left to send."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping

import structlog

from bot.channels.base import Abilities
from bot.knowledge import Knowledge
from bot.log import trace
from bot.recipients import cast_of
from handlers.broadcasting.estimate import useful
from storage.tables import Broadcast
from storage.unit import Store, Unit

logger = structlog.get_logger(__name__)

EVERY = 1.0  # seconds
LATE = "late"  # why one is paused that did not begin at its time


Tell = Callable[[Unit, Broadcast], Awaitable[None]]


async def nobody(unit: Unit, row: Broadcast) -> None:
    """Who looks for themselves is not told."""


class Planner:
    """Makes a row for each recipient, a page of people a transaction; goes on after a crash."""

    def __init__(
        self,
        store: Store,
        knowledge: Knowledge,
        abilities: Mapping[str, Abilities],
        rung: asyncio.Event,
        tell: Tell = nobody,
    ) -> None:
        self.store, self.knowledge, self.abilities = store, knowledge, abilities
        self.rung = rung  # we ring it when there is something to send
        self.tell = tell  # its maker, that it began at its time, is over, or was too late

    async def run(self) -> None:
        """Look every second, for ever."""
        while True:
            try:
                await self.round()
            except Exception as error:
                logger.error("planning_failed", error=type(error).__name__, trace=trace(error))
            await asyncio.sleep(EVERY)

    async def round(self) -> None:
        """Plan what is due, and end what is over."""
        async with self.store.view() as unit:
            rows = await unit.broadcasts.having("waiting", "planning")
            rows = [] if await unit.holds.standing() else rows
            idle = await unit.broadcasts.idle()
        for row in rows:
            if (row.due_at is None or row.due_at <= self.store.clock()) and await self.begin(row):
                while await self.step(row.id):
                    pass
        if idle:
            async with self.store.unit() as unit:
                for number in await unit.broadcasts.finish():
                    if over := await unit.broadcasts.get(number):
                        await self.tell(unit, over)
            self.rung.set()

    async def begin(self, row: Broadcast) -> bool:
        """Whether it is to be planned now; one that is late waits until somebody looks at it."""
        if row.state == "planning" and row.reached:
            return True
        late = self.knowledge.library.broadcasts.late
        async with self.store.unit() as unit:
            mine = await unit.broadcasts.get(row.id)
            if mine is None or mine.stamp != row.stamp:
                return False
            if mine.due_at and unit.now - mine.due_at > late:
                if await unit.broadcasts.change(mine, "paused", reason=LATE, due_at=None):
                    await self.tell(unit, mine)
                return False
            return mine.state == "planning" or await unit.broadcasts.change(mine, "planning")

    async def step(self, number: int) -> bool:
        """Plan for a page of people; False where it is done, or is not to be planned any more."""
        library = self.knowledge.library
        async with self.store.view() as unit:
            row = await unit.broadcasts.get(number)
            if row is None or row.state != "planning":
                return False
            cast = await cast_of(unit, library, self.abilities, row)
            page = await unit.audience.page(row.plan, cast.whom.to, row.reached)
            until = useful(library, unit.now)
        rows = [cast.planned(each, until) for each in cast.recipients(page, self.store.clock())]
        async with self.store.unit() as unit:
            mine = await unit.broadcasts.get(number)
            if mine is None or mine.stamp != row.stamp:
                return False
            if page:
                if not await unit.broadcasts.note(mine, reached=page[-1].id):
                    return False
                # Who asked to be forgotten since we looked is not written down again.
                there = await unit.audience.still(row.plan, cast.whom.to, [e.id for e in page])
                await unit.broadcasts.plan([r for r in rows if r["person_id"] in there])
                return True
            if await unit.broadcasts.change(mine, "running", begun_at=unit.now) and mine.due_at:
                await self.tell(unit, mine)
        self.rung.set()
        return False
