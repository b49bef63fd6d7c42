"""What the messages can be filled with: of each fact that a turn gives them, samples at hand."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import product

from content.broadcast_samples import of_broadcasts
from content.library import Library
from content.office_samples import DAY, EITHER, PERHAPS, WORDS, Facts, Samples, of_office, of_rights
from content.reminder_samples import of_reminders, of_reminding
from content.schema import Plan, Window

BEFORE, AFTER = date(2025, 5, 2), date(2025, 7, 2)
ALL_REFUSALS = "invalid/"  # speak in words alone, whatever their facts are called
MET = ("met", "missing", "unclear")
REGISTERED = ("submitted", "checked", "approved", "returned", "rejected", "withdrawn")
DRAFT = {"name": "A", "plan": "B", "done": 5, "total": 11}
PLAIN: Samples = {  # the facts of each kind
    "code name clause words example typed old new asked role hour receiver": WORDS,
    "award whom question": WORDS,
    "note noted current relative first last place lead contact link dated said label": PERHAPS,
    "reason step_name told report how unread decided_by proposed_by split": PERHAPS,
    "number page total count length most before good bad done": (1, 12),
    "hidden left": (0, 2),
    "percent": (None, 0, 60, 100),
    "state": REGISTERED,
    "version": (1, 2),
    "days": (-1, 0, 1, 12),
    "kind": ("erase", "object"),
    "codes gone stays kinds": ((), WORDS),
    "today answer_by done_by": (DAY,),
    "numbered remembered staff stated urgent whole able open passed late answered tap more": EITHER,
    "full": EITHER,
    "wordings": ((), WORDS),
    "names near": (WORDS,),
    "contacts": ((), WORDS),
    "site": PERHAPS,
    "heard": EITHER,
    "here there kept_there": WORDS,
    "linked": ((), WORDS),
    "officer": EITHER,
}
PART = "plan name where clause words relative lead urgent"  # of an answer for several plans


class Sampler:
    """The samples that there are with this content."""

    def __init__(self, library: Library) -> None:
        self.anywhere, self.only_in = said_anywhere(library), said_only_in(library)

    def samples(self, message: str, names: frozenset[str]) -> Iterator[Facts]:
        """The facts of these names, in every combination of what each may be in that message."""
        if message.startswith(ALL_REFUSALS):
            yield dict.fromkeys(names, WORDS[0])
            return
        known = self.anywhere | self.only_in.get(message, {})
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
    counted = {"people": 2, "days": 0}
    groups = [{**counted, "plan": plan, "wordings": [*WORDS]} for plan in plans]
    parts = [dict.fromkeys(PART.split(), words) for words in PERHAPS]
    return {
        **{name: values for names, values in PLAIN.items() for name in names.split()},
        **of_registering(plans),
        **of_rights(lines),
        **of_reminders(library),
        "plan": plans,
        "plans": ((), plans),
        "form": [*library.forms.values()],
        "step": steps,
        "topic": library.topics,
        "day": (DAY,),
        "ended": (None, DAY),
        "closed": (None, DAY),
        "opens": (DAY,),
        "changed": (DAY,),
        "lines": (lines,),
        "parts": (parts,),
        "shorts": (WORDS, WORDS * 2),
        "clauses": (WORDS,),
        "steps": (WORDS,),
        "counts": [dict(zip(MET, each, strict=True)) for each in product((0, 2), repeat=3)],
        "shown": [dict.fromkeys(MET, each) for each in ((), WORDS)],
        "group": groups,
        "groups": ((), groups),
    }


def of_registering(plans: Sequence[Plan]) -> Samples:
    """What is said of forms half finished, and of registrations."""
    values = [{"name": "A", "old": old, "shown": shown} for old in PERHAPS for shown in PERHAPS]
    drafts = [{**DRAFT, "fixes": fixes} for fixes in EITHER]
    return {
        "draft": drafts,
        "drafts": ((), drafts),
        "changes": ((), each_with("old", "new")),
        "similar": (each_with("unit", "code"),),
        "values": (values[:1], values),
        "wrong": ((), [{"name": "A", "why": "B"}]),
        **dict.fromkeys(("missing", "new", "again", "gone"), ((), WORDS)),
        "rows": ((), rows(plans)),
        "sent": ((), rows(plans)),
    }


def rows(plans: Sequence[Plan]) -> list[Facts]:
    """Registrations in a list, in every state."""
    row = {"code": "A", "name": "", "day": DAY}
    stands = [
        {"state": state, "percent": percent} for state in REGISTERED for percent in (None, 60)
    ]
    return [{**row, "plan": plan.label, **stand} for plan in plans for stand in stands]


def each_with(one: str, other: str) -> list[Facts]:
    """Something named, of which two facts may be missing."""
    return [{"name": "A", one: first, other: last} for first in PERHAPS for last in PERHAPS]


def windowed(plans: Sequence[Plan]) -> list[Plan]:
    """A plan whose registration has a last day, after which what comes is marked as late."""
    window = Window(closes=DAY, after="mark_late")
    return [plan.model_copy(update={"registration": window}) for plan in plans[:1]]


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
        **of_office(library),
        **of_reminding(library),
        **of_broadcasts(library),
        "form/unclear": {"wrong": ([{"name": "A", "why": "B"}],)},
        "progress/kept": {"percent": (0, 60, 100), "photos": (0, 2)},
        "photo/kept": {"most": (5,), "count": (1, 5)},
        "photo/which": {"most": (5,), "more": EITHER},
        "link/joined": {
            "drafts": (0, 2),
            "sent": (0, 2),
            "differs": ((), [{"name": "A", "kept": "B", "other": "C"}]),
        },
        "link/part": {"here": EITHER},
        "registration/begun": {"plan": [*plans, *windowed(plans)]},
        "registration/copied": {"plan": [*plans, *windowed(plans)]},
        "registration/one": {"plan": WORDS},
        "registration/refused": {"closed": (DAY,)},
        "staff/joined": {"plan": (None, *plans)},
        "talk/start": {"plan": (None, *plans)},
    }
