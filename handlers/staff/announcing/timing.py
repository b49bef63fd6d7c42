"""When a broadcast leaves: at once, or at a time that somebody types; never while people rest."""

from __future__ import annotations

from datetime import datetime, timedelta

from handlers.errors import Invalid
from handlers.staff.announcing import confirming
from handlers.staff.announcing.opening import draft, gone, more
from handlers.staff.officers import Officers
from handlers.talk import Button, Reply
from handlers.turn import HERE, Turn
from handlers.values.hours import hour_of
from storage.tables import Broadcast

SOON = timedelta(hours=1)  # from now, at the earliest, is what is offered


def local(turn: Turn) -> datetime:
    """The moment as the clock on the wall says it."""
    return turn.unit.now.astimezone(HERE)


async def now(turn: Turn, officers: Officers, argument: str) -> Reply:
    """At once, if people may be disturbed; else as soon as they may."""
    row = await draft(turn, officers, argument)
    if row is None:
        return gone(turn)
    if not turn.library.reminding.may_disturb(local(turn)):
        return when(turn, row, turn.library.say("broadcast/resting"))
    return await taken(turn, officers, row, None)


async def ask(turn: Turn, officers: Officers, argument: str) -> Reply:
    """Ask for the time."""
    row = await draft(turn, officers, argument)
    return when(turn, row) if row else gone(turn)


def when(turn: Turn, row: Broadcast, note: str = "", after: datetime | None = None) -> Reply:
    """The question for the time, with one to tap: the next good one."""
    good = turn.library.reminding.opening(after or local(turn) + SOON)
    tap = Button(
        turn.library.say("broadcast/at", due=good), f"staff:cast:at:{row.id}/{good:%Y-%m-%dT%H:%M}"
    )
    later = turn.button("later", f"staff:cast:later:{row.id}/when")
    back = turn.button("back", f"staff:cast:open:{row.id}")
    rest = not turn.library.reminding.may_disturb(local(turn))
    at_once = () if rest else (turn.button("cast-now", f"staff:cast:now:{row.id}"),)
    return turn.say("broadcast/when", *at_once, tap, back, later, note=note, day=good.date())


async def tapped(turn: Turn, officers: Officers, argument: str) -> Reply:
    """The time that was offered."""
    row = await draft(turn, officers, argument)
    if row is None:
        return gone(turn)
    try:
        moment = datetime.fromisoformat(more(argument)).replace(tzinfo=HERE)
    except ValueError:
        return when(turn, row)
    return await taken(turn, officers, row, moment)


async def typed(turn: Turn, officers: Officers, row: Broadcast, text: str) -> Reply:
    """The time as it was typed."""
    try:
        moment = hour_of(text, local(turn), turn.library.reminding.at)
    except Invalid as invalid:
        return when(turn, row, turn.library.say(invalid.reason, **invalid.facts))
    return await taken(turn, officers, row, moment)


async def taken(turn: Turn, officers: Officers, row: Broadcast, moment: datetime | None) -> Reply:
    """Keep a time that is to come and at which people do not rest, and ask for the last word."""
    if moment and moment <= turn.unit.now:
        return when(turn, row, turn.library.say("broadcast/past", due=moment))
    if moment and not turn.library.reminding.may_disturb(moment):
        note = turn.library.say("broadcast/resting")
        return when(turn, row, note, moment)
    await turn.unit.broadcasts.change(row, "draft", due_at=moment)
    return await confirming.ask(turn, officers, row)
