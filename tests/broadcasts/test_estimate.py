"""What a broadcast would take, said before it leaves."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from bot.broadcasts.reach import Reach
from content.library import Library
from handlers.broadcasting.estimate import ends
from storage.tables import Broadcast, Person
from storage.unit import Store
from tests.broadcasts.conftest import ABILITIES, PLAN, Planners, Village
from tests.broadcasts.test_planning import composed, rows
from tests.fakes.clock import Time

MADE: dict[str, Any] = {"plan": PLAN, "whom": {}, "buttons": [], "made_at": Time().now}


async def test_the_estimate_says_what_planning_will_do(
    store: Store, planner: Planners, library: Library
) -> None:
    async with store.unit() as unit:
        village = Village(unit)
        for _ in range(9):
            await village.person("zalo")
        await village.person("telegram")
        await village.person()
    row = Broadcast(**MADE, text="{tên} ơi")
    async with store.view() as unit:
        found = await Reach(ABILITIES).estimate(unit, library, row)
    shares = [(share.channel, share.people, share.left) for share in found.shares]
    assert shares == [("telegram", 1, None), ("zalo", 7, 7)]  # a third is kept for answers
    assert (found.people, found.reasons) == (8, {"quota": 2, "nowhere": 1})
    number = await composed(store)
    await planner(store).round()
    planned = [row.channel for row in await rows(store, number) if row.state == "planned"]
    assert sorted(planned) == ["telegram", *["zalo"] * 7]
    async with store.view() as unit:
        assert await unit.session.get(Person, 1)
        again = await Reach(ABILITIES).estimate(unit, library, row)
    assert [share.channel for share in again.shares] == ["telegram"]


def test_quiet_hours_are_no_time_to_send(library: Library) -> None:
    evening = datetime(2025, 4, 15, 12, 30, tzinfo=UTC)  # half past seven, half an hour left
    assert ends(library.reminding, evening, 1200) == evening + timedelta(minutes=20)
    morning = datetime(2025, 4, 16, 0, 30, tzinfo=UTC)
    assert ends(library.reminding, evening, 3600) == morning + timedelta(minutes=30)
