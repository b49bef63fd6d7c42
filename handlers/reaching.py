"""Where somebody can be told something now. Knows of channels only what each is said to do."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from content.library import Library
from handlers import screens
from handlers.talk import Reply
from handlers.turn import Turn
from storage.people import Where
from storage.tables import Address, Person

UNREACHABLE = "unreachable"  # they left or blocked us
WINDOW = "window"  # they wrote too long ago for the channel's rules


@dataclass(frozen=True)
class Reached:
    """One of somebody's channels, and what is in the way of telling them something there."""

    name: str
    why: str  # UNREACHABLE, WINDOW, or nothing
    hours: int  # that the channel allows since they wrote; 0: any number


def barred(
    left: datetime | None, heard: datetime | None, window: timedelta | None, now: datetime
) -> str:
    """Why nobody is told anything at a place that they left then, and where they wrote last then;
    empty where they can be.
    """
    if left:
        return UNREACHABLE
    return WINDOW if window and (heard is None or now - heard >= window) else ""


def why_not(turn: Turn, place: Address) -> str:
    """The same of one of somebody's places, now."""
    window = turn.windows.get(place.channel)
    return barred(place.unreachable_since, place.heard_at, window, turn.unit.now)


def name(library: Library, channel: str) -> str:
    """What people call a channel."""
    return library.labels.get(f"channel-{channel}", channel)


def lines(turn: Turn, places: list[Address]) -> list[Reached]:
    """Somebody's channels, each once, as it stands at the place where they wrote last."""
    found: dict[str, Reached] = {}
    for place in places:
        window = turn.windows.get(place.channel)
        hours = round(window / timedelta(hours=1)) if window else 0
        why = why_not(turn, place)
        if place.channel not in found or (found[place.channel].why and not why):
            found[place.channel] = Reached(name(turn.library, place.channel), why, hours)
    return [*found.values()]


async def place(turn: Turn, person_id: int) -> Where | None:
    """The one place where somebody is told what others did: from where they wrote last, of those
    where they can be.
    """
    for each in await turn.unit.people.addresses(person_id):
        if not why_not(turn, each):
            return each.channel, each.sender
    return None


async def tell(turn: Turn, person_id: int, reply: Reply) -> bool:
    """Tell somebody, at one place; False where nothing reaches them."""
    there = await place(turn, person_id)
    if there:
        put(turn, await turn.unit.people.get(person_id), there, reply)
    return there is not None


def put(turn: Turn, person: Person, there: Where, reply: Reply) -> None:
    """Tell somebody at this place, on whose screen it then stands."""
    turn.others.append((*there, reply))
    screens.add(person, there, reply.buttons)
