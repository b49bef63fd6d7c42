"""By which channel somebody is told what they did not ask for: the cheapest that is certain."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import UTC, datetime

from bot.channels.base import Abilities
from handlers.reaching import UNREACHABLE as UNREACHABLE
from handlers.reaching import WINDOW as WINDOW
from handlers.reaching import barred
from storage.audience import Place
from storage.people import Where
from storage.quotas import QUOTA as QUOTA
from storage.tables import Address

NOWHERE = "nowhere"  # they never wrote to us by a channel that we have
WHY = (QUOTA, WINDOW, UNREACHABLE, NOWHERE)  # what could be mended soonest first
LONG_AGO = datetime.min.replace(tzinfo=UTC)


def choose(
    places: Iterable[Address | Place],
    abilities: Mapping[str, Abilities],
    now: datetime,
    spent: Collection[str] = (),
    *,
    own: bool = False,
) -> Where | str:
    """The one place where somebody is told something, or the reason why there is none.

    ``spent`` are channels with no messages left for what nobody asked for; ``own``: it is about
    what is theirs, and not news for many.
    """
    rated = [(hindrance(place, abilities, now, spent, own=own), place) for place in places]
    open_places = [place for why, place in rated if not why]
    if not open_places:
        return min((why for why, _ in rated), key=WHY.index, default=NOWHERE)

    def rank(place: Address | Place) -> tuple[bool, int, float]:
        can = abilities[place.channel]
        certain = can.certain or bool(place.push)
        return not certain, can.cost, -(place.heard_at or LONG_AGO).timestamp()

    best = min(open_places, key=rank)
    return best.channel, best.sender


def hindrance(
    place: Address | Place,
    abilities: Mapping[str, Abilities],
    now: datetime,
    spent: Collection[str],
    *,
    own: bool,
) -> str:
    """Why this place will not do; empty where it will."""
    can = abilities.get(place.channel)
    if can is None:
        return NOWHERE
    window = None if own and can.belated else can.window
    why = barred(place.unreachable_since, place.heard_at, window, now)
    return why or (QUOTA if place.channel in spent else "")
