"""How typed moments are understood, on Monday 10/02/2025 at 9:00."""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.errors import Invalid
from handlers.turn import HERE
from handlers.values.hours import hour_of
from tests.values.tables import rows

NOW = datetime(2025, 2, 10, 9, tzinfo=HERE)
USUAL = time(7, 30)
MOMENTS = """
2025-02-11 08:00 :: 8h sáng mai | 8h sang mai | mai 8h | sáng mai 8 giờ | sang mai luc 8h nhe
2025-02-11 08:00 :: 8h | 8g mai | 8:00 | 8 giờ sáng | lúc 8h nha | 8h00 ngày mai
2025-02-10 15:00 :: 3h chiều | 15h | chiều nay 3 giờ | 3 gio chieu nay | 15:00 hôm nay
2025-02-11 19:30 :: tối mai 7h30 | toi mai 7 giờ rưỡi | 7h30 toi mai
2025-11-25 07:30 :: 25/11 7h30 | 7h30 25/11 | 7h30 ngày 25 tháng 11 | 25/11/2025 7:30 | 25/11
2025-11-25 07:00 :: 7h 25/11 | 7 giờ ngày 25/11 | 7h 25 tháng 11
2025-02-11 07:30 :: mai | ngày mai | sáng mai
2025-02-11 13:00 :: 1h trưa mai | mai 13 giờ
2025-02-14 11:00 :: 11h trưa thứ sáu | thu sau 11h | 11h thứ 6
2025-02-10 22:00 :: 10h đêm | 22h
2025-02-17 10:05 :: 10h05 thứ hai tuần sau | 10 giờ 05 phút thứ hai tuần tới
"""


@pytest.mark.parametrize(("text", "meant"), rows(MOMENTS))
def test_a_moment_is_understood(text: str, meant: str) -> None:
    assert f"{hour_of(text, NOW, USUAL):%Y-%m-%d %H:%M}" == meant


@pytest.mark.parametrize("text", ["25h", "7h75", "tuần sau", "mấy giờ cũng được", "", "31/2 8h"])
def test_what_is_no_moment_is_refused(text: str) -> None:
    with pytest.raises(Invalid):
        hour_of(text, NOW, USUAL)


@given(st.text(max_size=40))
def test_whatever_is_typed_is_a_moment_or_refused(text: str) -> None:
    with suppress(Invalid):
        assert hour_of(text, NOW, USUAL).tzinfo is HERE
