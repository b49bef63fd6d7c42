"""What the messages for officers, and about papers and people's own data, can be filled with."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime

from content.library import Library

Facts = dict[str, object]
Samples = dict[str, Sequence[object]]

DAY = date(2025, 6, 2)
EITHER = (False, True)
WORDS = ("15/6/2025",)
PERHAPS = ("", *WORDS)
PAPER: Samples = {"form": ("png", "pdf"), "url": WORDS, "hours": (24,)}
BARRED = ("", "unreachable", "window")
REACHED = ((), [{"name": "A", "why": why, "hours": 24} for why in BARRED])
SEEN: Samples = {"own": EITHER, "photos": (0, 3), "reached": REACHED}
DEEDS = ("returned", "rejected", "commented")
HEADS = ("code", "plan", "state", "version", "late", "submitted_at", "changed_at", "percent")
MORE_HEADS = ("reason", "whole", "start", "end", "sum", "most", "gone")
GROUPS = ("total", "state", "late", "kind", "month", "place", "rest")
REASONS = ("nowhere", "muted", "Rejected: 400")
PARTS = {  # of what tables say
    "table/heading": (*HEADS, *MORE_HEADS),
    "table/list": ("number", "code", "unit", "name", "period", "value", "state"),
    "broadcast/sheet": ("file", "everybody", "name", "sent", "telegram", "terminal"),
    "table/summary": ("sheet", "rows", "count", "value", *GROUPS),
}


def of_office(library: Library) -> dict[str, Samples]:
    """What some facts may be in one of these messages."""
    staff: Samples = {"plan": WORDS, "kind": ("erase", "object"), "codes": ((), WORDS)}
    told = ("answered", "done", "staff/card")
    return {
        **{f"data/{message}": staff for message in told},
        "broadcast/refused": {"why": ("blocked", "uncertain", "failed")},
        **of_papers(library),
        **of_reviews(library),
        **of_holds(),
        **of_channels(),
    }


def of_channels() -> dict[str, Samples]:
    """What is told of the channels."""
    at = datetime(2025, 6, 2, 8, tzinfo=UTC)
    rows = [
        {"name": "A", "quota": 3000, "left": left, "most": most, "people": 31, "heard": heard}
        for left in (None, 0, 599)
        for most in (0, 50)
        for heard in (None, at)
    ]
    return {
        "staff/channels": {"rows": [[each] for each in rows], "today": (DAY,)},
        **{
            f"remind/{line}office-scarce": {"rows": (rows[4:5], rows[4:])} for line in ("", "line/")
        },
    }


def of_holds() -> dict[str, Samples]:
    """What is told of a restored backup."""
    at, few = datetime(2025, 6, 2, 8, tzinfo=UTC), (0, 2)
    under_way = {"name": "A", "day": DAY, "sent": 1, "left": 2}
    held: Samples = {"since": (at,), "replies": few, "reminders": few, "more": few}
    return {
        "hold/held": {**held, "broadcasts": ((), [under_way])},
        "hold/over": {"at": (None, at), "name": PERHAPS},
    }


def of_papers(library: Library) -> dict[str, Samples]:
    """The same in what tables and papers say."""
    plans = [*library.plans.values()]
    return {
        "paper/name": {"of": ("", "draft", "registration", "registrations", "mydata", "broadcast")},
        **{f"paper/{why}": PAPER for why in ("link", "elsewhere", "missing")},
        **{message: {"part": parts} for message, parts in PARTS.items()},
        "broadcast/message": {"office": PERHAPS},
        "broadcast/reason": {"reason": REASONS},
        "table/kind": {"unit": ("htx a ", "ngan hang ")},
        "table/official": {
            "plan": (None, *plans),
            "part": ("issuer", "title", "about", "total"),
            "value": PERHAPS,
        },
    }


def of_rights(lines: object) -> Samples:
    """What is said of people's own data, and of who looked at it."""
    told = [("looked", False), ("listed", True), ("exported", True)]
    look = {"day": DAY, "plan": "A", "role": "B", "name": "C"}
    looks = [{**look, "what": what, "shared": shared} for what, shared in told]
    waiting = [{"kind": "A", "plan": "B", "days": n, "answered": n > 0} for n in (-1, 0, 1)]
    return {
        "waiting": ((), waiting),
        "looks": ((), looks),
        "kept": (kept(looks, lines),),
    }


def kept(looks: object, lines: object) -> Facts:
    """All that may be kept about somebody, as ``/dulieu`` tells it."""
    days = dict.fromkeys(("changed", "submitted", "until", "asked", "day", "told", "done"), DAY)
    row = {"code": "A", "plan": "B", "lines": lines, "text": "C", "words": "D"}
    agreed = {"receiver": "A", "version": "1", "withdrawn": "", "kind": "erase", "name": "F"}
    said = {"remarks": [{**days, "words": "E"}]}
    went = {
        **said,
        "earlier": [{**days, "lines": lines}],
        "progress": [{**days, "percent": 1, "note": ""}],
        "photos": [{"sent": DAY, "until": DAY}],
    }
    each = {
        **days,
        **row,
        **agreed,
        **went,
        "value": "G",
        "channel": "H",
        "address": "I",
        "push": "J",
    }
    kinds = ("profile", "drafts", "registrations", "questions", "requests", "consents", "places")
    return {**{kind: [each] for kind in kinds}, "looks": looks}


def of_reviews(library: Library) -> dict[str, Samples]:
    """What the facts may be in the messages about registrations that staff work through."""
    plans = [*library.plans.values()]
    steps = [step for form in library.forms.values() for step in form.steps]
    row = {"code": "A", "name": "B", "unit": "C", "state": "D", "plan": plans[0], "total": 2}
    rows = [
        {**row, "days": days, "version": 1 + days, "late": late}
        for days in (0, 3)
        for late in EITHER
    ]
    at = datetime(2025, 6, 2, 8, tzinfo=UTC)
    told = [{"at": at, "who": w, "what": "A", "words": w} for w in PERHAPS]
    heads: Samples = {"state": ("A",), "days": (0, 3), "version": (1, 2), "late": EITHER}
    several: Samples = {"rows": ((), rows), "state": ("A",)}
    return {
        "review/queue": several,
        "review/plans": several,
        "review/states": several,
        "review/found": {**several, "most": (12, 50)},
        "review/news": {"new": (0, 2), "late": (0, 2)},
        "review/one": {
            **heads,
            "lines": ([{"name": "A", "shown": v} for v in PERHAPS],),
            "changes": ((), [{"name": "A", "old": old, "new": "B"} for old in PERHAPS]),
            "told": ((), told),
            **SEEN,
        },
        "review/trail": {"told": (told,)},
        "review/latest": {
            "told": ((), [{**line, "code": c, "plan": "B"} for line in told for c in PERHAPS]),
            "several": EITHER,
        },
        "review/overtaken": {"told": ((), told)},
        "review/photos": {"percent": (None, 80), "told": PERHAPS, "count": (1, 5)},
        "review/paper": {"kind": WORDS},
        "review/done": {"what": WORDS, "checked": EITHER, "heard": EITHER},
        "review/write": {"deed": DEEDS, "step": steps},
        "review/told_returned": {"here": EITHER},
    }
