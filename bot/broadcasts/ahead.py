"""What the channels know of a broadcast, for whoever composes it in the middle of a turn."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta

from bot.broadcasts.reach import Reach
from bot.channels.base import Abilities
from bot.standings import standings
from content.library import Library
from handlers.broadcasting.estimate import Estimate
from handlers.standing import Standing
from storage.tables import Broadcast
from storage.unit import Store

FRESH = timedelta(minutes=1)  # so long what was found out of a broadcast is good enough


class Ahead:
    """Looks through everybody beside the turn's transaction, which keeps what it has in hand.

    With a hundred thousand people that takes seconds, while other turns wait: once a minute is
    enough for whoever looks at it, asks for the last word and says it.
    """

    def __init__(self, store: Store, abilities: Mapping[str, Abilities]) -> None:
        self.store, self.reach = store, Reach(abilities)
        self.channels = tuple(abilities)
        self.looks, self.room = self.reach.looks, self.reach.room
        self.found: dict[str, tuple[datetime, Estimate]] = {}  # by whom it is for, and when

    async def estimate(self, library: Library, row: Broadcast) -> Estimate:
        """Whom it would reach as it is now, or was a minute ago."""
        now, about = self.store.clock(), f"{row.plan} {row.whom} {row.due_at}"
        self.found = {key: had for key, had in self.found.items() if abs(now - had[0]) < FRESH}
        if about not in self.found:
            async with self.store.view() as unit:
                self.found[about] = now, await self.reach.estimate(unit, library, row)
        return self.found[about][1]

    async def standings(self) -> list[Standing]:
        """How each channel stands by our own count."""
        async with self.store.view() as unit:
            return await standings(unit, self.reach.abilities)
