"""An office's own paper templates tried out, before somebody's registration is."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import product

from content.library import Library
from content.paper.sheet import sheet
from content.paper.word import OURS, BadTemplate, filled
from content.read import Problem


def unfillable(library: Library) -> Iterator[Problem]:
    """Templates with tags that are broken, or that ask for what is not there.

    Ours asks for nothing that a form could lack.
    """
    for form in library.forms.values():
        template = library.papers[form.id]
        plans = {plan.paper: plan for plan in library.plans.values() if plan.form == form.id}
        shown = {step.id: step.example for step in form.steps}
        tried = product(plans.values(), ("", form.id))  # not filed yet, filed
        try:
            for plan, filed in tried if template != OURS else ():
                filled(template, sheet(form, plan, shown, date.min, filed))
        except BadTemplate as bad:
            yield Problem(str(template), 0, str(bad))
