"""The buttons under a broadcast: a few of those that lead on in its plan."""

from __future__ import annotations

from content.criteria import checks_of
from content.schema import Plan
from handlers.staff.announcing.opening import draft, gone, more
from handlers.staff.announcing.wording import refusal
from handlers.staff.officers import Officers
from handlers.talk import Button, Reply
from handlers.turn import Turn
from storage.tables import Broadcast

DEADLINES = 2  # of a plan that are offered


def offered(turn: Turn, plan: Plan) -> list[Button]:
    """What a button may lead to: to register, the plan, the check of oneself, its deadlines."""
    due = [entry for entry in plan.entries if entry.kind == "deadline"][:DEADLINES]
    checks = [turn.button("check", f"check:of:{plan.id}")] if checks_of(plan.entries) else []
    return [
        turn.button("register", f"register:{plan.id}"),
        turn.button("cast-plan", f"plan:{plan.id}"),
        *checks,
        *(Button(entry.label, f"ask:{plan.id}/{entry.id}") for entry in due),
    ]


async def choose(turn: Turn, officers: Officers, argument: str) -> Reply:
    """Put a button under it, or take it away; then the rest."""
    row = await draft(turn, officers, argument)
    if row is None:
        return gone(turn)
    there = offered(turn, turn.library.plans[row.plan])
    chosen = [Button(label, value) for label, value in row.buttons]
    if more(argument).isdecimal() and int(more(argument)) < len(there):
        named = there[int(more(argument))]
        left = [each for each in chosen if each.value != named.value]
        chosen = left if len(left) < len(chosen) else [*chosen, named]
        put = [[each.label, each.value] for each in chosen]
        if why := refusal(turn, row, row.text, put):
            return screen(turn, row, there, why)
        await turn.unit.broadcasts.change(row, "draft", buttons=put)
    return screen(turn, row, there)


def screen(turn: Turn, row: Broadcast, there: list[Button], note: str = "") -> Reply:
    """Which there are, and which are chosen."""
    buttons = [
        Button(each.label, f"staff:cast:buttons:{row.id}/{n}") for n, each in enumerate(there)
    ]
    done = turn.button("cast-done", f"staff:cast:open:{row.id}")
    chosen = [label for label, _ in row.buttons]
    return turn.say("broadcast/buttons", *buttons, done, chosen=chosen, note=note)
