"""The numbers that Word puts before paragraphs by itself: they stand nowhere in the text."""

from __future__ import annotations

import re
from collections import Counter
from xml.etree.ElementTree import Element

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
ROMAN = ((10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))
PLACE = re.compile(r"%(\d)")
Level = tuple[str, str, int]  # how it counts, its pattern ("%1.%2."), where it starts
PLAIN: Level = ("decimal", "%1.", 1)


class Numbers:
    """Counts the lists of one document, paragraph by paragraph."""

    def __init__(self, numbering: Element, styles: Element) -> None:
        patterns = {
            each.get(f"{W}abstractNumId"): dict(map(level, each.iter(f"{W}lvl")))
            for each in numbering.iter(f"{W}abstractNum")
        }
        self.lists = {
            each.get(f"{W}numId"): patterns.get(value(each, "abstractNumId"), {})
            for each in numbering.iter(f"{W}num")
        }
        self.styles = {
            each.get(f"{W}styleId"): numbered
            for each in styles.iter(f"{W}style")
            if (numbered := each.find(f"{W}pPr/{W}numPr")) is not None
        }
        self.counts: dict[str, Counter[int]] = {}

    def next(self, paragraph: Element) -> str:
        """What Word writes before this paragraph, with a space after it; mostly nothing."""
        numbered = paragraph.find(f"{W}pPr/{W}numPr")
        if numbered is None:
            style = paragraph.find(f"{W}pPr")
            numbered = self.styles.get(value(style, "pStyle") if style is not None else None)
        if numbered is None or (which := value(numbered, "numId")) not in self.lists or not which:
            return ""
        depth = int(value(numbered, "ilvl") or 0)
        return self.count(which, depth)

    def count(self, which: str, depth: int) -> str:
        levels, counts = self.lists[which], self.counts.setdefault(which, Counter())
        how, pattern, _ = levels.get(depth, PLAIN)
        if how == "bullet":
            return "- "
        counts[depth] += 1
        for deeper in [each for each in counts if each > depth]:
            del counts[deeper]

        def number(place: re.Match[str]) -> str:
            at = int(place[1]) - 1
            counts_as, _, start = levels.get(at, PLAIN)
            return spelt(max(counts[at], 1) - 1 + start, counts_as)

        return f"{PLACE.sub(number, pattern)} " if how != "none" else ""


def level(each: Element) -> tuple[int, Level]:
    """One level of a list, by its depth."""
    start = int(value(each, "start") or 1)
    known = (value(each, "numFmt") or "decimal", value(each, "lvlText") or "", start)
    return int(each.get(f"{W}ilvl") or 0), known


def value(around: Element, name: str) -> str | None:
    """What a property of Word's is set to."""
    found = around.find(f"{W}{name}")
    return None if found is None else found.get(f"{W}val")


def spelt(number: int, how: str) -> str:
    """A number as this kind of list writes it."""
    if how.endswith("Letter"):
        letter = "abcdefghijklmnopqrstuvwxyz"[(number - 1) % 26]
        return letter.upper() if how.startswith("upper") else letter
    if how.endswith("Roman"):
        roman = ""
        for worth, sign in ROMAN:
            while number >= worth:
                roman, number = roman + sign, number - worth
        return roman if how.startswith("upper") else roman.lower()
    return str(number)
