"""Reminders that nobody asked for at this moment: few, by day, and never to who wants none.

Nothing is planned ahead. Once a day, when the hour has come, and again when the content changes or
we start anew, it is derived who is to be told what; the ledger is written with the message.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from datetime import date, datetime

import structlog

from bot.again import again
from bot.channels.choosing import choose
from bot.knowledge import Knowledge
from bot.log import trace
from bot.sending import quota
from bot.sending.recalling import TOGETHER
from bot.turns import Turns
from content.library import Library
from handlers import reminders
from handlers.notices import Notice, notices
from handlers.staff import allowance, mornings
from handlers.staff.mornings import Missing
from handlers.standing import Standing
from handlers.turn import HERE, busy, shows
from storage.outbox import Push
from storage.told import Known
from storage.unit import Store, Unit

logger = structlog.get_logger(__name__)

EVERY = 60.0  # seconds
AT_ONCE = 200  # people who are looked through in one go
Round = tuple[date, Library]


@dataclass
class Going:
    """One going through everybody; ``left`` are the pushes that channels take still, ``standings``
    how the channels stood when it began.
    """

    turns: Turns
    library: Library
    left: dict[str, int]
    standings: list[Standing]
    missing: Missing = field(default_factory=dict)

    def spent(self) -> list[str]:
        """The channels that take no more."""
        return [channel for channel, some in self.left.items() if not some]

    def take(self, channel: str) -> None:
        """One was queued there."""
        if channel in self.left:
            self.left[channel] -= 1


async def nudge(store: Store, knowledge: Knowledge, turns: Turns, rung: asyncio.Event) -> None:
    """Remind of what is due, for ever; ``rung`` wakes who sends."""
    done: Round | None = None

    async def once_a_day() -> None:
        nonlocal done
        here, library = store.clock().astimezone(HERE), knowledge.library
        this = here.date(), library
        if this != done and come(library, here) and not await held(store):
            if await remind(store, library, turns):
                rung.set()
            done = this

    await again(once_a_day, EVERY, "nudges_failed")


def come(library: Library, here: datetime) -> bool:
    """Whether the hour of reminders has come, and something may leave."""
    return library.reminding.may_disturb(here) and here.time() >= library.reminding.at


async def held(store: Store) -> bool:
    """Whether nothing is to go out unasked for now: a backup was restored."""
    async with store.view() as unit:
        return await unit.holds.standing() is not None


async def remind(store: Store, library: Library, turns: Turns) -> int:
    """Queue what is due now, as it stands now; return to how many people.

    Who cannot be told keeps nothing from the others; what was wrong is raised in the end.
    """
    here = store.clock().astimezone(HERE)
    if not library.reminding.may_disturb(here) or await held(store):
        return 0
    async with store.view() as unit:
        left = await quota.left(unit, turns.channels, library.broadcasts.kept)
    going = Going(turns, library, left, await turns.reach.standings())
    count, last = 0, 0
    wrong: Exception | None = None
    while True:
        async with store.view() as unit:
            ids = await unit.told.concerned(last, AT_ONCE)
            known = await unit.told.known(ids) if ids else []
            due = [each.person.id for each in known if await is_due(unit, going, each)]
        if not ids:
            break
        for number in due:
            try:
                async with store.unit() as unit:
                    count += await tell(unit, going, number)
            except Exception as error:
                told = {"error": type(error).__name__, "trace": trace(error)}
                logger.error("not_reminded", person=number, **told)
                wrong = error
        last = ids[-1]
    if wrong:
        raise wrong
    return count


async def is_due(unit: Unit, going: Going, known: Known) -> bool:
    """Whether somebody may have to be told something; what is wrong is seen where they are told."""
    try:
        return bool(await told_now(unit, going, known))
    except Exception:
        return True


async def told_now(unit: Unit, going: Going, known: Known) -> list[Notice]:
    """All that somebody is to be told now, the most urgent first."""
    found = notices(going.library, known, unit.now)
    found += await mornings.notices(unit, going.library, known, going.missing)
    found += allowance.notices(going.library, known, going.standings, unit.now)
    return sorted(found, key=lambda each: each.urgent)


async def tell(unit: Unit, going: Going, number: int) -> bool:
    """Queue one message for one person, as it stands once nobody else has them in hand."""
    turns, library = going.turns, going.library
    await unit.people.lock(number)
    (known,) = await unit.told.known([number])
    found = await told_now(unit, going, known)
    place = choose(known.places, turns.channels, unit.now, going.spent(), own=True)
    if not found or isinstance(place, str):
        return False
    reply, said = reminders.message(library, found)
    for each in said:
        await unit.told.add(number, each.about, each.steps, each.day)
    until = library.reminding.closing(unit.now.astimezone(HERE))
    about = TOGETHER.join(each.stamp for each in said)
    turns.queue(unit, *place, reply, Push(number, about, until))
    going.take(place[0])
    if not busy(known.person):
        shows(known.person, reply)
    return True
