"""How our channels stand by our own count."""

from __future__ import annotations

from collections.abc import Mapping

from bot.channels.base import Abilities
from bot.sending import quota
from handlers.standing import Standing
from storage.unit import Unit


async def standings(unit: Unit, abilities: Mapping[str, Abilities]) -> list[Standing]:
    """Each of these channels, in their order."""
    through = await unit.traffic.of(abilities)
    return [
        Standing(
            channel=name,
            quota=can.quota,
            used=await quota.used(unit, name) if can.quota else 0,
            most=can.people,
            people=await quota.people(unit, name),
            traffic=through[name],
        )
        for name, can in abilities.items()
    ]
