"""Typed percentages: how far an initiative is, and what is said with it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.errors import Invalid
from handlers.values.percent import percent_of, told_freely


@pytest.mark.parametrize(
    ("typed", "understood"),
    [
        ("60% đã đổ xong móng", (60, "đã đổ xong móng")),
        ("đã đổ xong móng, được 60 phần trăm", (60, "đã đổ xong móng")),
        ("60", (60, "")),
        ("0%", (0, "")),
        ("62,5%", (62, "")),
        ("xong rồi", (100, "")),
        ("hoàn thành, đã khánh thành ngày 1/6", (100, "đã khánh thành ngày 1/6")),
        ("mot nua", (50, "")),
        ("chưa làm gì", (0, "")),
    ],
)
def test_percent(typed: str, understood: tuple[int, str]) -> None:
    assert percent_of(typed) == understood


@pytest.mark.parametrize(
    ("typed", "reason"),
    [
        ("150%", "invalid/percent-much"),
        ("nhiều lắm", "invalid/percent"),
        ("đã đổ 3 trụ", "invalid/percent"),
        ("-5%", "invalid/percent"),
        ("", "invalid/percent"),
    ],
)
def test_what_is_no_share_of_the_work_is_refused(typed: str, reason: str) -> None:
    with pytest.raises(Invalid) as refused:
        percent_of(typed)
    assert refused.value.reason == reason


@pytest.mark.parametrize(
    ("typed", "understood"),
    [
        ("tiến độ 80%", (80, "")),
        ("tien do 80", (80, "")),
        ("Báo tiến độ: 80% đã đổ móng", (80, "đã đổ móng")),
        ("cầu làm được 80% rồi", (80, "cầu")),
        ("xong 80 phần trăm", (80, "")),
        ("công trình thi công được khoảng 60%", (60, "")),
        ("sửa chữa cầu được 50% rồi nha", (50, "sửa chữa cầu")),
        ("đường ấp 3 hoàn thành 45%, còn lan can", (45, "đường ấp 3 còn lan can")),
    ],
)
def test_how_far_the_work_is_may_be_told_unasked(typed: str, understood: tuple[int, str]) -> None:
    assert percent_of(told_freely(typed)) == understood


@pytest.mark.parametrize(
    "typed",
    [
        "đạt 80% kế hoạch có được bằng khen không",
        "HTX đạt trên 80% kế hoạch thì được gì",
        "làm được 80% chưa",
        "làm sao đạt 80%",
        "cờ thi đua đạt 80%",
        "cần làm được 80% mới được",
        "tiến độ giải ngân 50% là sao?",
        "tiến độ thế nào",
        "30% đoàn viên tham gia",
        "làm lợi được 20%",
        "giảm 30% chi phí",
    ],
)
def test_questions_and_other_shares_tell_nothing_of_the_work(typed: str) -> None:
    assert not told_freely(typed)


@given(st.text(max_size=40))
def test_whatever_is_typed_is_a_share_or_refused(typed: str) -> None:
    try:
        percent, _ = percent_of(typed)
    except Invalid:
        return
    assert 0 <= percent <= 100


@given(st.integers(0, 100), st.sampled_from(("đã đổ móng", "xong phần thô", "")))
def test_what_was_told_is_understood_again(percent: int, note: str) -> None:
    assert percent_of(f"{percent}% {note}") == (percent, note)
