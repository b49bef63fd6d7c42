"""Several values in one message, and pasted sheets."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from content.fold import fold
from content.library import Library
from content.schema import Form, Step
from handlers.errors import Invalid
from handlers.fields import read, show
from handlers.form import Filling
from handlers.helping import choices
from handlers.together import told
from tests.form.test_form import TYPED

TODAY = date(2025, 4, 15)
PERIOD = {"start": "2025-03-01", "end": "2025-06-30"}
SUM = 250_000_000
BAY = {"person": "Nguyễn Văn Bảy"}
WHEN, MUCH, CALL = {"period": PERIOD}, {"value": SUM}, {"phone": "0912345678"}
PAPER = """
BẢNG ĐĂNG KÝ
Đơn vị: HTX A
1. Tên công trình (sản phẩm, mô hình, chương trình): Cầu
ấp 3
2. Thời gian bắt đầu và kết thúc: 1/3 - 30/6
3. Nội dung công việc thực hiện để hoàn thành công trình (sản phẩm, mô hình, chương trình):
- đổ trụ
- lắp dầm, chi phí: 5 triệu
4. Tổng giá trị thực hiện dự kiến: nhiều lắm
5. Giá trị làm lợi, tiết kiệm:
- Kinh tế: bớt 5tr
- Xã hội: 20 hộ được nhờ
- Rút ngắn thời gian thực hiện dự kiến (nếu có): không
"""
ON_PAPER = {
    "unit": "HTX A",
    "name": "Cầu ấp 3",
    "period": PERIOD,
    "content": "- đổ trụ - lắp dầm, chi phí: 5 triệu",
    "economic": "bớt 5tr",
    "social": "20 hộ được nhờ",
    "time-saved": None,
}


@pytest.fixture(scope="module")
def form(library: Library) -> Form:
    return library.forms["bang-dang-ky"]


def at(form: Form, step_id: str) -> Filling:
    """The form at this question, all before it answered."""
    order = [step.id for step in form.steps]
    return Filling(form, dict.fromkeys(order[: order.index(step_id)], "x"))


@pytest.mark.parametrize(
    ("asked", "typed", "values"),
    [
        ("name", "Cầu ấp 3, làm từ 1/3 đến 30/6, 250 triệu", {"name": "Cầu ấp 3"} | WHEN | MUCH),
        ("name", "cau ap 3 lam tu 1/3 den het 30/6 het 250tr", {"name": "cau ap 3"} | WHEN | MUCH),
        ("name", "từ 1/3 đến 30/6", WHEN),
        ("name", "Cầu ấp 3, dài 24 m, rộng 3 m", {"name": "Cầu ấp 3, dài 24 m, rộng 3 m"}),
        ("name", "Quỹ quay vòng 500 triệu", {"name": "Quỹ quay vòng 500 triệu"}),
        ("name", "Nuôi bò, năm 2025", {"name": "Nuôi bò, năm 2025"}),
        ("name", "Cầu 30/4 - chào mừng 1/5", {"name": "Cầu 30/4 - chào mừng 1/5"}),
        (
            "unit",
            "HTX A, Nguyễn Văn Bảy 0912345678",
            {"unit": "HTX A", "person": "Nguyễn Văn Bảy"} | CALL,
        ),
        ("unit", "HTX A; le thi bay, sdt: +84 912 345 678", {"unit": "HTX A; le thi bay"} | CALL),
        ("person", "nguyễn văn bảy (0912.345.678)", BAY | CALL),
        ("person", "Tên: Nguyễn Văn Bảy", BAY),
        ("period", "1/3 đến 30/6, 250 triệu", WHEN | MUCH),
        ("period", "từ 1/3, 4 tháng", WHEN),
        (
            "content",
            "đổ trụ từ 1/3 đến 30/6, 250 triệu",
            {"content": "đổ trụ từ 1/3 đến 30/6, 250 triệu"},
        ),
        ("content", "đổ trụ; kinh phí: 20 triệu", {"content": "đổ trụ; kinh phí: 20 triệu"}),
        ("social", "gọi 0912345678, 250 triệu", {"social": "gọi 0912345678, 250 triệu"}),
        (
            "unit",
            "Gửi: Tên mô hình: Cầu. Thời gian: 1/3-30/6. Tiền: 250tr",
            {"name": "Cầu"} | WHEN | MUCH,
        ),
        ("name", "Cầu\nThời gian: 1/3-30/6\nTổng giá trị: 250tr", {"name": "Cầu"} | WHEN | MUCH),
    ],
)
def test_what_clearly_belongs_to_another_open_field_goes_there(
    form: Form, asked: str, typed: str, values: dict[str, Any]
) -> None:
    found = told(form, at(form, asked), typed, TODAY)
    assert (found.values, found.refused) == (values, {})


@pytest.mark.parametrize(
    ("typed", "name", "place"),
    [
        ("cầu Kênh Ranh ấp 3 xã Vĩnh Phong", "cầu Kênh Ranh", "ấp 3 xã Vĩnh Phong"),
        ("cau kenh ranh ap 3 xa vinh phong", "cau kenh ranh", "ap 3 xa vinh phong"),
        ("Đường hoa, ấp 4, xã Tân Thuận", "Đường hoa", "ấp 4, xã Tân Thuận"),
        ("Đèn đường tại ấp 4", "Đèn đường", "ấp 4"),
        ("Vườn rau ở buôn Đôn xã Krông Na", "Vườn rau", "buôn Đôn xã Krông Na"),
        ("Nhà văn hoá thôn Đoài xã A huyện B", "Nhà văn hoá", "thôn Đoài xã A huyện B"),
        *(
            (name, name, None)
            for name in (
                "Cầu nông thôn ấp Bình Minh",
                "Cầu ấp 3",
                "Cầu xã Vĩnh Phong",
                "Nông thôn mới xã Vĩnh Phong",
                "Quỹ xã hội ấp Hoà Bình",
                "Máy ấp trứng xã Vĩnh Phong",
                "Cổng chào ấp văn hoá xã Vĩnh Phong",
                "Hỗ trợ xã viên xã Tân Thuận",
                "Đường liên ấp 3 xã Vĩnh Phong",
                "Nâng cấp tỉnh lộ 63",
                "ấp 3 xã Vĩnh Phong",
            )
        ),
    ],
)
def test_a_place_behind_a_name_answers_the_place_and_names_stay_whole(
    form: Form, typed: str, name: str, place: str | None
) -> None:
    filled = Filling(form, {"unit": "A", "person": "B", "phone": "0912345678"})
    said = told(form, filled, f"Tên công trình: {typed} từ 1/3 đến 30/6 250 triệu", TODAY)
    assert said.values == {"name": name} | WHEN | MUCH | ({"place": place} if place else {})
    known = told(form, at(form, "name"), typed, TODAY)
    assert known.values == {"name": typed}, "where it is has been told"


def test_nothing_that_has_an_answer_is_answered_without_its_label(form: Form) -> None:
    filled = Filling(form, {"unit": "A", "person": "B", "phone": "0912345678", "value": 1})
    found = told(form, filled, "ấp 3, 250 triệu, 0987654321", TODAY)
    assert found.values == {"place": "ấp 3, 250 triệu, 0987654321"}
    assert told(form, filled, "giá trị: 250 triệu", TODAY).values == {"value": SUM}


@pytest.mark.parametrize("typed", [PAPER, fold(PAPER), PAPER.replace("- Kinh", "a) Kinh")])
def test_the_paper_itself_can_be_pasted(form: Form, typed: str) -> None:
    found = told(form, Filling(form, {}), typed, TODAY)
    assert {k: fold(str(v)) for k, v in found.values.items()} == {
        k: fold(str(v)) for k, v in ON_PAPER.items()
    }
    assert {k: why.reason for k, why in found.refused.items()} == {"value": "invalid/money"}


def test_what_is_pasted_at_the_review_and_belongs_nowhere_is_named(form: Form) -> None:
    full = Filling(form, dict.fromkeys([step.id for step in form.steps], "x"))
    assert told(form, full, "sửa giùm\nTổng giá trị: 250tr", TODAY).unread == "sửa giùm"


def answers(step: Step) -> st.SearchStrategy[str]:
    """Words that answer a step, as they are kept and shown."""
    match step.accept:
        case "phone":
            return st.integers(0, 10**7 - 1).map(lambda n: f"098{n:07}")
        case "money":
            return st.integers(1, 10**6).map(lambda n: f"{n} triệu")
        case "period":
            days = st.dates(date(2024, 1, 1), date(2026, 1, 1))
            return st.tuples(days, days).map(
                lambda two: " đến ".join(day.isoformat() for day in sorted(two))
            )
        case "name":
            return st.lists(st.sampled_from(("Lan", "Nguyễn", "Bảy")), min_size=2, max_size=4).map(
                " ".join
            )
    return st.text('aăđ Ê19,.;/:|-()"', min_size=1, max_size=40).filter(
        lambda text: any(letter.isalpha() for letter in text)
    )


@settings(deadline=None, derandomize=True, max_examples=80)
@given(st.data())
def test_a_sheet_of_any_valid_answers_reads_back_to_them(
    library: Library, data: st.DataObject
) -> None:
    form = library.forms["bang-dang-ky"]
    steps = data.draw(st.lists(st.sampled_from(form.steps), min_size=2, unique=True))
    values = {step.id: read(step, data.draw(answers(step)), TODAY) for step in steps}
    plain = data.draw(st.booleans())
    labels = [data.draw(names(step)) for step in steps]
    lines = [
        f"{fold(label) if plain else label}: {show(step, values[step.id])}"
        for label, step in zip(labels, steps, strict=True)
    ]
    found = told(form, Filling(form, {}), "\n".join(lines), TODAY)
    assert (found.values, found.refused) == (values, {})


def names(step: Step) -> st.SearchStrategy[str]:
    return st.sampled_from([step.name, step.label, f"- {step.name}", *step.also])


def test_everything_that_helps_with_a_field_is_right(library: Library, form: Form) -> None:
    typed = {**TYPED, "time-saved": "15 ngày"}
    for step in form.steps:
        for example in (*step.examples, typed[step.id]):
            assert show(step, read(step, example, TODAY))
        assert step.why
        assert step.how
        assert step.examples
        for plan in library.plans.values():
            for choice in choices(plan, step, TODAY):
                read(step, choice, TODAY)
    period = form.step("period")
    assert period
    assert choices(library.plans["dak-nong-2025"], period, TODAY) == [
        "nay – 30/11/2025",
        "1/1 – 30/11/2025",
    ]
    assert choices(library.plans["vinh-thuan-2025"], period, TODAY) == ["nay – 31/7/2025"]
    with pytest.raises(Invalid):
        read(period, "nay", TODAY)
