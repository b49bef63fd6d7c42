"""What the messages can be filled with: of each fact that a turn gives them, samples at hand."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime
from itertools import product

from content.library import Library

Facts = dict[str, object]
Samples = dict[str, Sequence[object]]

BEFORE, DAY, AFTER = date(2025, 5, 2), date(2025, 6, 2), date(2025, 7, 2)
EITHER = (False, True)
ALL_REFUSALS = "invalid/"  # speak in words alone, whatever their facts are called
WORDS = ("15/6/2025",)
PERHAPS = ("", *WORDS)
PLAIN: Samples = {  # the facts of each kind
    "code name clause words example typed old new asked role": WORDS,
    "award whom question": WORDS,
    "note noted current relative first last place lead contact link dated said label": PERHAPS,
    "how unread decided_by proposed_by split": PERHAPS,
    "number page total count length most before good bad": (1, 12),
    "hidden left": (0, 2),
    "state": WORDS,
    "version": (1, 2),
    "days": (-1, 0, 1),
    "kind": ("erase", "object"),
    "codes gone stays kinds": ((), WORDS),
    "today answer_by done_by": (DAY,),
    "numbered remembered stated urgent whole able open passed late answered tap more": EITHER,
    "wordings": ((), WORDS),
    "names near": (WORDS,),
}
PAPER: Samples = {"form": ("png", "pdf"), "url": WORDS, "hours": (24,)}
DEEDS = ("returned", "rejected", "commented")
STATES = ("met", "missing", "unclear")
PART = "plan name where clause words relative lead urgent"  # of an answer for several plans


HEADS = ("code", "plan", "state", "version", "late", "submitted_at", "changed_at", "percent")
MORE_HEADS = ("reason", "whole", "start", "end", "sum", "most", "gone")
GROUPS = ("total", "state", "late", "kind", "month", "place", "rest")
PARTS = {  # of what tables say
    "table/heading": (*HEADS, *MORE_HEADS),
    "table/list": ("number", "code", "unit", "name", "period", "value", "state"),
    "table/summary": ("sheet", "rows", "count", "value", *GROUPS),
}


def samples(library: Library, message: str, names: frozenset[str]) -> Iterator[Facts]:
    """The facts of these names, in every combination of what each may be in that message."""
    if message.startswith(ALL_REFUSALS):
        yield dict.fromkeys(names, WORDS[0])
        return
    known = said_anywhere(library) | said_only_in(library).get(message, {})
    for each in product(*(known[name] for name in names)):
        yield dict(zip(names, each, strict=True))


def said_anywhere(library: Library) -> Samples:
    """What each fact may be, by its name."""
    plans = [*library.plans.values()]
    steps = [step for form in library.forms.values() for step in form.steps]
    lines = [
        {"name": s.name, "label": s.label, "shown": v, "missing": not v}
        for s in steps
        for v in PERHAPS
    ]
    values = [{"name": "A", "old": old, "shown": shown} for old in PERHAPS for shown in PERHAPS]
    rows = [{"code": "A", "name": "", "plan": plan.label, "day": DAY} for plan in plans]
    counted = {"people": 2, "days": 0}
    groups = [{**counted, "plan": plan, "wordings": [*WORDS]} for plan in plans]
    waiting = [{"kind": "A", "plan": "B", "days": n, "answered": n > 0} for n in (-1, 0, 1)]
    told = [("looked", False), ("listed", True), ("exported", True)]
    look = {"day": DAY, "plan": "A", "role": "B", "name": "C"}
    looks = [{**look, "what": what, "shared": shared} for what, shared in told]
    parts = [dict.fromkeys(PART.split(), words) for words in PERHAPS]
    return {
        **{name: values for names, values in PLAIN.items() for name in names.split()},
        "plan": plans,
        "plans": ((), plans),
        "form": [*library.forms.values()],
        "step": steps,
        "topic": library.topics,
        "day": (DAY,),
        "ended": (None, DAY),
        "lines": (lines,),
        "values": (values[:1], values),
        "wrong": ((), [{"name": "A", "why": "B"}]),
        **dict.fromkeys(("missing", "new", "again", "gone"), ((), WORDS)),
        "rows": ((), rows),
        "sent": ((), rows),
        "parts": (parts,),
        "shorts": (WORDS, WORDS * 2),
        "clauses": (WORDS,),
        "codes": (WORDS,),
        "steps": (WORDS,),
        "counts": [dict(zip(STATES, each, strict=True)) for each in product((0, 2), repeat=3)],
        "shown": [dict.fromkeys(STATES, each) for each in ((), WORDS)],
        "waiting": ((), waiting),
        "looks": ((), looks),
        "kept": (kept(looks, lines),),
        "group": groups,
        "groups": ((), groups),
    }


def kept(looks: object, lines: object) -> Facts:
    """All that may be kept about somebody, as ``/dulieu`` tells it."""
    days = dict.fromkeys(("changed", "submitted", "until", "asked", "day", "told", "done"), DAY)
    row = {"code": "A", "plan": "B", "lines": lines, "text": "C", "words": "D", "reason": "E"}
    agreed = {"receiver": "A", "version": "1", "withdrawn": "", "kind": "erase", "name": "F"}
    went = {"earlier": [{**days, "lines": lines}], "progress": [{**days, "percent": 1, "note": ""}]}
    each = {**days, **row, **agreed, **went, "value": "G", "channel": "H", "address": "I"}
    kinds = ("profile", "drafts", "registrations", "questions", "requests", "consents", "places")
    return {**{kind: [each] for kind in kinds}, "looks": looks}


def said_only_in(library: Library) -> dict[str, Samples]:
    """What some facts may be in one message, unlike in the others of that name."""
    plans = [*library.plans.values()]
    spans: Samples = {"start": (None, BEFORE, AFTER), "end": (BEFORE, AFTER), "today": (DAY,)}
    span = {"name": "A", "label": "B", "clause": "C", "end": DAY}
    on = [{**span, "start": start, "whole": whole} for start in (None, DAY) for whole in EITHER]
    timed = [{"plan": "A", "end": "B", "day": day, "clause": "C"} for day in (AFTER, BEFORE)]
    due = {"day": DAY, "label": "A", "plan": "B", "clause": "C"}
    coming = [{**due, "days": n, "what": w} for n in (0, 3) for w in ("due", "start", "end")]
    return {
        "answer/original": {"where": PERHAPS, "number": PERHAPS},
        "answer/deadline": {"days": (-1, 0, 1), "last": (DAY,)},
        "answer/ends": {"rows": ((), timed), "today": (DAY,)},
        "answer/now": {"rows": (on,), "today": (BEFORE, DAY, AFTER)},
        "answer/span": spans,
        "answer/upcoming": {"plan": (None, *plans), "rows": ((), coming)},
        "check/line": {"days": (None, -1, 0, 1)},
        "answer/unknown": {"plan": (None, *plans)},
        "papers/name": {"of": ("", "draft", "registration", "registrations")},
        **{f"papers/{why}": PAPER for why in ("link", "elsewhere", "missing")},
        "registration/one": {"plan": WORDS},
        **{message: {"part": parts} for message, parts in PARTS.items()},
        "table/kind": {"unit": ("htx a ", "ngan hang ")},
        "table/official": {
            "plan": (None, *plans),
            "part": ("issuer", "title", "about", "total"),
            "value": PERHAPS,
        },
        **of_reviews(library),
        "staff/joined": {"plan": (None, *plans)},
        "talk/start": {"plan": (None, *plans)},
    }


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
            "own": EITHER,
        },
        "review/trail": {"told": (told,)},
        "review/overtaken": {"told": ((), told)},
        "review/paper": {"kind": WORDS},
        "review/done": {"what": WORDS, "checked": EITHER, "heard": EITHER},
        "review/write": {"deed": DEEDS, "step": steps},
        "review/told_returned": {"here": EITHER},
    }
