"""What the messages about broadcasts can be filled with."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

from content.library import Library

Samples = dict[str, Sequence[object]]

AT = datetime(2025, 6, 2, 8, tzinfo=UTC)
EITHER = (False, True)
PERHAPS = ("", "A")
STATES = ("draft", "checking", "waiting", "planning", "running", "paused", "done", "cancelled")
DEEDS = ("pause", "go", "end", "again")
LOOK = {"channels": ("A", "B"), "text": "C", "labels": ("D",)}
SHARES = [{"name": "A", "people": 3, "left": left} for left in (None, 5)]
NONE = dict.fromkeys(("sent", "failed", "skipped", "uncertain", "left", "filled", "total"), 0)
SOME = NONE | {"sent": 5, "failed": 1, "uncertain": 1, "left": 3, "filled": 7, "total": 10}


def of_broadcasts(library: Library) -> dict[str, Samples]:
    """What their facts may be in one of these messages."""
    plans = [*library.plans.values()]
    due: Samples = {"due": (None, AT), "cost": ("A",), "whom": ("A",)}
    return {
        **of_boards(),
        "broadcast/act": {
            "deed": ("made", "asked", "confirmed", "returned", *DEEDS, "table"),
            "number": (1,),
        },
        "broadcast/at": {"due": (AT,)},
        "broadcast/past": {"due": (AT,)},
        "broadcast/buttons": {"chosen": ((), ("A",))},
        "broadcast/confirm": {**due, "two": EITHER, "alone": EITHER},
        "broadcast/second": {**due, "labels": ((), ("A",)), "words": ("A",)},
        "broadcast/preview": {**due, "looks": ([LOOK], [LOOK, LOOK]), "linked": EITHER},
        "broadcast/cost": {
            **{"shares": ((), SHARES), "missed": ({}, {"A": 2}), "minutes": (0, 3)},
            **{"ends": (AT,), "today": (AT.date(),)},
        },
        "broadcast/cancel": {"sent": (0, 3), "left": (0, 3)},
        "broadcast/decided": {"yes": EITHER, "number": (1,)},
        "broadcast/later": {"text": PERHAPS},
        "broadcast/narrow": {"whom": ("A",)},
        "broadcast/narrow_by": {"by": ("kind", "place", "channel", "seen")},
        "broadcast/news": {"state": ("running", "done", "paused")},
        "broadcast/steered": {"deed": DEEDS},
        "broadcast/to": {
            "to": ("A",),
            **dict.fromkeys(("kind", "place", "channel", "seen"), PERHAPS),
        },
        "broadcast/tried": {"named": EITHER},
        "broadcast/unfit": {"strange": PERHAPS, "short": EITHER, "over": (7,), "slots": (("A",),)},
        "broadcast/when": {"day": (AT.date(),)},
        "broadcast/write": {"plan": plans, "slots": (("A",),), "text": PERHAPS},
    }


def of_boards() -> dict[str, Samples]:
    """The same of how far they are."""
    line = {"begins": "A", "plan": "B", "named": "C", "due": AT}
    lines = [{**line, **counts, "state": state} for state in STATES for counts in (NONE, SOME)]
    numbers: Samples = dict.fromkeys(("sent", "failed", "skipped", "uncertain", "left"), (3,))
    return {
        "broadcast/list": {"lines": ((), lines)},
        "broadcast/board": {
            **numbers,
            **{
                "state": STATES,
                "number": (1,),
                "begins": ("A",),
                "reason": ("", "late", "left", "A"),
            },
            **{"due": (AT,), "total": (0, 10), "filled": (3,), "steps": (10,), "calls": (0, 2)},
            **{"held": EITHER, "opening": (None, AT)},
        },
    }
