"""Broadcasts under way: planned when their time has come, ended when nothing is left to send."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime

import structlog

from bot.again import again
from bot.broadcasts.recipients import cast_of
from bot.channels.base import Abilities
from bot.knowledge import Knowledge
from bot.log import trace
from handlers.broadcasting.estimate import useful
from storage.tables import Broadcast
from storage.unit import Store, Unit

logger = structlog.get_logger(__name__)

EVERY = 1.0  # seconds
LATE, WITHDRAWN, LEFT = "late", "withdrawn", "left"  # why one does not begin at its time


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
        await again(self.round, EVERY, "planning_failed")

    async def round(self) -> None:
        """Plan what is due, and end what is over."""
        async with self.store.view() as unit:
            rows = await unit.broadcasts.having("waiting", "planning")
            rows = [] if await unit.holds.standing() else rows
            idle = await unit.broadcasts.idle()
        for row in rows:
            if row.due_at is None or row.due_at <= self.store.clock():
                try:
                    await self.planned(row)
                except Exception as error:  # the others are planned all the same
                    told = {"broadcast": row.id, "error": type(error).__name__}
                    logger.error("planning_failed", **told, trace=trace(error))
        if idle:
            async with self.store.unit() as unit:
                for number in await unit.broadcasts.finish():
                    if over := await unit.broadcasts.get(number):
                        await self.tell(unit, over)
            self.rung.set()

    async def planned(self, row: Broadcast) -> None:
        """Begin with one, or go on, until it is planned."""
        if await self.begin(row):
            while await self.step(row.id):
                pass

    async def begin(self, row: Broadcast) -> bool:
        """Whether it is to be planned now; one that should not begin by itself waits until somebody
        looks at it.
        """
        if row.state == "planning" and row.reached:
            return True
        async with self.store.unit() as unit:
            mine = await unit.broadcasts.get(row.id)
            if mine is None or mine.stamp != row.stamp:
                return False
            if mine.due_at and (why := await self.hindrance(unit, mine, mine.due_at)):
                if await unit.broadcasts.change(mine, "paused", reason=why, due_at=None):
                    await self.tell(unit, mine)
                return False
            return mine.state == "planning" or await unit.broadcasts.change(mine, "planning")

    async def hindrance(self, unit: Unit, row: Broadcast, due: datetime) -> str:
        """Why it should not begin by itself now that its time has come; empty where it should."""
        library = self.knowledge.library
        if unit.now - due > library.broadcasts.late:
            return LATE
        if row.plan not in library.plans:
            return WITHDRAWN
        answer = {row.staff_id, row.confirmed_by} - {None}
        officers = {officer.id for officer in await unit.staff.all()}
        return LEFT if answer and not answer & officers else ""

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
