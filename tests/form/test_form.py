"""The form engine, corner by corner."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from content.library import Library
from content.schema import Form, Step
from handlers.errors import Invalid
from handlers.fields import read, show
from handlers.form import Filling

TODAY = date(2025, 4, 15)
TYPED = {
    "unit": "HTX Nông nghiệp Tân Thuận",
    "person": "Nguyễn Văn Bảy",
    "phone": "0912345678",
    "place": "ấp Bình Minh, xã Vĩnh Bình Bắc",
    "name": "Cầu nông thôn ấp Bình Minh",
    "period": "từ 1/3 đến 30/6",
    "content": "đổ trụ, lắp 3 nhịp dầm",
    "value": "250 triệu",
    "economic": "bớt 40 triệu đồng mỗi năm",
    "social": "120 hộ đi lại an toàn",
}


@pytest.fixture
def form(library: Library) -> Form:
    return library.forms["bang-dang-ky"]


def filled(form: Form) -> Filling:
    """A form with every answer that is needed, the optional one left out."""
    now = Filling(form, {})
    while step := now.question():
        now = now.skip() if step.optional else now.answer(read(step, TYPED[step.id], TODAY))
    return now


def at(form: Form, step_id: str) -> Filling:
    """The form at this question, all before it answered."""
    now = filled(form)
    order = [step.id for step in form.steps]
    kept = order[: order.index(step_id)]
    return Filling(form, {name: value for name, value in now.answers.items() if name in kept})


def step(form: Form, step_id: str) -> Step:
    found = form.step(step_id)
    assert found is not None
    return found


def test_the_paper_form_asks_each_of_its_fields_once_in_its_order(form: Form) -> None:
    asked, now = [], Filling(form, {})
    while current := now.question():
        asked.append((current.id, *now.place()))
        now = now.answer("x")
    total = len(form.steps)
    assert asked == [(each.id, n, total) for n, each in enumerate(form.steps, start=1)]
    assert now.place() == (total, total)


def test_a_complete_form_hands_in_every_field_in_the_forms_order(form: Form) -> None:
    result = filled(form).result()
    assert [*result] == [each.id for each in form.steps]
    assert result["value"] == 250_000_000
    assert result["period"] == {"start": "2025-03-01", "end": "2025-06-30"}
    assert result["time-saved"] is None


def test_a_form_with_a_gap_cannot_be_handed_in(form: Form) -> None:
    for missing in form.steps:
        answers = {k: v for k, v in filled(form).answers.items() if k != missing.id}
        with pytest.raises(Invalid, match="form/not_yet"):
            Filling(form, answers).result()


def test_nothing_is_answered_or_skipped_at_the_review(form: Form) -> None:
    whole = filled(form)
    with pytest.raises(Invalid, match="form/passed"):
        whole.answer("x")
    with pytest.raises(Invalid, match="form/passed"):
        whole.skip()


def test_only_what_is_optional_can_be_skipped(form: Form) -> None:
    for current in form.steps:
        now = at(form, current.id)
        if current.optional:
            assert now.skip().answers[current.id] is None
        else:
            with pytest.raises(Invalid, match="form/needed"):
                now.skip()


def test_back_at_the_first_question_stays_there(form: Form) -> None:
    start = Filling(form, {})
    assert start.back() is start


def test_an_edit_can_be_left_with_the_answer_as_it_was(form: Form) -> None:
    whole = filled(form)
    assert whole.edit("value").keep() == whole


def test_what_is_left_for_later_is_asked_again_once_all_others_are_answered(form: Form) -> None:
    whole = filled(form)
    gap = Filling(form, {k: v for k, v in whole.answers.items() if k not in ("phone", "social")})
    left = gap.leave()
    assert left.question() == step(form, "social")
    assert left.answer("vui").question() == step(form, "phone")
    end = left.leave()
    assert end.question() is None
    assert [each.id for each in end.missing()] == ["phone", "social"]
    assert end.edit("name").answer("Cầu").question() is None
    with pytest.raises(Invalid, match="form/not_yet"):
        end.result()
    assert end.rest().question() == step(form, "phone")
    assert end.take({"phone": "0912345678", "social": "vui"}).result()


def test_an_answer_that_is_there_stays_and_what_is_optional_is_left_out(form: Form) -> None:
    whole = filled(form)
    assert whole.edit("phone").leave() == whole
    assert at(form, "time-saved").leave().result()["time-saved"] is None


def test_back_takes_no_answer_away(form: Form) -> None:
    half = Filling(form, {"unit": "HTX A", "person": "Lan"})
    assert half.back().answers == half.answers
    assert half.back().question() == step(form, "person")
    assert half.back().back().question() == step(form, "unit")
    assert half.back().back().answer("HTX B").question() == step(form, "phone")


def test_an_edit_asks_that_step_and_returns_to_the_review(form: Form) -> None:
    editing = filled(form).edit("value")
    assert editing.question() == step(form, "value")
    assert editing.place() == (8, 11)
    done = editing.answer(1_000_000)
    assert done.question() is None
    assert done.result() == {**filled(form).result(), "value": 1_000_000}


def test_an_edit_of_what_is_optional_can_leave_it_out(form: Form) -> None:
    with_time = filled(form).edit("time-saved").answer("15 ngày")
    assert with_time.result()["time-saved"] == "15 ngày"
    assert with_time.edit("time-saved").skip().result()["time-saved"] is None


@pytest.mark.parametrize("step_id", ["value", "khong-co", ""])
def test_only_an_answered_step_of_this_form_can_be_edited(form: Form, step_id: str) -> None:
    with pytest.raises(Invalid, match="form/passed"):
        at(form, "phone").edit(step_id)


def test_answers_of_a_step_that_the_form_has_lost_do_no_harm(form: Form) -> None:
    """An operator may change a form while people are filling it in."""
    lost = Filling(form, {**filled(form).answers, "bo-roi": "x"}, editing="bo-roi")
    assert lost.question() is None
    assert [*lost.result()] == [each.id for each in form.steps]


def test_a_step_that_the_form_has_gained_is_asked_though_later_ones_are_answered(
    form: Form,
) -> None:
    gained = step(form, "unit").model_copy(update={"id": "them"})
    steps = (*form.steps[:3], gained, *form.steps[3:])
    now = Filling(form.model_copy(update={"steps": steps}), filled(form).answers)
    assert now.question() == gained
    assert now.answer("x").question() is None


@pytest.mark.parametrize(
    ("step_id", "typed", "value", "shown"),
    [
        ("unit", "  HTX \n Tân   Thuận ", "HTX Tân Thuận", "HTX Tân Thuận"),
        ("phone", "+84 912.345.678", "0912345678", "0912 345 678"),
        ("value", "1 tỷ 2", 1_200_000_000, "1,2 tỷ đồng"),
        (
            "value",
            "200-300 tr",
            {"min": 200_000_000, "max": 300_000_000},
            "từ 200 đến 300 triệu đồng",
        ),
        (
            "period",
            "quý 2",
            {"start": "2025-04-01", "end": "2025-06-30"},
            "từ 01/4/2025 đến 30/6/2025",
        ),
    ],
)
def test_what_is_typed_is_kept_as_a_value_and_shown_as_people_read_it(
    form: Form, step_id: str, typed: str, value: Any, shown: str
) -> None:
    field = step(form, step_id)
    assert read(field, typed, TODAY) == value
    assert show(field, value) == shown


@pytest.mark.parametrize(
    ("step_id", "typed", "reason"),
    [
        ("unit", "👍", "invalid/text"),
        ("unit", "x" * 151, "invalid/long"),
        ("person", "Bảy 0912", "invalid/name"),
        ("person", "...", "invalid/name"),
        ("phone", "12345", "invalid/phone"),
        ("value", "nhiều lắm", "invalid/money"),
        ("value", "200", "invalid/money-unit"),
        ("period", "30/2 đến 5/3", "invalid/no-such-day"),
        ("period", "1/3", "invalid/end-missing"),
    ],
)
def test_a_refused_text_says_why(
    library: Library, form: Form, step_id: str, typed: str, reason: str
) -> None:
    with pytest.raises(Invalid) as refused:
        read(step(form, step_id), typed, TODAY)
    assert refused.value.reason == reason
    assert len(library.say(refused.value.reason, **refused.value.facts)) < 200


def test_what_was_left_out_is_shown_as_nothing(form: Form) -> None:
    assert {show(each, None) for each in form.steps} == {""}


def test_each_fields_own_example_is_a_right_answer(form: Form) -> None:
    for each in form.steps:
        assert show(each, read(each, each.example, TODAY))
