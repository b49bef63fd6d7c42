"""What a table of registrations comes to: how many and how much, by what they have in common."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from content.fold import plain
from content.library import Library
from handlers.filling import unit_of
from handlers.tables.columns import Cell, Layout, sound
from handlers.tables.order import order
from handlers.turn import HERE
from storage.registrations import STATES
from storage.tables import Registration

PLACE = "place"  # what forms call the field for it
SHOWN = 20  # places; the others are taken together
GROUPS = ("state", "late", "kind", "month", "place")


@dataclass
class Count:
    """So many registrations, worth so much."""

    label: str
    count: int = 0
    value: int = 0

    def add(self, count: int, value: int) -> None:
        self.count, self.value = self.count + count, self.value + value


@dataclass
class Summary:
    """Counts registrations as they go by."""

    library: Library
    total: Count = field(default_factory=lambda: Count(""))
    groups: dict[str, dict[str, Count]] = field(default_factory=lambda: defaultdict(dict))

    def add(self, registration: Registration, layout: Layout, row: Sequence[Cell]) -> None:
        """Count one in, of which this stands in the table."""
        stands = [(c.part, cell) for c, cell in zip(layout.columns, row, strict=True) if cell]
        value = layout.worth(row)
        self.total.add(1, value)
        for group, key, label in self.belongs(registration, dict(stands)):
            self.groups[group].setdefault(key, Count(label)).add(1, value)

    def belongs(
        self, registration: Registration, words: Mapping[str, Cell]
    ) -> Iterator[tuple[str, str, str]]:
        """The groups that it is counted in: of which sort, by what told apart, and shown how."""
        yield "state", registration.state, str(words["state"])
        if registration.late:
            yield "late", "late", str(words["late"])
        form = self.library.forms.get(registration.form)
        if form and (unit := plain(unit_of(form, registration.answers))):
            kind = self.kind(unit)
            yield "kind", kind, kind
        month = registration.submitted_at.astimezone(HERE)
        yield "month", f"{month:%Y%m}", f"{month:%m/%Y}"
        place = str(registration.answers.get(PLACE) or "").rpartition(",")[2].strip()
        if known := plain(place):
            yield "place", known, sound(place)

    @cached_property
    def kind(self) -> Callable[[str], str]:
        """What kind of unit one is, by how its name begins."""
        known: dict[str, str] = {}

        def kind(unit: str) -> str:
            if unit not in known:
                known[unit] = self.library.say("table/kind", unit=f"{unit} ")
            return known[unit]

        return kind

    def group(self, name: str) -> list[Count]:
        """The counts of one sort, in the order in which they are shown."""
        found = self.groups[name]
        match name:
            case "state":
                return [found[state] for state in STATES if state in found]
            case "month":
                return [found[month] for month in sorted(found)]
        most = sorted(found.values(), key=lambda each: (-each.count, order(each.label)))
        rest = Count(self.library.say("table/summary", part="rest"))
        for each in most[SHOWN:]:
            rest.add(each.count, each.value)
        return [*most[:SHOWN], *([rest] if rest.count else [])]
