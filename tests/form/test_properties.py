"""What holds for every form and whatever people do with it."""

from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import suppress
from copy import deepcopy
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any, TypeVar

from hypothesis import given, settings
from hypothesis import strategies as st

from content.schema import Form, Step
from handlers.errors import Invalid
from handlers.fields import READ, read, show
from handlers.form import Filling

TODAY = date(2025, 4, 15)
KINDS = sorted(READ)
NAMES = [f"muc-{n}" for n in range(8)]
VALUES = st.one_of(
    st.integers(0, 10**13),
    st.text("ăâđ êô12 ", min_size=1, max_size=8),
    st.just({"min": 1, "max": 2}),
    st.just({"start": "2025-01-01", "end": "2025-06-30"}),
)
WORDS = st.sampled_from(
    (
        *("250 triệu", "1 tỷ 2", "200", "1-2", "đô la", "-5 triệu", "từ 1/3 đến 30/6", "quý 2"),
        *("30/2", "đến 5/3", "tháng 13", "0912 345 678", "Nguyễn Văn Bảy", "Bảy 09", "👍"),
        *("HTX Tân Thuận", "không có", "=1+1", "x y z"),
    )
)
Result = TypeVar("Result")
law = settings(deadline=None, derandomize=True, max_examples=60)


def tried(do: Callable[[], Result]) -> tuple[Result | None, str]:
    """What comes of it, or None and the reason why it is refused."""
    try:
        return do(), ""
    except Invalid as refused:
        return None, refused.reason


def step(name: str, kind: str, optional: bool) -> Step:
    said = {"name": name, "label": name, "ask": f"{name}?", "example": "x"}
    return Step.model_validate({"id": name, "accept": kind, "optional": optional, **said})


@st.composite
def forms(draw: st.DrawFn) -> Form:
    names = draw(st.lists(st.sampled_from(NAMES), min_size=1, max_size=6, unique=True))
    kinds = st.sampled_from(KINDS)
    steps = tuple(step(name, draw(kinds), draw(st.booleans())) for name in names)
    return Form(id="mau", title="MẪU", named_by=names[0], steps=steps)


@dataclass(frozen=True)
class Move:
    """One thing a person does: its name, and the form that comes of it (or Invalid)."""

    name: str
    do: Callable[[Filling], Filling]
    step: str = ""


MOVES = st.one_of(
    VALUES.map(lambda value: Move("answer", lambda now: now.answer(value))),
    st.just(Move("back", Filling.back)),
    st.just(Move("keep", Filling.keep)),
    st.just(Move("skip", Filling.skip)),
    st.sampled_from([*NAMES, ""]).map(lambda s: Move("edit", lambda now: now.edit(s), s)),
)


@st.composite
def fillings(draw: st.DrawFn) -> Filling:
    """A form somewhere on its way, as any moves may have left it."""
    now = Filling(draw(forms()), {})
    for move in draw(st.lists(MOVES, max_size=16)):
        with suppress(Invalid):
            now = move.do(now)
    return now


@st.composite
def whole(draw: st.DrawFn) -> Filling:
    """A form whose every question has been answered."""
    now = draw(fillings()).back()
    while now.question():
        now = now.answer(draw(VALUES))
    return now


@law
@given(fillings())
def test_the_next_question_is_the_one_being_changed_or_the_first_without_an_answer(
    now: Filling,
) -> None:
    open_steps = [step for step in now.form.steps if step.id not in now.answers]
    wanted = now.form.step(now.editing) or (open_steps[0] if open_steps else None)
    assert now.question() == wanted
    number, total = now.place()
    assert 1 <= number <= total == len(now.form.steps)


@law
@given(fillings(), MOVES)
def test_no_move_changes_the_form_it_starts_from(now: Filling, move: Move) -> None:
    before = deepcopy(now)
    with suppress(Invalid):
        move.do(now)
    assert now == before


@law
@given(fillings(), MOVES)
def test_a_move_touches_one_answer_at_most_and_none_when_it_is_refused(
    now: Filling, move: Move
) -> None:
    after, reason = tried(lambda: move.do(now))
    assert reason in ("", "form/passed", "form/needed")
    if after is None:
        return
    names = {*now.answers, *after.answers}
    missing = object()
    changed = [n for n in names if now.answers.get(n, missing) != after.answers.get(n, missing)]
    assert len(changed) <= 1
    if move.name == "edit":
        assert not changed
        assert after.editing == move.step


@law
@given(fillings())
def test_back_and_then_the_same_answer_is_where_one_was(now: Filling) -> None:
    if now.editing or not now.before():
        return
    last = now.before()[-1].id
    back = now.back()
    assert back.question() == now.form.step(last)
    assert back.answer(now.answers[last]) == now


@law
@given(fillings())
def test_back_enough_times_leads_to_the_first_question(now: Filling) -> None:
    for _ in range(len(now.form.steps) + 1):
        now = now.back()
    assert now.question() == now.form.steps[0]
    assert now.back() == now


@law
@given(fillings())
def test_skipping_works_just_where_it_is_allowed(now: Filling) -> None:
    question = now.question()
    after, reason = tried(now.skip)
    if question is None or not question.optional:
        assert reason == ("form/needed" if question else "form/passed")
    else:
        assert after is not None
        assert after.answers == {**now.answers, question.id: None}


@law
@given(whole(), st.data())
def test_editing_changes_that_step_alone_and_the_same_value_changes_nothing(
    now: Filling, data: st.DataObject
) -> None:
    name, value = data.draw(st.sampled_from(sorted(now.answers))), data.draw(VALUES)
    assert now.edit(name).answer(now.answers[name]) == now
    changed = now.edit(name).answer(value)
    assert changed.result() == {**now.result(), name: value}
    assert [*changed.result()] == [step.id for step in now.form.steps]


@law
@given(fillings())
def test_a_form_can_be_handed_in_just_when_nothing_is_asked(now: Filling) -> None:
    result, reason = tried(now.result)
    if now.question():
        assert reason == "form/not_yet"
    else:
        assert result is not None
        assert [*result] == [step.id for step in now.form.steps]


@law
@given(fillings())
def test_a_form_survives_the_database_between_any_two_moves(now: Filling) -> None:
    answers = json.loads(json.dumps(dict(now.answers)))
    assert Filling(now.form, answers, now.editing) == now


@law
@given(st.lists(WORDS | st.text(max_size=12), max_size=14), forms())
def test_a_refused_text_loses_nothing_and_an_accepted_one_is_shown(
    typed: list[str], form: Form
) -> None:
    now = Filling(form, {})
    for text in typed:
        if (question := now.question()) is None:
            break
        before: dict[str, Any] = dict(now.answers)
        value, reason = tried(partial(read, question, text, TODAY))
        if reason:
            assert reason.startswith("invalid/")
        else:
            now = now.answer(value)
            before[question.id] = value
            assert json.loads(json.dumps(value)) == value
            assert show(question, value).strip()
        assert now.answers == before


@law
@given(st.sampled_from(KINDS), WORDS | st.text(max_size=20))
def test_what_is_shown_is_read_again_as_the_same_value(kind: str, text: str) -> None:
    field = step("muc", kind, optional=False)
    with suppress(Invalid):
        value = read(field, text, TODAY)
        assert read(field, show(field, value), TODAY) == value
