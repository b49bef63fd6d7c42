"""Broadcasts over a village of a few people, on SQLite and on PostgreSQL."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.broadcasts.planning import Planner
from bot.channels.base import Abilities
from bot.knowledge import Knowledge
from content.library import Library
from storage.tables import Address, Draft, Person, Registration
from storage.unit import Store, Unit
from tests.storage.conftest import address, emptied, other, postgres, store, time

__all__ = ["address", "emptied", "other", "postgres", "store", "time"]

PLAN = "vinh-thuan-2025"
ABILITIES = {
    "telegram": Abilities(max_text=4096, max_buttons=12, pace=30),
    "zalo": Abilities(max_text=2000, cost=1, quota=10),
    "web": Abilities(max_text=4000, max_buttons=12, certain=False),
}
Planners = Callable[[Store], Planner]


@pytest.fixture
def planner(library: Library, tmp_path: Path) -> Planners:
    """Who plans over a store."""
    return lambda store: Planner(store, Knowledge(library, tmp_path), ABILITIES, asyncio.Event())


class Village:
    """People put into a unit, each in a line."""

    def __init__(self, unit: Unit) -> None:
        self.unit, self.count = unit, 0

    async def person(
        self,
        *channels: str,
        profile: Mapping[str, str] | None = None,
        state: str = "",
        draft: bool = False,
        **fields: Any,
    ) -> int:
        """Somebody reached there, with a registration in that state or a draft."""
        self.count += 1
        own = {"plan": PLAN, "profile": dict(profile or {}), **fields}
        someone = Person(created_at=self.unit.now, **own)
        self.unit.session.add(someone)
        await self.unit.session.flush()
        for channel in channels:
            name, _, since = channel.partition("-")
            heard = self.unit.now - timedelta(days=int(since or 0))
            self.unit.session.add(
                Address(channel=name, sender=f"{someone.id}", person_id=someone.id, heard_at=heard)
            )
        told: dict[str, Any] = {"answers": dict(profile or {}), "person_id": someone.id}
        told |= {"plan": PLAN, "form": "bang-dang-ky"}
        if draft:
            told |= {"id": f"d{someone.id}", "updated_at": self.unit.now}
            self.unit.session.add(Draft(**told))
        if state:
            told |= {"code": f"C{someone.id}", "draft_id": f"x{someone.id}", "state": state}
            told |= {"submitted_at": self.unit.now, "changed_at": self.unit.now}
            self.unit.session.add(Registration(**told))
        await self.unit.session.flush()
        return someone.id
