"""A person's own registrations: the list, and one of them whole."""

from __future__ import annotations

from handlers.registration import name_of, open_draft, shown
from handlers.talk import Button, Reply
from handlers.turn import HERE, Turn
from storage.tables import Registration

LISTED = 5  # registrations that get a button; older ones are still reached by their code


async def mine(turn: Turn) -> Reply:
    """What the person has registered, and whether a form is open."""
    rows = await turn.unit.registrations.of(turn.person)
    draft = await open_draft(turn)
    resume = [turn.button("resume", "form:review")] if draft else []
    if not rows:
        buttons = resume or [turn.button("register", "register")]
        return turn.say("registration/none", *buttons, draft=draft)
    codes = [Button(row.code, f"mine:{row.code}") for row in rows[:LISTED]]
    buttons = [*codes, *resume, turn.button("new", "register")]
    listed = [line(turn, row) for row in rows]
    return turn.say("registration/list", *buttons, rows=listed, draft=draft)


def line(turn: Turn, row: Registration) -> dict[str, object]:
    """One registration in the list."""
    plan, form = turn.library.plans.get(row.plan), turn.library.forms.get(row.form)
    return {
        "code": row.code,
        "name": name_of(form, row.answers) if form else "",
        "plan": plan.label if plan else row.plan,
        "day": row.submitted_at.astimezone(HERE).date(),
    }


async def one(turn: Turn, code: str) -> Reply:
    """One of the person's own registrations, whole; another's code shows nothing."""
    rows = await turn.unit.registrations.of(turn.person)
    row = next((row for row in rows if row.code == code.upper()), None)
    form = turn.library.forms.get(row.form) if row else None
    if row is None or form is None:
        return await mine(turn)
    facts = {"lines": shown(form, row.answers), **line(turn, row)}
    return turn.say("registration/one", turn.button("mine", "mine"), **facts)
