"""Registrations as files for officers: of which plan, and as what."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from content.schema import Plan
from handlers.staff.officers import Officers, able_for, not_able
from handlers.talk import Button, Paper, PaperFormat, Reply
from handlers.turn import Turn

OFFERED: dict[PaperFormat, int] = {  # how many at most
    "xlsx": 100_000,
    "pdf": 10_000,
    "docx": 10_000,
    "zip": 2_000,
}


async def export(turn: Turn, officers: Officers, argument: str) -> Reply:
    """Ask for the plan and the format where they are not said, then give the file."""
    plan_id, _, wanted = argument.partition(":")
    mine = able_for(turn, officers, "export")
    if not mine:
        return not_able(turn)
    if plan_id not in mine and len(mine) > 1:
        plans = (turn.library.plans[each] for each in mine)
        return turn.say("table/pick_plan", *turn.plan_buttons("staff:export", plans))
    chosen = plan_id if plan_id in mine else next(iter(mine))
    plan = turn.library.plans[chosen]
    count = await turn.unit.listing.count(plan.id)
    if not count:
        return turn.say("table/none", plan=plan)
    fitting = [each for each, most in OFFERED.items() if count <= most]
    paper = next((Paper(f"registrations:{chosen}", e) for e in fitting if e == wanted), None)
    if paper is None:
        return turn.say("table/pick_format", *formats(turn, plan, fitting), plan=plan, count=count)
    # Kept with this turn, not when it is made: what makes papers only looks.
    by = mine[chosen].id
    turn.unit.acts.add("exported", plan=chosen, staff_id=by, count=count, note=wanted)
    return replace(turn.say("table/sent", plan=plan, count=count), papers=(paper,))


def formats(turn: Turn, plan: Plan, fitting: Sequence[PaperFormat]) -> list[Button]:
    return [turn.button(f"export-{each}", f"staff:export:{plan.id}:{each}") for each in fitting]
