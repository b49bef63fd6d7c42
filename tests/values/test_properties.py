"""What holds for every value and every text."""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import suppress
from datetime import date, timedelta

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from content.fold import fold
from handlers.errors import Invalid
from handlers.values import (
    Range,
    Span,
    date_of,
    money_of,
    period_of,
    phone_of,
    show_date,
    show_money,
    show_period,
)
from handlers.values.spans import Part, Rough
from handlers.values.words import listed
from tests.values.tables import TODAY

DATES = st.dates(date(1900, 1, 2), date(2099, 12, 30))
SUMS = st.one_of(
    st.integers(0, 10**13),
    st.builds(lambda n: n * 10**6, st.integers(0, 10**7)),
    st.builds(lambda n: n * 10**3, st.integers(0, 10**7)),
)
PARTS: dict[int, tuple[Part, ...]] = {
    1: ("", "head", "mid", "tail", "firsthalf", "lasthalf"),
    3: ("", "head", "mid", "tail"),
    12: ("", "head", "mid", "tail", "firsthalf", "lasthalf"),
}
WORDS = sorted(
    listed(
        "ngày tháng năm quý tuần thứ chủ nhật từ đến tới hết đầu giữa cuối nửa rưỡi nữa sau này "
        "mai mốt hai ba tư năm sáu mười mươi lăm trăm nghìn triệu tỷ củ k tr đồng không lẻ âm đô "
        "chưa biết 1 2 3 05 10 12 25 31 99 2025 1.500 1,5 - – / . , ~ + $ % 👍 thagn trieeuj "
        "nam thang sau tu mot"
    )
)
SOUP = st.lists(st.sampled_from(WORDS), max_size=14).map(" ".join)

READERS: tuple[Callable[[str], object], ...] = (
    lambda text: date_of(text, TODAY),
    lambda text: period_of(text, TODAY),
    money_of,
    phone_of,
)


@st.composite
def named_spans(draw: st.DrawFn) -> Span:
    months = draw(st.sampled_from(sorted(PARTS)))
    part = draw(st.sampled_from(PARTS[months]))
    month = draw(st.integers(0, 12 // months - 1)) * months + 1
    year = draw(st.integers(1900, 2099))
    return Rough(year, month, None, months, part).within(year)


@given(DATES)
def test_a_day_that_is_shown_is_understood(day: date) -> None:
    assert date_of(show_date(day), TODAY) == day


@given(named_spans())
def test_a_month_or_part_that_is_shown_is_understood(span: Span) -> None:
    assert date_of(show_date(span), TODAY) == span
    assert period_of(show_period(span), TODAY) == span


@given(DATES, st.integers(0, 3000))
def test_a_period_that_is_shown_is_understood(first: date, days: int) -> None:
    span = Span(first, min(first + timedelta(days=days), date(2099, 12, 31)))
    assert period_of(show_period(span), TODAY) == span


@given(SUMS)
def test_a_sum_that_is_shown_is_understood(amount: int) -> None:
    assert money_of(show_money(amount)) == amount


@given(SUMS, SUMS)
def test_a_range_that_is_shown_is_understood(one: int, other: int) -> None:
    low, high = sorted((one, other))
    meant = Range(low, high) if low < high else low
    assert money_of(show_money(meant)) == meant


@given(
    st.integers(1, 9),
    st.integers(1, 9),
    st.sampled_from([("chục", 10), ("trăm", 100)]),
    st.sampled_from([("nghìn", 10**3), ("triệu", 10**6), ("tỷ", 10**9)]),
    st.sampled_from([" đến ", " tới ", "-", " - "]),
)
def test_both_ends_of_a_range_are_tens_or_hundreds_of_the_same(
    one: int, other: int, tens: tuple[str, int], unit: tuple[str, int], to: str
) -> None:
    assume(one != other)
    size = tens[1] * unit[1]
    said = f"{one}{to}{other} {tens[0]} {unit[0]}"
    if one < other:
        assert money_of(said) == Range(one * size, other * size)
    else:
        with pytest.raises(Invalid, match="money-order"):
            money_of(said)


@given(st.integers(0, 10**7 - 1))
def test_a_number_is_understood_however_it_is_spaced(tail: int) -> None:
    number = f"098{tail:07}"
    assert phone_of(f"+84 {number[1:4]} {number[4:7]}.{number[7:]}") == number


@given(DATES)
def test_diacritics_change_nothing(day: date) -> None:
    said = f"ngày {day.day} tháng {day.month} năm {day.year}"
    assert date_of(said, TODAY) == date_of(fold(said), TODAY) == day


@settings(deadline=None)
@given(st.one_of(st.text(max_size=80), SOUP))
def test_any_text_is_understood_or_refused(text: str) -> None:
    for reader in READERS:
        with suppress(Invalid):
            reader(text)


@pytest.mark.parametrize(
    "piece", ["1", "1 ", "1/", "từ ", "hai mươi ", "1 tỷ ", "0 9 ", "-", "ă", "👍"]
)
def test_a_text_of_a_hundred_thousand_letters_is_refused_at_once(piece: str) -> None:
    began = time.perf_counter()
    for reader in READERS:
        with pytest.raises(Invalid):
            reader(piece * (100_000 // len(piece)))
    assert time.perf_counter() - began < 0.5


@settings(deadline=None)
@given(st.sampled_from(WORDS), st.sampled_from(WORDS))
def test_the_longest_text_that_is_read_takes_a_moment(one: str, other: str) -> None:
    text = f"{one} {other} " * 100
    began = time.perf_counter()
    for reader in READERS:
        with suppress(Invalid):
            reader(text[:300])
    assert time.perf_counter() - began < 0.5
