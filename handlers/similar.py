"""Initiatives that look like one that is about to be sent: a warning, never a refusal."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from rapidfuzz import fuzz

from content.fold import plain
from content.schema import Form
from handlers.filling import name_of, unit_of
from handlers.turn import Turn
from storage.tables import Draft, Registration

ALIKE = 93  # of 20 pairs that mean the same 18 reach it, of 20 that do not none (tests/form)
FEWEST = 3  # words: shorter names are part of too many others
FIGURE = re.compile("[0-9]+")
SHOWN = 2  # in one warning


def alike(one: str, other: str) -> bool:
    """Whether two folded names are those of one initiative; another number is another one."""
    if FIGURE.findall(one) != FIGURE.findall(other):
        return False
    if min(len(one.split()), len(other.split())) < FEWEST:
        return bool(one) and one == other
    return fuzz.token_set_ratio(one, other) >= ALIKE


def folded(form: Form, code: str, answers: Mapping[str, Any]) -> str:
    """What a registration is found by, a line each: its name first, unit, people, and code."""
    steps = (step.id for step in form.steps if step.accept == "name")
    told = [name_of(form, answers), unit_of(form, answers), *(answers.get(step) for step in steps)]
    return "\n".join(plain(str(each or "")) for each in (*told, code))


def days(form: Form, answers: Mapping[str, Any]) -> tuple[str, str] | None:
    """Its first and last day, as they are kept; None where the form does not ask for them."""
    found = (answers.get(step.id) for step in form.steps if step.accept == "period")
    return next(((one["start"], one["end"]) for one in found if isinstance(one, dict)), None)


def overlap(one: tuple[str, str] | None, other: tuple[str, str] | None) -> bool:
    return bool(one and other and one[0] <= other[1] and other[0] <= one[1])


async def like(turn: Turn, draft: Draft) -> list[Registration]:
    """Registrations of the same plan that look like this draft, at the same time of the year."""
    form = turn.library.forms[draft.form]
    name, mine = plain(name_of(form, draft.answers)), days(form, draft.answers)
    known = await turn.unit.registrations.found_by(draft.plan, but=draft.corrects)
    numbers = [number for number, words in known if alike(name, words.partition("\n")[0])]
    found = [await turn.unit.registrations.get(number) for number in numbers[-SHOWN * 5 :]]
    same = (row for row in found if row and overlap(mine, when(turn, row)))
    return [*same][-SHOWN:]


def when(turn: Turn, row: Registration) -> tuple[str, str] | None:
    form = turn.library.forms.get(row.form)
    return days(form, row.answers) if form else None


async def warning(turn: Turn, draft: Draft) -> str:
    """What to say of them: of another's only the unit's name and the initiative's."""
    rows = []
    for row in await like(turn, draft):
        form = turn.library.forms[row.form]
        own = row.code if row.person_id == turn.person.id else ""
        about = {"name": name_of(form, row.answers), "unit": unit_of(form, row.answers)}
        rows.append({**about, "code": own})
    return turn.library.say("registration/similar", similar=rows) if rows else ""
