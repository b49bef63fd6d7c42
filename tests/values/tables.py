"""Tables of expressions: each line is a meaning, then the ways to type it, parted by bars."""

from __future__ import annotations

from datetime import date

TODAY = date(2025, 2, 10)  # a Monday


def rows(table: str) -> list[tuple[str, str]]:
    """Pairs of what is typed and what is meant."""
    pairs = []
    for line in table.strip().splitlines():
        meant, _, typed = line.partition(":: ")
        pairs += [(one.strip(), meant.strip()) for one in typed.split(" | ")]
    return pairs
