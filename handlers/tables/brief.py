"""A registration in one line, as people read it: for the screen and for the official list. Pure."""

from __future__ import annotations

from content.library import Library
from content.schema import Form
from handlers.fields import show
from handlers.filling import name_of, unit_of
from handlers.tables.columns import ours, sound
from storage.tables import Registration

LINE = ("code", "unit", "name", "period", "value", "state")


def brief(library: Library, registration: Registration) -> dict[str, str]:
    """What ``LINE`` names, in words; empty where the form does not ask it."""
    form, answers = library.forms.get(registration.form), registration.answers
    known = {
        "code": registration.code,
        "unit": unit_of(form, answers) if form else "",
        "name": name_of(form, answers) if form else "",
        "period": first(form, "period", registration),
        "value": first(form, "money", registration),
        "state": str(ours(library, registration, "state")),
    }
    return {part: sound(known[part]) for part in LINE}


def first(form: Form | None, accept: str, registration: Registration) -> str:
    """What was answered to the first field that takes such values."""
    steps = (step for step in form.steps if step.accept == accept) if form else ()
    step = next(iter(steps), None)
    return show(step, registration.answers.get(step.id)) if step else ""
