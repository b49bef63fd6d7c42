"""A first look at all that goes into a table: in which order, and with which columns. Pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from content.library import Library
from handlers.filling import name_of, unit_of
from handlers.tables.columns import Layout, ours
from handlers.tables.order import Word, order
from storage.tables import Registration

Place = tuple[tuple[Word, ...], tuple[Word, ...], tuple[Word, ...], str]


class Survey:
    """Sees each registration once, in any order, and keeps of it no more than its place."""

    def __init__(self, library: Library) -> None:
        self.library = library
        self.places: list[tuple[Place, int]] = []
        self.answered: dict[str, dict[str, None]] = defaultdict(dict)

    def see(self, found: Iterable[Registration]) -> None:
        for each in found:
            self.places.append((place(self.library, each), each.id))
            self.answered[each.form] |= dict.fromkeys(each.answers)

    def sorted(self) -> list[int]:
        """Their numbers: by plan, unit and name, as Vietnamese look them up."""
        return [number for _, number in sorted(self.places)]

    def layouts(self, plan: str = "") -> dict[str, Layout]:
        """The columns that each form needs; where nothing was seen, those of the plan's form."""
        there = self.library.plans.get(plan) or next(iter(self.library.plans.values()))
        return {
            name: Layout(self.library, self.library.forms.get(name), self.gone(name))
            for name in sorted(self.answered) or [there.form]
        }

    def gone(self, name: str) -> tuple[str, ...]:
        """The fields that were answered once and that the form no longer has."""
        form = self.library.forms.get(name)
        there = {step.id for step in form.steps} if form else set()
        return tuple(field for field in self.answered.get(name, ()) if field not in there)


def place(library: Library, registration: Registration) -> Place:
    """Where a registration stands among others."""
    form, answers = library.forms.get(registration.form), registration.answers
    plan = order(str(ours(library, registration, "plan")))
    unit, name = (unit_of(form, answers), name_of(form, answers)) if form else ("", "")
    return plan, order(unit), order(name), registration.code
