"""The conditions of the shipped plans: all that the criteria ask for, with their figures."""

from __future__ import annotations

import re

import pytest

from content.check import coverage
from content.criteria import checks_about, checks_of, conditions_of, criteria, within
from content.library import Library
from content.schema import Plan

FIGURE = re.compile(r"\d+(?:[/.,]\d+)*%?")
CHECKED = {
    "vinh-thuan-2025": {
        ("merit", "union"),
        ("merit", "business"),
        ("merit", "state-member"),
        ("merit", "business-member"),
        ("merit", "donor"),
    },
    "dak-nong-2025": {
        ("flag", "alliance"),
        ("flag", "cooperative"),
        ("merit", "alliance"),
        ("merit", "cooperative"),
        ("merit", "alliance-staff"),
        ("merit", "coop-member"),
    },
}


@pytest.fixture(params=sorted(CHECKED))
def plan(request: pytest.FixtureRequest, library: Library) -> Plan:
    return library.plans[str(request.param)]


def figures(text: str) -> set[str]:
    return {found.lstrip("0") for found in FIGURE.findall(text)}


def test_every_award_and_audience_with_criteria_can_be_checked(library: Library) -> None:
    found = {
        plan.id: {
            (check.award, audience)
            for check in checks_of(plan.entries)
            for audience in check.audience
            if audience not in ("collective", "individual")
        }
        for plan in library.plans.values()
        if checks_of(plan.entries)
    }
    assert found == CHECKED


def test_every_criterion_for_somebody_leads_to_a_check(plan: Plan) -> None:
    for entry in criteria(plan.entries):
        if entry.kind == "criterion" and entry.award and entry.audience:
            assert checks_about(plan.entries, entry), entry.id


def test_a_part_of_a_criterion_leads_to_its_own_check_and_another_award_to_none(
    library: Library,
) -> None:
    def leads(plan: Plan, entry_id: str) -> list[str]:
        entry = plan.entry(entry_id)
        assert entry
        return [each.id for each in checks_about(plan.entries, entry)]

    union = library.plans["vinh-thuan-2025"]
    assert leads(union, "criterion-union-works") == ["criterion-merit-union"]
    assert leads(union, "criterion-merit-union") == ["criterion-merit-union"]
    assert leads(union, "criterion-law") == ["criterion-merit-business", "criterion-merit-donor"]
    assert len(leads(union, "exclusion")) == len(checks_of(union.entries))
    assert leads(union, "criterion-merit-province") == []
    assert leads(union, "dossier") == []
    assert leads(library.plans["dak-nong-2025"], "criterion-commendation") == []


def test_every_clause_of_a_criterion_is_asked_about(plan: Plan) -> None:
    for check in checks_of(plan.entries):
        asked = {condition.clause for condition in conditions_of(plan.entries, check)}
        parts = {clause for clause in plan.clauses if within(clause, check.clause)}
        whole = {check.clause} if len(parts) > 1 else set()  # said by its parts
        assert parts - whole <= asked, check.id


def test_what_holds_for_everybody_is_asked_of_everybody(plan: Plan) -> None:
    general = {"vinh-thuan-2025": "III.1 (lưu ý)", "dak-nong-2025": "IV.3"}[plan.id]
    for check in checks_of(plan.entries):
        assert general in {condition.clause for condition in conditions_of(plan.entries, check)}


def test_every_figure_of_a_condition_is_in_what_is_said_of_its_clause(plan: Plan) -> None:
    said = coverage(plan)
    for entry in criteria(plan.entries):
        for each in entry.conditions:
            speaking = [other for name in said[each.clause] if (other := plan.entry(name))]
            known = figures(" ".join(plan.words(other) for other in speaking))
            asked = plan.fill(entry, f"{each.ask} {each.short}")
            assert figures(asked) <= known, each.id
            assert figures(plan.fill(entry, each.short)) <= figures(asked), each.id


def test_figures_of_the_criteria_are_asked_for(plan: Plan) -> None:
    for check in checks_of(plan.entries):
        asked = " ".join(plan.fill(check, each.ask) for each in conditions_of(plan.entries, check))
        assert figures(plan.words(check)) - {"3", "4"} <= figures(asked), check.id


def test_a_question_is_plain_and_is_answered_by_yes_or_no(plan: Plan) -> None:
    for entry in criteria(plan.entries):
        for each in entry.conditions:
            question = each.ask.partition("?")[0]
            assert question.endswith((" không", " chưa", " phải không")), each.id


def test_what_must_not_be_is_met_by_no(library: Library) -> None:
    every = [
        each for p in library.plans.values() for e in criteria(p.entries) for each in e.conditions
    ]
    assert {each.id for each in every if each.met_by == "no"} == {
        *("chosen-by-district", "union-discipline", "business-law", "donor-law"),
        *("flag-alliance-led", "flag-alliance-shared"),
        *("merit-alliance-led", "merit-alliance-shared"),
    }
