"""The columns of a table of registrations, and what one registration puts into them. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Any, Literal

from content.library import Library
from content.schema import Form, Step
from handlers.fields import show
from handlers.turn import HERE
from storage.tables import Registration

Kind = Literal["text", "day", "moment", "money", "share", "count"]
Cell = str | int | float | date | datetime | None
Parts = tuple[tuple[str, Kind], ...]

FIRST: Parts = (  # what we know of every registration, before the fields of its form
    ("code", "text"),
    ("plan", "text"),
    ("state", "text"),
    ("version", "count"),
    ("late", "text"),
    ("submitted_at", "moment"),
    ("changed_at", "moment"),
    ("percent", "share"),
)
LAST: Parts = (("reason", "text"),)
SPLIT: Mapping[str, Parts] = {  # the columns of a field, by what it accepts
    "period": (("start", "day"), ("end", "day")),
    "money": (("sum", "money"), ("most", "money")),
}
WHOLE: Parts = (("whole", "text"),)
GONE: Parts = (("gone", "text"),)
UNASKED = Step(id="gone", name="-", label="-", accept="text", ask="-", example="-")


@dataclass(frozen=True)
class Column:
    """One column: of which of our facts or which field, which part of it, and its heading."""

    of: str
    part: str
    kind: Kind
    heading: str


@dataclass(frozen=True)
class Layout:
    """The columns for the registrations of one form, also for fields that it no longer has."""

    library: Library
    form: Form | None
    gone: tuple[str, ...] = ()

    @cached_property
    def steps(self) -> dict[str, Step]:
        """Every field; of one that is gone we only know what it was called."""
        there = {step.id: step for step in self.form.steps} if self.form else {}
        return there | dict.fromkeys(self.gone, UNASKED)

    @cached_property
    def fields(self) -> dict[str, tuple[Column, ...]]:
        """The columns of each field."""
        return {
            field: self.headed(field, parts_of(step), field if step is UNASKED else step.name)
            for field, step in self.steps.items()
        }

    @cached_property
    def columns(self) -> tuple[Column, ...]:
        """All of them, in order."""
        return together([self])

    def headed(self, of: str, parts: Parts, name: str = "") -> tuple[Column, ...]:
        say = self.library.say
        return tuple(
            Column(of, part, kind, say("table/heading", part=part, name=name))
            for part, kind in parts
        )

    def row(self, registration: Registration) -> list[Cell]:
        """What one registration puts into the columns."""
        cells = [ours(self.library, registration, part) for part, _ in FIRST]
        for field, columns in self.fields.items():
            found = parts(self.steps[field], registration.answers.get(field))
            cells += [*found, *[None] * (len(columns) - len(found))]
        return cells + [ours(self.library, registration, part) for part, _ in LAST]

    def worth(self, row: Sequence[Cell]) -> int:
        """How many đồng a row comes to, the lowest where it says from so much to so much."""
        cells = zip(self.columns, row, strict=True)
        return sum(cell for column, cell in cells if column.part == "sum" and isinstance(cell, int))


def together(layouts: Iterable[Layout]) -> tuple[Column, ...]:
    """The columns of them all in one table; those that they share stand there once."""
    every = [*layouts]
    fields = [each for layout in every for columns in layout.fields.values() for each in columns]
    first = [each for layout in every for each in layout.headed("", FIRST)]
    last = [each for layout in every for each in layout.headed("", LAST)]
    return tuple(dict.fromkeys((*first, *fields, *last)))


def parts_of(step: Step) -> Parts:
    return GONE if step is UNASKED else SPLIT.get(step.accept, WHOLE)


def parts(step: Step, value: Any) -> tuple[Cell, ...]:
    """A field's value in its columns; as words where the field was another when it was kept."""
    match step.accept, value:
        case "period", {"start": first, "end": last}:
            return date.fromisoformat(first), date.fromisoformat(last)
        case "money", {"min": low, "max": high}:
            return low, high
        case "money", int():
            return (value,)
    return (sound(show(step, value)) or None,)


def ours(library: Library, registration: Registration, part: str) -> Cell:
    """One of the facts that we know of every registration."""
    match part:
        case "plan":
            plan = library.plans.get(registration.plan)
            return plan.label if plan else registration.plan
        case "state":
            return library.labels[f"state-{registration.state}"]
        case "late":
            return library.say("table/late") if registration.late else None
        case "percent":
            return None if registration.percent is None else registration.percent / 100
        case "submitted_at" | "changed_at":
            moment: datetime = getattr(registration, part)
            return moment.astimezone(HERE)
        case "reason":
            return sound(registration.reason) or None
    cell: Cell = getattr(registration, part)
    return cell


def sound(text: str) -> str:
    """The text without half characters, which no file can hold."""
    return text.encode("utf-8", "replace").decode()
