"""What officers hear in the morning of units that are missing; and whom a deadline binds."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any

import pytest
from sqlalchemy import select
from sqlmodel import col

from bot.knowledge import Knowledge
from bot.nudges import remind
from bot.turns import Turns
from content.entries import Audience, Deadline
from content.library import Library
from content.schema import Plan
from handlers.deadlines import term_of
from handlers.notices import concerns
from handlers.turn import HERE
from storage.tables import Outbox, Staff
from storage.unit import Store
from tests.broadcasts.conftest import ABILITIES, PLAN, Village
from tests.fakes.clock import Time

AGREED = {"LĐLĐ huyện": {"version": "1"}}
REPORT = "report-deadline"
ROUNDS = 3  # in which nobody is to hear anything twice


def of_plan(library: Library, **fields: Any) -> Library:
    plan: Plan = library.plans[PLAN].model_copy(update=fields)
    return replace(library, plans={PLAN: plan})


async def hired(village: Village, name: str, role: str = "viewer", plan: str = PLAN) -> int:
    number = await village.person("telegram", plan="")
    since = village.unit.now
    officer = Staff(person_id=number, plan=plan, role=role, name=name, added_at=since)
    village.unit.session.add(officer)
    return number


async def heard(store: Store, library: Library, time: Time) -> dict[int, list[str]]:
    """Who is told what two weeks before the last day for registering."""
    time.passes((datetime(2025, 7, 17, 7, 30, tzinfo=HERE) - time.now).total_seconds())
    turns = Turns(store, Knowledge(library), ABILITIES)
    for _ in range(ROUNDS):
        await remind(store, library, turns)
    found: dict[int, list[str]] = {}
    async with store.view() as unit:
        for row in await unit.session.scalars(select(Outbox).order_by(col(Outbox.id))):
            found.setdefault(row.person_id or 0, []).append((row.body or {})["text"])
    return found


@pytest.mark.parametrize(
    ("units", "missing"),
    [
        (("CĐCS Tân Thuận", "CĐCS Vĩnh Bình"), "Còn 1 đơn vị chưa đăng ký, còn 14 ngày"),
        ((), "Còn 2 đơn vị chưa đăng ký, còn 14 ngày"),
    ],
)
async def test_officers_hear_once_which_units_have_not_registered(
    store: Store, library: Library, time: Time, units: tuple[str, ...], missing: str
) -> None:
    async with store.unit() as unit:
        village = Village(unit)
        officers = [await hired(village, name) for name in ("Hoa", "Mai")]
        await hired(village, "Yên", plan="yen-bai-2025")
        told: dict[str, Any] = {"consents": AGREED, "profile": {"unit": "cdcs tan thuan"}}
        await village.person(state="submitted", **told)
        for name in ("CĐCS Bình Minh", "CĐCS Vĩnh Bình", "CĐCS Vĩnh Bình"):
            await village.person(consents=AGREED, profile={"unit": name})
        await village.person(draft=True, consents={}, profile={"unit": "CĐCS chưa đồng ý"})
        await village.person(
            draft=True, consents=AGREED, plan="", profile={"unit": "cdcs Tân Thuận"}
        )
    found = await heard(store, of_plan(library, units=units), time)
    assert [*found] == officers
    for [said] in found.values():
        assert missing in said
        assert ("CĐCS Bình Minh" in said) != bool(units)
        assert "CĐCS Vĩnh Bình" in said


@pytest.mark.parametrize(
    ("audience", "unit", "binds"),
    [
        ((), "HTX Tân Thuận", True),
        (("cooperative",), "HTX Tân Thuận", True),
        (("collective",), "HTX Tân Thuận", True),
        (("cooperative",), "CĐCS Tân Thuận", False),
        (("union",), "CĐCS Tân Thuận", True),
        (("cooperative",), "", True),
        (("cooperative",), "Tân Thuận", True),
        (("individual",), "HTX Tân Thuận", False),
    ],
)
async def test_a_deadline_binds_those_whom_it_names(
    store: Store, library: Library, audience: tuple[Audience, ...], unit: str, binds: bool
) -> None:
    entries = tuple(
        entry.model_copy(update={"audience": audience})
        if isinstance(entry, Deadline) and entry.id == REPORT
        else entry
        for entry in library.plans[PLAN].entries
    )
    named = of_plan(library, entries=entries)
    term = term_of(named.plans[PLAN], REPORT)
    assert term
    async with store.unit() as memory:
        number = await Village(memory).person(draft=True, consents=AGREED, profile={"unit": unit})
        (known,) = await memory.told.known([number])
    assert concerns(named, term, known) == binds
