"""What the channels know of a broadcast, for whoever composes it in the middle of a turn."""

from __future__ import annotations

from collections.abc import Mapping

from bot.channels.base import Abilities
from bot.reach import Reach
from bot.standings import standings
from content.library import Library
from handlers.broadcasting.estimate import Estimate
from handlers.standing import Standing
from storage.tables import Broadcast
from storage.unit import Store


class Ahead:
    """Looks through everybody beside the turn's transaction, which keeps what it has in hand."""

    def __init__(self, store: Store, abilities: Mapping[str, Abilities]) -> None:
        self.store, self.reach = store, Reach(abilities)
        self.channels = tuple(abilities)
        self.looks, self.room = self.reach.looks, self.reach.room

    async def estimate(self, library: Library, row: Broadcast) -> Estimate:
        """Whom it would reach as it is now."""
        async with self.store.view() as unit:
            return await self.reach.estimate(unit, library, row)

    async def standings(self) -> list[Standing]:
        """How each channel stands by our own count."""
        async with self.store.view() as unit:
            return await standings(unit, self.reach.abilities)
