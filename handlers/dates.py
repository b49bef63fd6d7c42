"""What is derived from the plans' dates and from today: what comes next, who ends last. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from content.entries import Deadline, Entry, Span
from content.library import Library
from content.schema import Plan

MOST = 5  # dates on one screen


@dataclass(frozen=True)
class Milestone:
    """A day that matters: a last safe day, or the first or last day of a phase or a campaign."""

    day: date
    what: str  # due, start, end
    plan: Plan
    entry: Entry


def milestones(plan: Plan) -> Iterator[Milestone]:
    """All days of a plan that matter."""
    for entry in plan.entries:
        if isinstance(entry, Deadline):
            yield Milestone(entry.last_day, "due", plan, entry)
        elif isinstance(entry, Span):
            if entry.start:
                yield Milestone(entry.start.first, "start", plan, entry)
            yield Milestone(entry.end.last, "end", plan, entry)


def spans(plan: Plan, kind: str) -> list[Span]:
    """The phases of a plan, or its whole time, the earliest first."""
    found = [e for e in plan.entries if isinstance(e, Span) and e.kind == kind]
    return sorted(found, key=lambda span: span.end.last)


def upcoming(library: Library, plan: Plan | None, today: date) -> str:
    """What is still to come, of one plan or of all, the next first."""
    plans = [plan] if plan else [*library.plans.values()]
    every = sorted((each for one in plans for each in milestones(one)), key=lambda each: each.day)
    rows = [
        {
            "day": each.day,
            "days": (each.day - today).days,
            "what": each.what,
            "label": each.entry.label,
            "plan": each.plan.label,
            "clause": each.entry.clause,
        }
        for each in every
        if each.day >= today
    ]
    return library.say("answer/upcoming", rows=rows[:MOST], plan=plan)


def now(library: Library, plan: Plan | None, today: date) -> str:
    """Which phase is on today, or comes next, for one plan or for all."""
    plans = [plan] if plan else [*library.plans.values()]
    rows = [row for one in plans for row in on(one, today)]
    return library.say("answer/now", rows=rows, today=today)


def on(plan: Plan, today: date) -> Iterator[dict[str, object]]:
    """How a plan stands today; nothing where it names no time."""
    phases = spans(plan, "phase") or spans(plan, "period")
    left = [span for span in phases if today <= span.end.last]
    if phases:
        span = left[0] if left else phases[-1]
        yield {
            "name": plan.name,
            "label": span.label,
            "whole": span.kind == "period",
            "start": span.start.first if span.start else None,
            "end": span.end.last,
            "clause": span.clause,
        }


def ends(library: Library, plan: Plan | None, today: date) -> str:
    """All plans by when they end, the last first."""
    timed = ((one, span) for one in library.plans.values() for span in spans(one, "period"))
    ordered = sorted(timed, key=lambda pair: pair[1].end.last, reverse=True)
    rows = [
        {"plan": one.label, "end": str(span.end), "day": span.end.last, "clause": span.clause}
        for one, span in ordered
    ]
    return library.say("answer/ends", rows=rows, today=today)


DERIVED: dict[str, Callable[[Library, Plan | None, date], str]] = {
    "upcoming": upcoming,
    "now": now,
    "ends": ends,
}


def sources(plans: Iterable[Plan]) -> tuple[tuple[str, str], ...]:
    """The clauses that the dates of these plans stand in."""
    every = ((each.plan.id, each.entry.clause) for plan in plans for each in milestones(plan))
    return tuple(dict.fromkeys(every))
