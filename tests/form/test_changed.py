"""A form that changed since it was filled in: what is kept, asked anew, and said."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from bot.knowledge import Knowledge
from content.library import Library
from content.schema import Form
from handlers.form import asked, changed
from tests.dialogues.play import Stage

ANSWERS: dict[str, Any] = {
    "unit": "HTX A",
    "phone": "0912345678",
    "period": {"start": "2025-03-01", "end": "2025-06-30"},
    "value": 250_000_000,
    "time-saved": None,
}


@pytest.fixture
def form(library: Library) -> Form:
    return library.forms["bang-dang-ky"]


def with_step(form: Form, step_id: str, **facts: Any) -> Form:
    """The form with one of its steps otherwise; a new one at the end if it has none such."""
    step = form.step(step_id) or form.steps[0].model_copy(update={"id": step_id})
    steps = [s for s in form.steps if s.id != step_id] + [step.model_copy(update=facts)]
    return form.model_copy(update={"steps": tuple(steps)})


def test_a_form_that_is_as_it_was_changes_nothing(form: Form) -> None:
    assert changed(form, asked(form), ANSWERS) is None
    assert changed(form, {}, ANSWERS) is None


def test_a_new_step_is_named_and_no_answer_is_lost(form: Form) -> None:
    found = changed(with_step(form, "households"), asked(form), ANSWERS)
    assert found
    assert [step.id for step in found.new] == ["households"]
    assert found.kept == ANSWERS
    assert found.again == found.gone == ()


def test_what_was_answered_to_a_lost_step_is_set_aside(form: Form) -> None:
    steps = tuple(step for step in form.steps if step.id != "unit")
    found = changed(form.model_copy(update={"steps": steps}), asked(form), ANSWERS)
    assert found
    assert found.gone == ("HTX A",)
    assert "unit" not in found.kept


@pytest.mark.parametrize(
    ("step_id", "facts"),
    [
        ("value", {"accept": "text"}),
        ("unit", {"accept": "money"}),
        ("unit", {"accept": "phone"}),
        ("period", {"accept": "money"}),
        ("phone", {"accept": "period"}),
        ("unit", {"max_length": 3}),
        ("time-saved", {"optional": False}),
    ],
)
def test_an_answer_that_no_longer_fits_is_asked_again(
    form: Form, step_id: str, facts: dict[str, Any]
) -> None:
    found = changed(with_step(form, step_id, **facts), asked(form), ANSWERS)
    assert found
    assert [(step.id, value) for step, value in found.again] == [(step_id, ANSWERS[step_id])]
    assert found.kept == {k: v for k, v in ANSWERS.items() if k != step_id}


async def test_who_goes_on_with_a_form_that_changed_hears_what_is_new(
    tmp_path: Path, library: Library, form: Form
) -> None:
    stage = Stage(tmp_path, library)
    await stage.start()
    for said in ("vĩnh thuận", "đăng ký công trình", "đồng ý"):
        await stage.say(said)
    await stage.say("Đơn vị: HTX A / Nơi thực hiện: ấp 3 / Tổng giá trị: 50tr / Tên: Cầu")
    steps = tuple(step for step in form.steps if step.id != "place")
    new = with_step(form.model_copy(update={"steps": steps}), "hộ", name="Số hộ", label="Số hộ")
    now = replace(library, forms={form.id: with_step(new, "value", accept="text")})
    stage.knowledge = Knowledge(now, stage.content)
    await stage.stop()
    await stage.start()
    heard = await stage.say("Lê Thị Bảy")
    assert heard[:5] == [
        "< Mẫu đăng ký mới đổi; những gì còn hợp mình giữ nguyên.",
        "< Mục mới: số hộ.",
        "< Tổng giá trị giờ ghi cách khác, nhờ anh chị ghi lại (trước ghi: 50 triệu đồng).",
        "< Không hỏi nữa: ấp 3.",
        "< (2/11) Họ và tên người đứng ra đăng ký?",
    ]
    again = await stage.say("Lê Thị Bảy")
    assert again[0] == "< Đã ghi người đăng ký: Lê Thị Bảy"
    await stage.stop()
