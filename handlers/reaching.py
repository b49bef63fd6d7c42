"""Where somebody can be told something now. Knows of channels only what each is said to do."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from content.library import Library
from handlers import screens
from handlers.talk import Reply
from handlers.turn import Turn
from storage.missed import WINDOW as WINDOW
from storage.people import Where
from storage.tables import Address, Person

UNREACHABLE = "unreachable"  # they left or blocked us


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
    return library.labels.get(f"channel-{channel.replace('_', '-')}", channel)


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


async def tell(turn: Turn, person_id: int, reply: Reply) -> bool:
    """Tell somebody what others did, at one place: from where they wrote last, of those where they
    can be told. False where nothing reaches them now; where they only wrote too long ago, it
    leaves when they write again.
    """
    places = await turn.unit.people.addresses(person_id)
    if there := first(turn, places, ""):
        put(turn, await turn.unit.people.get(person_id), there, reply)
    elif there := first(turn, places, WINDOW):
        turn.others.append((*there, reply))
        return False
    return there is not None


def first(turn: Turn, places: list[Address], hindrance: str) -> Where | None:
    """The first place with just this in the way."""
    fitting = (each for each in places if why_not(turn, each) == hindrance)
    return next(((each.channel, each.sender) for each in fitting), None)


def put(turn: Turn, person: Person, there: Where, reply: Reply) -> None:
    """Tell somebody at this place, on whose screen it then stands."""
    turn.others.append((*there, reply))
    screens.add(person, there, reply.buttons)
