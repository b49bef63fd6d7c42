"""A person's own registrations: the list, and one of them whole."""

from __future__ import annotations

import re

from handlers.codes import CODE, CODE_LENGTH
from handlers.filling import name_of, shown
from handlers.talk import Button, Reply
from handlers.turn import HERE, Turn
from storage.tables import Registration

LIKE_A_CODE = re.compile(f"[{CODE}]{{{CODE_LENGTH}}}")
LISTED = 5  # registrations and drafts that are shown; older ones are reached by their code


async def mine(turn: Turn) -> Reply:
    """What the person has registered, and what is still being filled in."""
    rows = await turn.unit.registrations.of(turn.person)
    drafts = await turn.unit.drafts.of(turn.person)
    plans = [plan for draft in drafts if (plan := turn.library.plans.get(draft.plan))]
    open_forms = [Button(plan.label, f"register:{plan.id}") for plan in plans[:LISTED]]
    codes = [Button(row.code, f"mine:{row.code}") for row in rows[:LISTED]]
    new = turn.button("new" if rows or plans else "register", "register")
    listed = [line(turn, row) for row in rows[:LISTED]]
    facts = {"rows": listed, "count": len(rows), "plans": plans[:LISTED]}
    return turn.say("registration/list", *codes, *open_forms, new, **facts)


def line(turn: Turn, row: Registration) -> dict[str, object]:
    """One registration in the list."""
    plan, form = turn.library.plans.get(row.plan), turn.library.forms.get(row.form)
    return {
        "code": row.code,
        "name": name_of(form, row.answers) if form else "",
        "plan": plan.label if plan else row.plan,
        "day": row.submitted_at.astimezone(HERE).date(),
    }


async def named(turn: Turn, text: str) -> str:
    """The value of the button of a registration whose code was typed; empty if it is none."""
    if not LIKE_A_CODE.fullmatch(text.upper()):
        return ""
    rows = await turn.unit.registrations.of(turn.person)
    return next((f"mine:{row.code}" for row in rows if row.code == text.upper()), "")


async def one(turn: Turn, code: str) -> Reply:
    """One of the person's own registrations, whole; another's code shows nothing."""
    rows = await turn.unit.registrations.of(turn.person)
    row = next((row for row in rows if row.code == code.upper()), None)
    form = turn.library.forms.get(row.form) if row else None
    if row is None or form is None:
        return await mine(turn)
    facts = {"lines": shown(form, row.answers), **line(turn, row)}
    return turn.say("registration/one", turn.button("mine", "mine"), **facts)
