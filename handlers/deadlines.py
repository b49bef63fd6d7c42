"""The days of a plan that people are reminded of, and which reminder is due now. Pure."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from content.entries import Audience, Deadline
from content.reminding import Policy
from content.schema import Plan
from handlers.turn import HERE

REGISTERING = "registration-deadline"  # the entry, or where there is none, what it would be called
ABOUT = "deadline:"
DONE, MOVED = "done", "moved"  # steps of the ledger that are no days


@dataclass(frozen=True)
class Term:
    """One last safe day of a plan: what for, by whom, to whom; said where."""

    plan: Plan
    id: str
    label: str
    what: str  # empty: to register
    by: str
    to: str
    day: date
    clause: str
    audience: tuple[Audience, ...] = ()

    @property
    def about(self) -> str:
        return f"{ABOUT}{self.name}"

    @property
    def name(self) -> str:
        return f"{self.plan.id}/{self.id}"

    @property
    def registering(self) -> bool:
        return self.id == REGISTERING


def terms(plan: Plan) -> Iterator[Term]:
    """All that a plan sets a last day for; for registering, its end where it names no other."""
    found = [entry for entry in plan.entries if isinstance(entry, Deadline)]
    own = next((entry for entry in found if entry.id == REGISTERING), None)
    for entry in found:
        if entry is not own:
            said = entry.label, entry.what, entry.by, entry.to, entry.last_day, entry.clause
            yield Term(plan, entry.id, *said, entry.audience)
    if day := plan.registration.closes or (own and own.last_day) or plan.end:
        end = next((e.clause for e in plan.entries if e.kind == "period"), "")
        clause = own.clause if own else "" if plan.registration.closes else end
        yield Term(plan, REGISTERING, "", "", "", plan.registers_with, day, clause)


def term_of(plan: Plan | None, entry_id: str) -> Term | None:
    """The term of that name, if the plan (still) has it."""
    every = terms(plan) if plan else ()
    return next((term for term in every if term.id == entry_id), None)


def schedule(
    day: date, before: Collection[int], policy: Policy, *, office: bool = False
) -> list[tuple[int, datetime]]:
    """When each reminder of a day comes, the first first; of two at once, the nearer to the day."""
    moments = {
        policy.moment(policy.working(day - timedelta(days=n), office=office), policy.at, HERE): n
        for n in sorted(before, reverse=True)
    }
    return sorted(((n, at) for at, n in moments.items()), key=lambda step: step[1])


def step_due(
    steps: Sequence[tuple[int, datetime]], told: Collection[str], useful: timedelta, now: datetime
) -> int | None:
    """Which reminder of a day is due now, if any: the latest that has come and still helps.

    ``told`` are the steps that somebody has heard. What came before the latest is over.
    """
    come = [(n, at) for n, at in steps if at <= now]
    if not come:
        return None
    step, at = come[-1]
    heard = any(each.isdecimal() and int(each) <= step for each in told)
    return None if heard or now - at > useful else step
