"""A registration on one screen of a phone: what matters now, the rest behind a button."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from handlers.turn import Turn

SCREEN = 600  # characters
WIDTHS = range(160, 18, -4)  # of one value: as wide as all of them fit

Facts = Mapping[str, Any]


def fitted(turn: Turn, facts: Facts) -> tuple[str, bool]:
    """The words about a registration; and whether that is not all of them.

    Of a corrected one what was changed matters now; the sheet that goes along shows every field.
    """
    text = turn.library.say("review/one", **facts)
    if len(text) <= SCREEN:
        return text, False
    kept = {
        **facts,
        "told": facts["told"][-1:],
        "lines": [] if facts["changes"] else facts["lines"],
    }
    for width in WIDTHS:
        text = turn.library.say("review/one", **narrowed(kept, width))
        if len(text) <= SCREEN:
            break
    return text, True


def narrowed(facts: Facts, width: int) -> Facts:
    """The same with every value cut to that width."""
    return {
        **facts,
        "lines": cut(facts["lines"], width, "shown"),
        "changes": cut(facts["changes"], width, "old", "new"),
        "told": cut(facts["told"], 2 * width, "words"),
    }


def cut(rows: Sequence[Facts], width: int, *names: str) -> list[Facts]:
    return [{**row, **{name: shortened(row[name], width) for name in names}} for row in rows]


def shortened(words: str, width: int) -> str:
    """The beginning of words that are longer than that, in one line."""
    line = " ".join(words.split())
    return line if len(line) <= width else f"{line[: width - 1].rstrip()}…"
