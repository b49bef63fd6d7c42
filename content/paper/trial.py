"""An office's own paper templates tried out, before somebody's registration is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from itertools import product
from pathlib import Path
from typing import Any

from content.library import Library
from content.paper import listing
from content.paper.sheet import Sheet, sheet
from content.paper.word import OURS, BadTemplate, filled, tags
from content.read import Problem
from content.schema import Form


def unfillable(library: Library) -> Iterator[Problem]:
    """Templates with tags that are broken, or that ask for what is not there.

    Ours ask for nothing that a form or a list could lack.
    """
    for form in library.forms.values():
        if (template := library.papers[form.id]) != OURS:
            yield from tried(template, map(tags, sheets(library, form)))
    if library.listing != listing.OURS:
        yield from tried(library.listing, [listing.SAMPLE])


def sheets(library: Library, form: Form) -> Iterator[Sheet]:
    """A form's sheet as each plan has it, not filed yet and filed."""
    plans = {plan.paper: plan for plan in library.plans.values() if plan.form == form.id}
    shown = {step.id: step.example for step in form.steps}
    for plan, filed in product(plans.values(), ("", form.id)):
        yield sheet(form, plan, shown, date.min, filed)


def tried(template: Path, every: Iterable[dict[str, Any]]) -> Iterator[Problem]:
    """What keeps a template from being filled in with each of these."""
    try:
        for facts in every:
            filled(template, facts)
    except BadTemplate as bad:
        yield Problem(str(template), 0, str(bad))
