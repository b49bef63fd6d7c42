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


def filled(text: str, known: Known, rules: BroadcastRules) -> str:
    """The text for one person. What fills a slot is never looked at again, whatever it says."""
    instead = {"name": rules.person, "unit": rules.unit}

    def fill(slot: re.Match[str]) -> str:
        what = SLOTS.get(plain(slot[1]))
        if what is None:
            return slot[0]
        if value := one_line(getattr(known, what))[: LONGEST[what]]:
            return value
        begins = BEGINS.search(text, 0, slot.start())
        other = instead[what]
        return other[:1].upper() + other[1:] if begins else other

    return SLOT.sub(fill, text)


def one_line(value: str) -> str:
    """A name in one line, without what no eye sees."""
    shown = (c if unicodedata.category(c)[0] != "C" else " " for c in value)
    return " ".join("".join(shown).split())


def longest(text: str, rules: BroadcastRules) -> str:
    """The text at its longest, to see whether it fits."""
    known = Known(name="M" * LONGEST["name"], unit="M" * LONGEST["unit"])
    return filled(text, known, rules)


def personal(text: str) -> bool:
    """Whether it reads differently from one person to the next."""
    return any(plain(slot[1]) in SLOTS for slot in SLOT.finditer(text))


def unknown(text: str) -> Iterator[str]:
    """What looks like a slot and is none."""
    return (slot[0] for slot in SLOT.finditer(text) if plain(slot[1]) not in SLOTS)
