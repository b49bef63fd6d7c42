"""The words of a broadcast: {tên} and {đơn vị} are filled, once, with plain text."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from content.broadcasts import BroadcastRules
from content.fold import plain
from handlers.broadcasting.known import Known

SLOT = re.compile(r"\{([^{}\n]{1,20})\}")
SLOTS = {"ten": "name", "don vi": "unit"}  # as folded; what they stand for
SLOTS_SHOWN = ("{tên}", "{đơn vị}")
BEGINS = re.compile(r"(?:^|\n|[.!?…:]\s)[\W_]*$")  # a sentence begins here
LONGEST = {"name": 80, "unit": 150}  # characters of what fills a slot


class Words:
    """A text and where its slots are, read once for however many people."""

    def __init__(self, text: str, rules: BroadcastRules) -> None:
        self.parts: list[tuple[str, str, str]] = []  # what stands before a slot, which, if unknown
        self.rest, at = text, 0
        instead = {"name": rules.person, "unit": rules.unit}
        for slot in SLOT.finditer(text):
            if what := SLOTS.get(plain(slot[1])):
                other, begins = instead[what], BEGINS.search(text, 0, slot.start())
                other = other[:1].upper() + other[1:] if begins else other
                self.parts.append((text[at : slot.start()], what, other))
                at = slot.end()
        self.rest = text[at:]

    def filled(self, known: Known) -> str:
        """For one person. What fills a slot is never looked at again, whatever it says."""
        said: list[str] = []
        for before, what, other in self.parts:
            value = one_line(known.name if what == "name" else known.unit)
            said += before, value[: LONGEST[what]] or other
        return "".join((*said, self.rest))


def one_line(value: str) -> str:
    """A name in one line, without what no eye sees."""
    if not value.isprintable():
        value = "".join(c if unicodedata.category(c)[0] != "C" else " " for c in value)
    return " ".join(value.split())


def longest() -> Known:
    """Somebody with whose name and unit a text is as long as it gets."""
    return Known(name="M" * LONGEST["name"], unit="M" * LONGEST["unit"])


def unknown(text: str) -> Iterator[str]:
    """What looks like a slot and is none."""
    return (slot[0] for slot in SLOT.finditer(text) if plain(slot[1]) not in SLOTS)
