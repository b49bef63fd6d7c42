"""How people ask, for a draft: as they ask the same of other plans, or by a pattern."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import chain, zip_longest

from rapidfuzz import fuzz

from content.entries import MAX_LABEL, Entry
from content.fold import plain
from content.importing.wording import wording
from content.schema import Plan

FEWEST, MOST = 6, 8  # phrasings of an entry; more are for the clerk, who knows the place
ALIKE = 80  # of 100: phrasings that are nearly one
PROPER = re.compile(r"\d|(?<!^)[A-ZĐ]")  # a figure or name belongs to one plan only


class Known:
    """The entries of the plans at hand: what is asked of several plans is asked alike."""

    def __init__(self, plans: Iterable[Plan]) -> None:
        self.entries: dict[str, list[Entry]] = {}
        for plan in plans:
            for entry in plan.entries:
                self.entries.setdefault(entry.id, []).append(entry)
        words = "|".join(map(re.escape, wording().particular))
        self.particular = re.compile(rf"\b(?:{words})\b", re.IGNORECASE)

    def asks(self, entry_id: str) -> list[str]:
        """Phrasings that name nothing of one place; none where there are too few."""
        lists = [self.general(entry) for entry in self.entries.get(entry_id, ())]
        found: list[str] = []
        for each in filter(None, chain.from_iterable(zip_longest(*lists))):
            if all(fuzz.ratio(plain(each), plain(other)) < ALIKE for other in found):
                found.append(each)
        return found[:MOST] if len(found) >= FEWEST else []

    def general(self, entry: Entry) -> list[str]:
        return [
            each
            for each in entry.ask
            if not PROPER.search(each) and not self.particular.search(each)
        ]

    def label(self, entry_id: str) -> str:
        """What most plans write on its button; empty where none has it."""
        labels = Counter(entry.label for entry in self.entries.get(entry_id, ()))
        return labels.most_common(1)[0][0] if labels else ""

    def see(self, entry_id: str, among: set[str]) -> list[str]:
        """What most plans offer next, as far as this one has it."""
        offered = Counter(other for entry in self.entries.get(entry_id, ()) for other in entry.see)
        return [other for other, _ in offered.most_common() if other in among][:3]


def by_pattern(name: str, **facts: object) -> list[str]:
    """Six phrasings by the pattern for this kind of entry."""
    return [pattern.format(**facts) for pattern in wording().ask[name]]


def label_of(text: str) -> str:
    """The first words of a text, as many as a button shows."""
    label = ""
    for word in text.replace("…", "").strip(" :;,.").split():
        if len(f"{label} {word}") > MAX_LABEL:
            break
        label = f"{label} {word}".strip()
    return (label or text[:MAX_LABEL]).strip(" :;,.–-“”")


def told_apart(labels: Iterable[tuple[str, str]]) -> Iterator[str]:
    """Labels of which no two are alike; the second of a kind is called by its clause."""
    seen: set[str] = set()
    for label, clause in labels:
        fallback = wording().labels["clause"].format(clause=clause)
        tried = [label, fallback, *(f"{label[:16]} ({n})" for n in range(2, 999))]
        free = next(
            each for each in tried if each and len(each) <= MAX_LABEL and plain(each) not in seen
        )
        seen.add(plain(free))
        yield free
