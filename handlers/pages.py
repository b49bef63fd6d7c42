"""Many choices on a small screen: a few to tap, and the way to the others."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from handlers.talk import Button
from handlers.turn import Turn

SHOWN = 4  # to tap at once, beside the way to the others


def paged(turn: Turn, choices: Sequence[Button], page: int, value: str) -> list[Button]:
    """These, a few of them to tap; ``value`` with a number of a page behind it shows others.

    Typed, each works by its label, and by its number among all of them.
    """
    if len(choices) <= SHOWN + 1:
        return [*choices]
    at = page % -(-len(choices) // SHOWN)
    here = range(at * SHOWN, (at + 1) * SHOWN)
    laid = [replace(each, tucked=n not in here) for n, each in enumerate(choices)]
    label = turn.library.labels["other-fields"]
    return [*laid, Button(label, f"{value}:{at + 1}", small=True)]
