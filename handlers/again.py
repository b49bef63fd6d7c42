"""Registering again as in an earlier year: what stays the same is copied, the rest asked anew."""

from __future__ import annotations

from typing import Any

from content.schema import Plan
from handlers import consent, filling, registration
from handlers.filling import name_of
from handlers.mine import LISTED, line, shortened
from handlers.talk import Button, Reply
from handlers.turn import Turn
from storage.tables import Registration


async def press(turn: Turn, argument: str) -> Reply:
    """Which registration, for which plan; then its form, open at what is asked anew."""
    code, _, plan_id = argument.partition(":")
    row = await turn.unit.registrations.with_code(code, turn.person) if code else None
    if row is None:
        return await which(turn)
    plan = turn.library.plans.get(plan_id) or only(turn)
    if plan is None:
        plans = turn.plan_buttons(f"again:{row.code}", taking(turn))
        return turn.say("registration/again_where", *plans, code=row.code)
    turn.person.plan = plan.id
    if shut := registration.not_now(turn, plan):
        return shut
    if asked := consent.first(turn, plan, f"again:{row.code}:{plan.id}"):
        return asked
    copied = fitting(turn, row, plan)
    draft = registration.new_draft(turn, plan, copied)
    form = turn.library.forms[plan.form]
    anew = [step.name for step in form.steps if step.id not in draft.answers]
    facts = {"code": row.code, "plan": plan, "names": anew, "closed": plan.closed(turn.today)}
    return filling.ask(turn, draft, note=turn.library.say("registration/copied", **facts))


async def which(turn: Turn) -> Reply:
    """The person's earlier registrations, of any plan."""
    rows = (await turn.unit.registrations.of(turn.person))[:LISTED]
    if not rows:
        return turn.say("registration/none_yet", turn.button("register", "register"))
    if len(rows) == 1:
        return await press(turn, rows[0].code)
    buttons = [Button(shortened(title(turn, row)), f"again:{row.code}") for row in rows]
    return turn.say("registration/again_which", *buttons, rows=[line(turn, row) for row in rows])


def title(turn: Turn, row: Registration) -> str:
    form = turn.library.forms.get(row.form)
    return (name_of(form, row.answers) if form else "") or row.code


def taking(turn: Turn) -> list[Plan]:
    """The plans that take registrations now; where it is over for all of them, all."""
    plans = [*turn.library.plans.values()]
    opened = [p for p in plans if not (p.registration.opens and turn.today < p.registration.opens)]
    return [plan for plan in opened if not plan.closed(turn.today)] or plans


def only(turn: Turn) -> Plan | None:
    """The plan that is meant without saying so: there is no other."""
    plans = taking(turn)
    return plans[0] if len(plans) == 1 else None


def fitting(turn: Turn, row: Registration, plan: Plan) -> dict[str, Any]:
    """The answers that are the same every year, for which the plan's form has the same field."""
    old, new = turn.library.forms.get(row.form), turn.library.forms[plan.form]
    same = {step.id: step.accept for step in old.steps} if old else {}
    kept = (s.id for s in new.steps if not s.anew and same.get(s.id) == s.accept)
    return {step: row.answers[step] for step in kept if step in row.answers}
