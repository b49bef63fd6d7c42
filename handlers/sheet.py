"""The official sheet of a form: drawn up from its answers, and who may have it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

from content.library import Library
from content.paper import drawing, word
from content.paper.sheet import Sheet, sheet
from content.schema import Form, Plan
from handlers.fields import show
from handlers.staff.officers import able
from handlers.talk import Made, PaperFormat
from handlers.turn import HERE
from handlers.wanted import Making, Wanted
from storage.tables import Registration

PREVIEW = "dang-ky-nhap"  # what the file of a draft is called


def drawn_up(
    form: Form, plan: Plan, answers: Mapping[str, Any], day: date, filed: str = ""
) -> Sheet:
    """The sheet with these answers, as people read them; ``filed`` says what became of it."""
    shown = {step.id: show(step, answers.get(step.id)) for step in form.steps}
    return sheet(form, plan, shown, day, filed)


def made(sheet: Sheet, name: str, format: PaperFormat, template: Path) -> Made:
    """The sheet as a file."""
    match format:
        case "png":
            content = drawing.png(sheet)
        case "pdf":
            content = drawing.pdf(sheet)
        case _:
            content = word.docx(sheet, template)
    return Made(f"{name}.{format}", content)


async def draft(wanted: Wanted) -> Making | None:
    """What a person is filling in, to look at before it is sent; for nobody else."""
    row = await wanted.unit.drafts.get(wanted.which)
    if row is None or row.person_id != wanted.person.id or wanted.format not in ("png", "pdf"):
        return None
    form, plan = wanted.library.forms.get(row.form), wanted.library.plans.get(row.plan)
    if form is None or plan is None:
        return None
    drawn = drawn_up(form, plan, row.answers, wanted.today)
    return partial(made, drawn, PREVIEW, wanted.format, wanted.library.papers[form.id])


async def registration(wanted: Wanted) -> Making | None:
    """What was sent, for its person and for the staff of its plan."""
    row = await wanted.unit.registrations.coded(wanted.which)
    if row is None or wanted.format not in ("png", "pdf", "docx"):
        return None
    form, plan = wanted.library.forms.get(row.form), wanted.library.plans.get(row.plan)
    if form is None or plan is None or not await shown_to(wanted, row):
        return None
    day = row.submitted_at.astimezone(HERE).date()
    drawn = drawn_up(form, plan, row.answers, day, filed(wanted.library, row))
    name = f"dang-ky-{row.code}"
    return partial(made, drawn, name, wanted.format, wanted.library.papers[form.id])


async def shown_to(wanted: Wanted, row: Registration) -> bool:
    """Whether somebody may see a registration. Who names it to staff keeps that they look."""
    if row.person_id == wanted.person.id:
        return True
    return able(await wanted.unit.staff.of(wanted.person), row.plan, "look") is not None


def filed(library: Library, row: Registration) -> str:
    """The code of a registration, and what has become of it."""
    return library.say(
        "paper/filed",
        code=row.code,
        state=library.labels[f"state-{row.state}"],
        version=row.version,
        day=row.submitted_at.astimezone(HERE).date(),
        late=row.late,
    )
