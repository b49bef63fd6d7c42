"""A check, whatever is answered: what is asked, and what comes of it."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from content.criteria import Condition, Criterion, checks_of, conditions_of
from content.library import load
from content.schema import Plan
from handlers.conditions import Check
from handlers.form import Answering

LIBRARY = load()
CHECKS = [(plan, entry) for plan in LIBRARY.plans.values() for entry in checks_of(plan.entries)]
ANSWERS = st.sampled_from([True, False, None])
MOVES = st.lists(st.one_of(ANSWERS, st.just("back")), max_size=30)
law = settings(deadline=None, derandomize=True, max_examples=80)


def answering(check: Check, editing: str = "") -> Answering[Condition]:
    return Answering(check, check.answers, editing)


def met(check: Check, condition: Condition) -> bool:
    answer = check.answers.get(condition.id)
    return answer is not None and answer == (condition.met_by == "yes")


@law
@given(st.sampled_from(CHECKS), MOVES, st.data())
def test_any_answers_end_with_three_lists_that_hold_every_condition_once(
    which: tuple[Plan, Criterion], moves: list[object], data: st.DataObject
) -> None:
    plan, entry = which
    check, editing = Check(plan, entry, {}), ""
    for move in moves:
        now = answering(check, editing)
        if move == "back":
            now = now.back()
        elif now.question():
            now = now.answer(move)
        check, editing = Check(plan, entry, now.answers), now.editing
    asked = 0
    while now := answering(check, editing):
        if now.question() is None:
            break
        now = now.answer(data.draw(ANSWERS))
        check, editing = Check(plan, entry, now.answers), now.editing
        asked += 1
    assert (
        asked <= len(conditions_of(plan.entries, entry)) + 1
    )  # an answer was perhaps being changed
    outcome = check.outcome()
    listed = [each for demands in vars(outcome).values() for demand in demands for each in demand]
    assert sorted(each.id for each in listed) == sorted(
        c.id for c in conditions_of(plan.entries, entry)
    )
    assert all(any(met(check, each) for each in demand) for demand in outcome.met)
    for demand in (*outcome.missing, *outcome.unclear):
        assert all(each.id in check.answers for each in demand), "nothing was left unasked"
        assert not any(met(check, each) for each in demand)
    for demand in outcome.missing:
        assert None not in [check.answers[each.id] for each in demand]


@law
@given(st.sampled_from(CHECKS), MOVES)
def test_of_conditions_of_which_one_is_enough_none_is_asked_once_one_is_met(
    which: tuple[Plan, Criterion], moves: list[object]
) -> None:
    check, editing, places = Check(*which, {}), "", []
    for move in moves:
        now = answering(check, editing)
        if (question := now.question()) is None:
            break
        number, total = now.place()
        assert 1 <= number <= total <= len(conditions_of(check.plan.entries, check.entry))
        if not editing:
            group = next(demand for demand in check.demands if question in demand)
            assert not any(met(check, each) for each in group)
            places.append(number)
        now = now.back() if move == "back" else now.answer(move)
        check, editing = Check(*which, now.answers), now.editing
        if move == "back" or editing:
            places.clear()
    assert places == sorted(set(places)), "the number of the question only grows"


def test_answers_to_conditions_that_are_gone_count_for_nothing_and_new_ones_are_asked() -> None:
    plan, entry = next((p, e) for p, e in CHECKS if e.id == "criterion-merit-donor")
    kept = {"donor-support": True, "what-was-asked-last-year": False}
    check = Check(plan, entry, kept)
    question = answering(check, editing="what-was-asked-last-year").question()
    assert question is not None
    assert question.id == "donor-law"
    assert [demand[0].id for demand in check.outcome().met] == ["donor-support"]
    assert not check.outcome().missing
