"""The figures of a text are found however they are written, and what is none is let be."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from content.figures import figures, held
from content.fold import fold

FIGURES = {
    "hạn là 30/6 phải không": "day --06-30",
    "trước ngày 30.6. nhé": "day --06-30",
    "nộp ngày 30-6 dc ko": "day --06-30",
    "02/6/2025, 2-6-2025, 2.6.2025, 2/6/25, 02 tháng 6 năm 2025": "day 2025-06-02 " * 5,
    "ngày 9 tháng 9 năm 2021 hay 15 tháng 9": "day 2021-09-09 day --09-15",
    "01/01/2025 - 30/08/2025/- 30/11/2025": "day 2025-01-01 day 2025-08-30 day 2025-11-30",
    "31/6/2025": "day 2025-06-31",
    "tháng 7/2025, 7/2025, Tháng 7 năm 2025, tháng 7, năm 2025": "month 2025-07 " * 4,
    "tháng 7 này": "month --07",
    "nhiệm kỳ 2025-2030, năm 2024": "year 2025 year 2030 year 2024",
    "80 %, 80%, 80 phần trăm": "percent 80 " * 3,
    "70 - 80%, 12,5 %": "percent 70 percent 80 percent 12.5",
    "250 triệu đồng, 250tr, 250.000.000 đ": "money 250000000 " * 3,
    "200 - 300 triệu, từ 200 đến 300tr": "money 200000000 money 300000000 " * 2,
    "500 - 1 tỷ": "money 500000000 money 1000000000",
    "1,5 tỷ, 1.5 tỉ, 1 tỷ 500 triệu, 1 tỷ rưỡi, 1ty5": "money 1500000000 " * 5,
    "2 nghìn tỷ, 200.000 đồng, 200k": "money 2000000000000 money 200000 money 200000",
    "mỗi tháng 10 triệu": "money 10000000",
    "167/KH-UBND, 08/HD-TLĐ": "document 167/kh/ubnd document 8/hd/tld",
    "34-CT/TW, 34/CT-TW, số34-CT/ TW": "document 34/ct/tw " * 3,
    "98/2023/NĐ-CP, 15/2022/QH15": "document 98/2023/nd/cp document 15/2022/qh15",
    "630/LMHTXVN-CSPT, 437/QĐ-LMHTXVN": "document 630/lmhtxvn/cspt document 437/qd/lmhtxvn",
    "06 tháng đầu năm, 01 công trình, 120HTX": "number 6 number 1 number 120",
    "1.250 con, 12 đồng chí, lần thứ 5": "number 1250 number 12 number 5",
    "mục III.2.2.1.a, mục 3, phần II, khoản 2.1, (ý 1), thứ 5": "",
    "dịch Covid-19, theo QH14, T7, 0912.345.678.9": "",
    "1. Mục đích\n2) Yêu cầu\n**2.1 Cờ**\n(3) Giao": "",
}


FORMS: dict[str, Callable[[str], str]] = {
    "as-written": str,
    "without-diacritics": fold,
    "decomposed": lambda text: unicodedata.normalize("NFD", text),
}


@pytest.mark.parametrize("text", FIGURES)
@pytest.mark.parametrize("form", FORMS)
def test_figures_are_found_in_every_spelling(text: str, form: str) -> None:
    typed = FORMS[form](text)
    found = figures(typed)
    assert " ".join(f"{each.kind} {each.value}" for each in found) == FIGURES[text].strip()
    assert [typed[each.start : each.end] for each in found] == [each.text for each in found]


@pytest.mark.parametrize(
    ("said", "facts", "right"),
    [
        ("200-300tr", "200 - 300 triệu đồng", True),
        ("80 phan tram", "trên 80%", True),
        ("30/6", "trước ngày 30/6/2025", True),
        ("30/6/2024", "trước ngày 30/6/2025", False),
        ("30/6/2025", "Ngày 30/6", False),
        ("tháng 6", "ngày 30/6/2025", True),
        ("tháng 6/2025", "30/6/2025", True),
        ("30/6/2025", "tháng 6/2025", False),
        ("năm 2025", "tháng 6/2025", True),
        ("tháng 3", "ngày 30/6/2025", False),
        ("Chỉ thị 34", "34-CT/TW", True),
        ("Nghị định 98/2023", "98/2023/NĐ-CP", True),
        ("34-CT/TU", "34-CT/TW", False),
        ("06 bằng khen", "6%", False),
        ("2000 con", "2.000 con", True),
    ],
)
def test_a_figure_is_held_by_what_says_it_too(said: str, facts: str, right: bool) -> None:
    assert all(held(each, figures(facts)) for each in figures(said)) is right


WORDS = st.text("abc đêố,.\n-–()", max_size=12).map(lambda words: f"{words} ")
DAYS = st.dates(date(1890, 1, 1), date(2199, 12, 31))


@given(
    WORDS,
    DAYS,
    st.sampled_from(
        ["{:%d/%m/%Y}", "ngày {0.day} tháng {0.month} năm {0.year}", "{0.day}-{0.month}-{0.year}"]
    ),
)
def test_a_day_is_found_among_other_words(before: str, day: date, form: str) -> None:
    assert [each.value for each in figures(before + form.format(day))] == [day.isoformat()]


@given(
    WORDS,
    st.integers(1, 999),
    st.sampled_from([("tr", 6), (" triệu đồng", 6), (" tỷ", 9), (".000 đ", 3)]),
)
def test_a_sum_is_found_among_other_words(before: str, count: int, unit: tuple[str, int]) -> None:
    found = figures(f"{before}{count}{unit[0]}")
    assert [(each.kind, each.value) for each in found] == [("money", str(count * 10 ** unit[1]))]


@given(st.text() | st.text("0123456789/.,-% thángtrđk\n"))
def test_any_text_can_be_searched(text: str) -> None:
    places = [(each.start, each.end) for each in figures(text)]
    assert all(text[start:end] for start, end in places)
    assert places == sorted(places)
