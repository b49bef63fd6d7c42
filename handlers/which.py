"""Which plan, award and candidate a check is for: asked only where it is not clear."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from content.criteria import Criterion, checks_of
from content.facets import Facets, agreement, facets_of
from content.schema import Plan
from handlers import verdict
from handlers.talk import Button, Reply
from handlers.turn import Turn


def plan(turn: Turn, named: Sequence[str]) -> Plan | None:
    """The plan that was named; of several the only one with criteria; else the one talked about."""
    meant = [turn.library.plans[each] for each in named]
    able = [plan for plan in meant if checks_of(plan.entries)]
    if len(meant) == 1:
        return meant[0]
    return able[0] if len(able) == 1 else None if able else turn.plan


def plans(turn: Turn) -> Iterable[Button]:
    """A button for each plan that states criteria."""
    able = (plan for plan in turn.library.plans.values() if checks_of(plan.entries))
    return turn.plan_buttons("check:of", able)


def narrowed(checks: Sequence[Criterion], facets: Facets) -> Sequence[Criterion]:
    """Those of the checks that fit best what was named; all where nothing was, or none fits."""
    fits = {check.id: agreement(facets, facets_of(check)) for check in checks}
    best = max(fits.values(), default=0.0)
    return [check for check in checks if fits[check.id] == best] if best > 0 else checks


def check(turn: Turn, plan: Plan, checks: Sequence[Criterion]) -> Reply:
    """Ask which award, or for whom; or say that there is nothing to be checked."""
    awards = dict.fromkeys(str(check.award) for check in checks)
    if len(awards) > 1:
        values = ((award, f"check:of:{plan.id}/{award}") for award in awards)
        return turn.say("check/award", *(turn.button(*each) for each in values), name=plan.name)
    if checks:
        whom = (Button(str(each.whom), f"check:at:{plan.id}/{each.id}") for each in checks)
        return turn.say("check/whom", *whom, **verdict.award_of(turn, plan, checks[0]))
    said = plan.entry("criteria")
    words = plan.words(said).partition("\n")[0] if said else ""
    clause = verdict.clause(turn, said.clause) if said else ""
    return turn.say("check/no_criteria", *plans(turn), words=words, name=plan.name, clause=clause)
