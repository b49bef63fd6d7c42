"""What of a platform's allowance is used up: its messages of this month, and its people."""

from __future__ import annotations

from handlers.turn import HERE
from storage.unit import Unit


async def used(unit: Unit, channel: str) -> int:
    """How many of a channel's messages of this month have left, or are planned to."""
    here = unit.now.astimezone(HERE)
    month = here.replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    return await unit.broadcasts.spent(channel, month)


async def people(unit: Unit, channel: str) -> int:
    """How many people have ever written there."""
    return await unit.traffic.people(channel)
