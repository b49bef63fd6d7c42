"""What we know of somebody whom a broadcast is for: from their profile, else from their forms."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from content.library import Library


@dataclass(frozen=True)
class Known:
    """Name, unit and phone as told, and the words that say where they are; empty: not known."""

    name: str = ""
    unit: str = ""
    phone: str = ""
    where: str = ""


@dataclass(frozen=True)
class Fields:
    """The fields of all forms in which somebody tells of themselves."""

    names: frozenset[str]
    units: frozenset[str]
    phones: frozenset[str]
    where: frozenset[str]

    @classmethod
    def of(cls, library: Library) -> Fields:
        forms = library.forms.values()
        own = [step for form in forms for step in form.steps if step.remembered]
        return cls(
            names=frozenset(step.id for step in own if step.accept == "name"),
            units=frozenset(form.of_unit for form in forms if form.of_unit),
            phones=frozenset(step.id for step in own if step.accept == "phone"),
            where=frozenset(step.id for step in own if step.accept == "text"),
        )

    def known(self, told: Mapping[str, Any]) -> Known:
        """What these answers tell."""

        def first(steps: frozenset[str]) -> str:
            return next((said for step, said in told.items() if step in steps and said), "")

        where = [said for step, said in told.items() if step in self.where and said]
        return Known(first(self.names), first(self.units), first(self.phones), " ".join(where))
