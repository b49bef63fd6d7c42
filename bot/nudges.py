"""Reminders that nobody asked for at this moment: few, by day, and never to who wants none."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

import structlog

from bot.knowledge import Knowledge
from bot.log import trace
from content.library import Library
from handlers import reminders
from handlers.progress import WEEK, is_due
from handlers.talk import Reply
from handlers.turn import HERE, showing
from storage.outbox import REMINDER
from storage.tables import Person
from storage.unit import Store, Unit

logger = structlog.get_logger(__name__)

EVERY = 3600.0  # seconds
Queue = Callable[[Unit, str, str, Reply, int], None]


async def nudge(store: Store, knowledge: Knowledge, queue: Queue, rung: asyncio.Event) -> None:
    """Remind every hour of what is due; ``rung`` wakes who sends."""
    while True:
        try:
            if reminders.may_disturb(store.clock()) and await remind(store, knowledge.library, queue):
                rung.set()
        except Exception as error:
            logger.error("nudges_failed", error=type(error).__name__, trace=trace(error))
        await asyncio.sleep(EVERY)


async def remind(store: Store, library: Library, queue: Queue) -> int:
    """Queue what is due now, as it stands now; return how much that was."""
    async with store.unit() as unit:
        return await of_drafts(unit, library, queue) + await of_progress(unit, library, queue)


async def of_drafts(unit: Unit, library: Library, queue: Queue) -> int:
    """A reminder of each forgotten draft, at most one a person."""
    reminded = await unit.drafts.nudged_since(unit.now - reminders.REST)
    count, today = 0, unit.now.astimezone(HERE).date()
    for draft in await unit.drafts.left(unit.now - reminders.REST, reminders.NUDGES):
        plan = library.plans.get(draft.plan)
        if plan is None or draft.form not in library.forms or draft.person_id in reminded:
            continue
        nudges = reminders.nudge_due(draft, plan, unit.now)
        person = await unit.people.get(draft.person_id)
        if not nudges or not reminders.wants(person, draft.id):
            continue
        places = await unit.people.reached(person.id)
        if places and await unit.drafts.nudge(draft, nudges):
            say(unit, person, places, reminders.nudge(library, draft, today), queue)
            reminded.add(person.id)
            count += 1
    return count
