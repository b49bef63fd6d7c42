"""The official sheet as what stands on it, whoever draws it then. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date
from itertools import groupby
from typing import Any

from content.fold import plain
from content.schema import Form, Plan, Step


@dataclass(frozen=True)
class Item:
    """One line to fill in; or a heading, and the lines to fill in under it."""

    label: str
    value: str = ""
    missing: bool = False  # it has to be filled in, and is not yet
    parts: tuple[Item, ...] = ()


@dataclass(frozen=True)
class Sheet:
    """Everything that stands on the official sheet of one initiative."""

    superior: tuple[str, ...]  # the body above the unit, a line each
    unit: str  # that registers; empty where it is missing
    number: str
    day: str
    month: str
    year: str
    title: str
    heading: str
    lines: tuple[Item, ...]  # the official ones
    receivers: tuple[str, ...]
    signature: tuple[str, ...]
    note: str  # what is to be known of the form itself
    about: tuple[Item, ...]  # what is told beside them
    filed: str  # its code and state; empty for a draft, of which this is a preview
    fields: Mapping[str, str]  # each value by its step, as tags of a template name it

    @property
    def preview(self) -> bool:
        return not self.filed

    def as_json(self) -> dict[str, Any]:
        return {**asdict(self), "preview": self.preview}


def sheet(form: Form, plan: Plan, shown: Mapping[str, str], day: date, filed: str = "") -> Sheet:
    """The sheet of a form for a plan; ``shown`` are the values as people read them."""
    paper = plan.paper or form.paper
    heads = [shown[step.id] for step in form.steps if step.stands == "head"]
    return Sheet(
        superior=paper.superior,
        unit=" ".join(named(head, paper.unit) for head in heads if head),
        number=paper.number,
        day=f"{day.day:02}",
        month=f"{day.month:02}" if day.month < 3 else f"{day.month}",  # as the decree has it
        year=f"{day.year}",
        title=form.title,
        heading=plan.heading,
        lines=tuple(listed(form, shown)),
        receivers=(plan.registers_with, *paper.receivers),
        signature=paper.signature,
        note=paper.note,
        about=tuple(item(step, shown) for step in form.steps if step.stands == "foot"),
        filed=filed,
        fields={step.tag: shown[step.id] for step in form.steps},
    )


def named(unit: str, kinds: Sequence[str]) -> str:
    """A unit in capitals, after what kind of unit it is, which is not said twice."""
    said = f"{plain(unit)} ".startswith(tuple(f"{plain(kind)} " for kind in kinds))
    return (unit if said else " ".join((*kinds[:1], unit))).upper()


def listed(form: Form, shown: Mapping[str, str]) -> Iterator[Item]:
    """The items; those whose labels begin alike before the colon stand under that heading."""
    items = [item(step, shown) for step in form.steps if step.stands == "item"]
    for heading, group in groupby(items, lambda each: each.label.rpartition(": ")[0]):
        if heading:
            parts = (replace(each, label=each.label[len(heading) + 2 :]) for each in group)
            yield Item(heading, parts=tuple(parts))
        else:
            yield from group


def item(step: Step, shown: Mapping[str, str]) -> Item:
    value = shown[step.id]
    return Item(step.label, value, missing=not (value or step.optional))
