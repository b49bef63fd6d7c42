"""What a month's messages on a channel have gone to, and how many pushes it takes still.

Counted from what left. A part of them is kept for answers, which are sent as long as the platform
takes them, for our count may be wrong.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from bot.channels.base import Abilities
from handlers.turn import HERE
from storage.unit import Unit


def month(now: datetime) -> datetime:
    """When the month of a moment began, where our people live."""
    return now.astimezone(HERE).replace(day=1, hour=0, minute=0, second=0, microsecond=0)


async def used(unit: Unit, channel: str) -> int:
    """How many messages the channel took from us this month."""
    return (await unit.quotas.taken(channel, month(unit.now))).messages


async def people(unit: Unit, channel: str) -> int:
    """How many have ever written to us there."""
    return await unit.quotas.people(channel)


async def left(unit: Unit, abilities: Mapping[str, Abilities], kept: int) -> dict[str, int]:
    """How many more pushes may be planned this month, by each channel that counts messages.

    ``kept`` percent are for answers; what is already to leave is taken off.
    """
    found = {}
    for name, can in abilities.items():
        if can.quota:
            room = await rest(unit, name, can, kept) - await unit.quotas.coming(name)
            found[name] = max(0, room)
    return found


async def spent(unit: Unit, abilities: Mapping[str, Abilities], kept: int) -> set[str]:
    """The channels that take no pushes any more this month, not even those already planned."""
    counting = [(name, can) for name, can in abilities.items() if can.quota]
    return {name for name, can in counting if await rest(unit, name, can, kept) <= 0}


async def rest(unit: Unit, channel: str, can: Abilities, kept: int) -> int:
    """How much is not used up yet of what pushes may take."""
    taken = await unit.quotas.taken(channel, month(unit.now))
    return 0 if taken.over else can.quota * (100 - kept) // 100 - taken.messages
