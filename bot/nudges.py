"""Reminders that nobody asked for at this moment: few, by day, and never to who wants none."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import date

import structlog

from bot.knowledge import Knowledge
from bot.log import trace
from content.library import Library
from handlers import reminders, wishes
from handlers.progress import WEEK, is_due
from handlers.talk import Reply
from handlers.turn import HERE, busy, shows
from storage.outbox import REMINDER
from storage.people import Where
from storage.tables import Person
from storage.unit import Store, Unit

logger = structlog.get_logger(__name__)

EVERY = 3600.0  # seconds
Queue = Callable[[Unit, str, str, Reply, int], None]


async def nudge(store: Store, knowledge: Knowledge, queue: Queue, rung: asyncio.Event) -> None:
    """Remind every hour of what is due; ``rung`` wakes who sends."""
    while True:
        try:
            if reminders.may_disturb(store.clock()) and await remind(
                store, knowledge.library, queue
            ):
                rung.set()
        except Exception as error:
            logger.error("nudges_failed", error=type(error).__name__, trace=trace(error))
        await asyncio.sleep(EVERY)


async def remind(store: Store, library: Library, queue: Queue) -> int:
    """Queue what is due now, as it stands now; return how much that was."""
    async with store.unit() as unit:
        if await unit.holds.standing():
            return 0
        return await of_drafts(unit, library, queue) + await of_progress(unit, library, queue)


async def of_drafts(unit: Unit, library: Library, queue: Queue) -> int:
    """A reminder of each forgotten draft, at most one a person."""
    count = 0
    reminded = await unit.drafts.nudged_since(unit.now - reminders.REST)
    for draft in await unit.drafts.left(unit.now - reminders.REST, reminders.NUDGES):
        plan = library.plans.get(draft.plan)
        if plan is None or draft.form not in library.forms or draft.person_id in reminded:
            continue
        nudges = reminders.nudge_due(draft, plan, unit.now)
        if not nudges:
            continue
        person, places = await ready(unit, draft.person_id, draft.id)
        if person and await unit.drafts.nudge(draft, nudges):
            say(unit, person, places, reminders.nudge(library, draft, today(unit)), queue)
            reminded.add(draft.person_id)
            count += 1
    return count


async def of_progress(unit: Unit, library: Library, queue: Queue) -> int:
    """The question how far an initiative is, where a moment for it has come; one a person."""
    count = 0
    for row in await unit.registrations.unfinished():
        period = reminders.period_of(library, row)
        if period is None or not is_due(period, row.submitted_at, today(unit)):
            continue
        person, places = await ready(unit, row.person_id, row.code)
        if person is None or person.id in await unit.acts.asked_since(unit.now - WEEK):
            continue
        if is_due(period, await unit.registrations.heard_of(row), today(unit)):
            unit.acts.add("asked", row)
            say(unit, person, places, reminders.question(library, row), queue)
            count += 1
    return count


async def ready(unit: Unit, number: int, about: str) -> tuple[Person | None, list[Where]]:
    """Somebody whom we may remind of this now, and where; nobody, if they left or want none."""
    person = await unit.people.hold(number)
    places = await unit.people.reached(number)
    willing = person and places and wishes.wants(person, about)
    return (person, places) if willing else (None, [])


def say(unit: Unit, person: Person, places: list[Where], reply: Reply, queue: Queue) -> None:
    """Queue a reminder wherever its person is reached."""
    for channel, address in places:
        queue(unit, channel, address, reply, REMINDER)
    if not busy(person):
        shows(person, reply)


def today(unit: Unit) -> date:
    return unit.now.astimezone(HERE).date()
