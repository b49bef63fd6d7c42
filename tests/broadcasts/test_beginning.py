"""Its time has come: who answers for it, and for which plan?"""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

from sqlalchemy import update

from content.library import Library
from handlers.staff.announcing.telling import news
from storage.tables import Broadcast, Staff
from storage.unit import Store, Unit
from tests.broadcasts.conftest import PLAN, Planners, Village
from tests.broadcasts.test_planning import composed, state
from tests.fakes.clock import Time


async def test_what_nobody_answers_for_any_more_waits_until_somebody_looks(
    store: Store, planner: Planners, time: Time
) -> None:
    async with store.unit() as unit:
        village = Village(unit)
        since: dict[str, Any] = {"plan": PLAN, "role": "owner", "added_at": unit.now}
        for name in ("Hoa", "Mai"):
            number = await village.person("telegram")
            unit.session.add(Staff(person_id=number, name=name, **since))
    due, told, plan = time.now + timedelta(hours=1), [], planner(store)
    alone = await composed(store, "waiting", due_at=due, staff_id=1)
    seconded = await composed(store, "waiting", due_at=due, staff_id=1, confirmed_by=2)

    async def tell(unit: Unit, row: Broadcast) -> None:
        told.append((row.id, row.state, row.reason))
        there = await news(unit, plan.knowledge.library, row)
        assert there
        assert there[0] == ("telegram", "2"), "who made it is no officer any more"

    plan.tell = tell
    async with store.unit() as unit:
        await unit.staff.remove(1)
    time.passes(3600)
    await plan.round()
    assert told == [(alone, "paused", "left"), (seconded, "running", "")]
    async with store.unit() as unit:
        row = await unit.broadcasts.get(alone)
        assert row
        assert await unit.broadcasts.resume(row)
    await plan.round()
    assert await state(store, alone) == "running", "somebody looked"


async def test_a_plan_that_is_withdrawn_begins_nothing_and_what_breaks_holds_up_no_other(
    store: Store, planner: Planners, time: Time, library: Library
) -> None:
    broken = await composed(store, kind="htx")
    async with store.unit() as unit:
        await unit.session.execute(update(Broadcast).values(whom={"of another": "version"}))
    waits, plan = await composed(store, "waiting", due_at=time.now), planner(store)
    plan.knowledge.library = replace(library, plans={})
    await plan.round()
    states = [await state(store, number) for number in (broken, waits)]
    assert states == ["planning", "paused"]
