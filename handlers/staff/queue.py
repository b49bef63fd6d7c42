"""The registrations that wait, the oldest first; and those in other states."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta

from content.fold import plain
from content.schema import Plan
from handlers.browse import number
from handlers.staff.looking import head, typed
from handlers.staff.officers import Officers, able, able_for, seen
from handlers.talk import Button, Reply
from handlers.turn import HERE, Turn
from storage.reviews import Count
from storage.tables import Registration

SHOWN = 5  # on one screen
STATES: Mapping[str, tuple[str, ...]] = {  # what can be looked through together
    "waiting": ("submitted", "checked"),
    "returned": ("returned",),
    "approved": ("approved",),
    "rejected": ("rejected",),
    "withdrawn": ("withdrawn",),
}
OVERDUE = timedelta(days=3)  # after which one has waited long


async def show(turn: Turn, officers: Officers, argument: str) -> Reply:
    """What waits, or is in another state, a screen at a time; to look at the list is an act."""
    words = typed(turn) if not argument else ""
    kind, plan_id, page = [*(argument or named(turn, words)).split("/"), "", ""][:3]
    kind = kind if kind in STATES else "waiting"
    counts = await turn.unit.reviews.counted(seen(turn, officers))
    mine = [plan for plan in turn.library.plans.values() if plan.id in seen(turn, officers)]
    chosen = [plan for plan in mine if plan.id == plan_id] or [
        plan for plan in mine if total(counts, plan.id, kind)
    ]
    if len(chosen) > 1:
        return by_plan(turn, chosen, counts, kind)
    plan = next(iter(chosen or mine))
    first = number(page) * SHOWN
    rows = await turn.unit.reviews.listed(plan.id, STATES[kind], first, SHOWN)
    officer = able(officers, plan.id, "look")
    turn.unit.acts.add("listed", plan=plan.id, staff_id=officer and officer.id, count=len(rows))
    buttons = [*openers(rows)]
    if first + len(rows) < total(counts, plan.id, kind):
        buttons.append(turn.button("next", f"staff:queue:{kind}/{plan.id}/{first // SHOWN + 1}"))
    buttons.append(turn.button("other-states", f"staff:states:{plan.id}"))
    if not rows:
        buttons.append(turn.button("questions", "staff:list"))
    facts = {"rows": [head(turn, row) for row in rows], "plan": plan}
    facts |= {"state": turn.library.labels[f"state-{kind}"], "total": total(counts, plan.id, kind)}
    return turn.say("review/queue", *buttons, **facts)


def by_plan(turn: Turn, plans: Sequence[Plan], counts: Sequence[Count], kind: str) -> Reply:
    """How many there are for each plan; pick one."""
    buttons = [Button(plan.label, f"staff:queue:{kind}/{plan.id}") for plan in plans]
    rows = [
        {
            "plan": plan,
            "total": total(counts, plan.id, kind),
            "days": days(turn, [c for c in counts if c.plan == plan.id], kind),
        }
        for plan in plans
    ]
    state = turn.library.labels[f"state-{kind}"]
    return turn.say("review/plans", *buttons, rows=rows, state=state)


def openers(rows: Sequence[Registration]) -> Sequence[Button]:
    """Buttons that open these. Labels are kept with the talk, so that they name nobody."""
    return [
        Button(f"{at}. {row.code}", f"staff:look:{row.code}")
        for at, row in enumerate(rows, start=1)
    ]


def total(counts: Sequence[Count], plan: str, kind: str) -> int:
    return sum(c.number for c in counts if c.plan == plan and c.state in STATES[kind])


def days(turn: Turn, counts: Sequence[Count], kind: str) -> int:
    """Since when the oldest is in its state."""
    oldest = [c.oldest.astimezone(HERE).date() for c in counts if c.state in STATES[kind]]
    return max(((turn.today - day).days for day in oldest), default=0)


async def states(turn: Turn, officers: Officers, plan_id: str) -> Reply:
    """The states in which registrations are, as buttons."""
    counts = await turn.unit.reviews.counted({plan_id} & seen(turn, officers))
    labels = turn.library.labels
    kinds = [kind for kind in STATES if total(counts, plan_id, kind) or kind == "waiting"]
    buttons = [Button(labels[f"state-{k}"], f"staff:queue:{k}/{plan_id}") for k in kinds]
    rows = [{"name": labels[f"state-{k}"], "total": total(counts, plan_id, k)} for k in kinds]
    return turn.say("review/states", *buttons, turn.button("find", "staff:find"), rows=rows)


def named(turn: Turn, text: str) -> str:
    """The state that words name; empty if they name none."""
    labels, said = turn.library.labels, plain(text)
    return next((kind for kind in STATES if said and said == plain(labels[f"state-{kind}"])), "")


async def news(turn: Turn) -> str:
    """What has come since the officer last looked at the list; nothing to all others."""
    officers = await turn.unit.staff.of(turn.person)
    plans = able_for(turn, officers, "review")
    if not plans:
        return ""
    looked = await turn.unit.acts.last_listed([each.id for each in officers])
    new, late = await turn.unit.reviews.arrived(plans, looked, turn.unit.now - OVERDUE)
    return turn.library.say("review/news", new=new, late=late) if new or late else ""
