"""Which letters of what people type can stand on paper. Pure."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from typing import Any

from content.fold import composed

# Our fonts draw Latin, Greek and Cyrillic letters, the signs around them, arrows and plain shapes.
DRAWN = "\n -\u02ff\u0370-\u052f\u1e00-\u1fff\u2010-\u25ff"
UNDRAWN = re.compile(f"[^{DRAWN}]+")
UNSEEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]"
)
MOST_LINES = 30  # of one answer; of more, the breaks are left out
LOST = "[?]"


def written(text: str) -> str:
    """A text without what controls or turns the text around it: for whoever has all letters."""
    whole = composed(text.encode("utf-8", "ignore").decode("utf-8"))
    lines = [" ".join(line.split()) for line in UNSEEN.sub("", whole).splitlines()]
    kept = [line for line in lines if line]
    return ("\n" if len(kept) <= MOST_LINES else " ").join(kept)


def printed(text: str) -> str:
    """A text in letters that our fonts draw: pictures are left out, foreign words are marked."""
    return written(UNDRAWN.sub(lambda found: mark(found[0]), written(text)))


def mark(undrawn: str) -> str:
    """What stands for letters that cannot be drawn; for pictures and marks, nothing."""
    return LOST if any(unicodedata.category(each)[0] in "LN" for each in undrawn) else ""


def everywhere(change: Callable[[str], str], value: Any) -> Any:
    """The same with every text in it changed."""
    match value:
        case str():
            return change(value)
        case dict():
            return {name: everywhere(change, each) for name, each in value.items()}
        case list() | tuple():
            return [everywhere(change, each) for each in value]
    return value
