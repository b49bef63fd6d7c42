"""Numbers and addresses of people do not reach the staff; days, sums and documents do."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.passing import BLANK, blanked, is_name


@pytest.mark.parametrize(
    "personal",
    [
        *("0912345678", "0912 345 678", "0912.345.678", "+84 912 345 678", "091-234-5678"),
        *("(0297) 3 821 234", "(091) 234 5678", "0912 - 345 - 678", "0912–345–678"),
        *("0912/345/678", "0912,345,678", "0912_345_678", "84.912.345.678", "912.345.678"),
        *("facebook.com/ten", "www.facebook.com/ten"),
        *("079203004567", "a.b+c@thu.vn", "https://fb.com/lan", "366 241 123"),
    ],
)
def test_what_belongs_to_a_person_is_blanked(personal: str) -> None:
    assert blanked(f"gọi {personal} hỏi hồ sơ") == f"gọi {BLANK} hỏi hồ sơ"


@pytest.mark.parametrize(
    "harmless",
    [
        *("02/6/2025", "02.06.2025", "02-06-2025", "250.000.000 đồng", "1.250.000.000đ"),
        *("2020-2025", "167/KH-UBND", "trên 80%", "6 giờ", "năm 2024 2025", "từ 30/5 đến 30/6"),
        *("1/5 - 30/6/2025", "2024/2025", "200.000 - 300.000", "100.000.000 - 200.000.000 đồng"),
    ],
)
def test_what_belongs_to_the_question_stays(harmless: str) -> None:
    assert blanked(f"hỏi {harmless} nha") == f"hỏi {harmless} nha"


@given(st.text(), st.from_regex(r"0\d{9}", fullmatch=True), st.text())
def test_no_phone_number_gets_through(before: str, number: str, after: str) -> None:
    kept = blanked(f"{before[:100]} {number} {after}")
    assert number not in re.sub(r"\s", "", kept)


@pytest.mark.parametrize("text", ["Lê Thị Bảy", "Nguyễn Văn An"])
def test_a_name_alone_is_no_question(text: str) -> None:
    assert is_name(text)


@pytest.mark.parametrize("text", ["hồ sơ gồm những gì", "Hồ sơ gồm những gì", "lê thị bảy"])
def test_a_question_is_no_name(text: str) -> None:
    assert not is_name(text)
