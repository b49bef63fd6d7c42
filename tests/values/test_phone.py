"""How typed phone numbers are understood."""

from __future__ import annotations

import pytest

from handlers.errors import Invalid
from handlers.values import phone_of
from tests.values.tables import rows

NUMBERS = """
0912345678 :: 0912345678 | 0912.345.678 | 0912 345 678 | 0912-345-678 | +84912345678 | 84912345678
0912345678 :: +84 912 345 678 | (+84) 912 345 678 | +84 (0) 912 345 678 | 0084 912345678
0912345678 :: 912345678
0912345678 :: sđt 0912345678 nha | o912345678 | O912 345 678 | 0912345678 (Lan)
0912345678 :: 0912345678, 0912 345 678
0912345678 :: 0 9 1 2 3 4 5 6 7 8 ạ | số 2, 0912345678
0841234567 :: 841234567 | 084 123 4567
02438251234 :: 024 3825 1234 | (024) 38251234 | +84 24 3825 1234
02963852123 :: 0296 3 852 123 | 0296.3852.123
"""

REFUSED = """
phone :: abc | 113 | 👍 | 0912345678 hoặc 0987654321 | 0912345678/0987654321 | chưa có
phone-number :: 091234567 | 09123456789 | 0123456789 | 01687654321 | 1900 1234 | +1 202 555 0100
"""


@pytest.mark.parametrize(("typed", "meant"), rows(NUMBERS))
def test_a_number_is_understood(typed: str, meant: str) -> None:
    assert phone_of(typed) == meant


@pytest.mark.parametrize(("typed", "meant"), rows(REFUSED))
def test_what_is_no_number_is_refused_with_the_reason(typed: str, meant: str) -> None:
    with pytest.raises(Invalid) as refusal:
        phone_of(typed)
    assert refusal.value.reason == f"invalid/{meant}"
