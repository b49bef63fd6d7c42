"""How typed periods are understood, on Monday 10/02/2025."""

from __future__ import annotations

from datetime import date

import pytest

from handlers.errors import Invalid
from handlers.values import Span, period_of
from tests.values.tables import TODAY, rows

PERIODS = """
2025-03-05 2025-07-10 :: 5/3 - 10/7 | 5/3-10/7 | 5/3 – 10/7 | 5/3 → 10/7 | 5/3 -> 10/7
2025-03-05 2025-07-10 :: 5/3 ~ 10/7 | 5/3...10/7
2025-03-05 2025-07-10 :: 5-3-2025 đến 10-7-2025 | 5-3-2025-10-7-2025 | 5-3 đến 10-7
2025-03-05 2025-07-10 :: 05.03.25 - 10.07.25
2025-03-05 2025-07-10 :: 2025-03-05 đến 2025-07-10 | từ ngày 5 tháng 3 đến ngày 10 tháng 7 năm 2025
2025-03-05 2025-07-10 :: tu ngay 5 thang 3 den ngay 10 thang 7 | khởi công 5/3, khánh thành 10/7
2025-03-05 2025-07-10 :: khởi công ngày 5/3/2025 và hoàn thành vào ngày 10/7/2025
2025-03-05 2025-07-10 :: năm 2025, từ 5/3 đến 10/7
2025-03-05 2025-07-10 :: từ 5/3 đến 10/7/2025 | 5/3/2025 đến 10/7 | dự kiến từ 5/3 đến 10/7 ạ
2025-03-05 2025-07-10 :: bđ 5/3 kt 10/7
2025-03-01 2025-06-15 :: 1-3 - 15-6 | 1/3 tới 15/6
2025-03-10 2025-03-25 :: 10 đến 25/3 | từ 10 đến 25/3/2025 | ngày 10 tới 25 tháng sau
2025-03-10 2025-03-25 :: từ ngày 10 đến ngày 25 tháng 3
2025-02-10 2025-02-25 :: từ ngày 10 đến ngày 25 | 10-25 tháng này
2025-04-01 2025-04-10 :: từ mùng 1 đến mùng 10 tháng 4
2025-03-05 2025-03-10 :: từ 5/3 đến 10 | từ 8h ngày 5/3 đến 17h ngày 10/3
2025-03-01 2025-05-31 :: tháng 3 - tháng 5 | tháng 3 đến 5 | tháng 3-5 | tháng 3-5/2025 | 3-5/2025
2025-03-01 2025-05-31 :: T3 - T5
2025-03-01 2025-05-31 :: tháng 3 đến tháng 5 năm 2025 | tháng 3, 4, 5
2025-03-01 2025-05-31 :: tháng 3, tháng 4 và tháng 5 | 3/2025 - 5/2025
2025-03-01 2025-05-31 :: từ tháng ba tới tháng năm | tu thang ba toi thang nam
2025-03-01 2025-05-31 :: từ tháng 3 sang tháng 5 | 1/3/2025 - 31/5/2025 (3 tháng)
2025-03-01 2025-04-30 :: tháng 3 và tháng 4
2025-04-01 2025-08-31 :: tu thang tu toi thang tam | dạ từ tháng 4 tới khoảng tháng 8
2025-01-01 2025-06-30 :: quý 1 và quý 2 | quý 1-2 | quý 1-2/2025 | quý I, II/2025
2025-01-01 2025-06-30 :: hai quý đầu năm | 6 tháng đầu năm
2025-01-01 2025-09-30 :: quý I - quý III
2025-07-01 2025-12-31 :: sáu tháng cuối năm | sau thang cuoi nam | từ quý 3 đến hết năm
2025-03-01 2025-05-31 :: 3 tháng kể từ 1/3 | 3 thang tu 1/3 | từ 1/3 trong 3 tháng
2025-03-01 2025-05-31 :: từ 1/3, 3 tháng | bắt đầu từ tháng 3, kéo dài 3 tháng
2025-04-15 2025-06-14 :: trong 2 tháng từ 15/4
2025-04-01 2025-05-15 :: trong vòng 45 ngày từ 1/4 | 1 tháng rưỡi từ 1/4
2025-04-01 2025-04-30 :: 30 ngày kể từ ngày 1/4/2025 | ba mươi ngày từ 1/4
2025-04-01 2025-04-15 :: nửa tháng từ 1/4
2025-04-01 2025-05-31 :: 2 tháng từ đầu tháng 4
2025-03-01 2025-08-31 :: nửa năm từ tháng 3
2025-03-01 2026-02-28 :: 1 năm từ 1/3/2025
2025-04-01 2025-06-30 :: 3 tháng đến 30/6 | từ đầu tháng 4 đến cuối tháng 6
2025-02-17 2025-03-02 :: 2 tuần từ thứ hai tuần sau
2025-02-10 2025-05-09 :: 3 tháng tới | trong 3 tháng tới | từ nay đến 3 tháng nữa
2025-02-10 2025-12-31 :: từ nay về cuối năm | từ nay đến cuối năm | từ hôm nay đến 31/12
2025-02-10 2025-04-30 :: từ đây tới hết tháng 4 | từ giờ đến 30/4
2025-02-10 2026-01-31 :: từ nay đến hết tháng 1
2025-02-11 2025-03-15 :: từ ngày mai đến 15/3
2025-03-15 2025-05-15 :: từ giữa tháng 3 đến giữa tháng 5
2025-01-01 2025-02-10 :: từ đầu năm đến nay
2025-01-01 2025-06-30 :: từ đầu năm đến giữa năm | từ đầu năm đến hết quý 2
2025-07-01 2025-12-31 :: từ giữa năm đến cuối năm
2025-02-17 2025-02-23 :: tuần sau | cả tuần sau | thứ hai tuần sau đến chủ nhật tuần sau
2025-02-17 2025-02-21 :: từ thứ 2 đến thứ 6 tuần sau
2025-02-10 2025-02-14 :: từ thứ hai tới thứ sáu
2025-05-05 2025-05-30 :: thứ hai 5/5 đến thứ sáu 30/5
2025-02-01 2025-02-28 :: trong tháng | trong tháng này
2025-01-01 2025-12-31 :: cả năm | cả năm 2025 | năm 2025 | trong năm
2025-01-01 2026-12-31 :: năm 2025-2026 | 2025 - 2026
2025-11-01 2026-02-28 :: từ tháng 11 đến tháng 2 | từ tháng 11 đến tháng 2 năm sau
2025-11-01 2026-02-28 :: tháng 11/2025 đến tháng 2/2026
2025-12-15 2026-01-15 :: từ 15/12 đến 15/1 | 15/12 - 15/1/2026
2025-03-05 2025-03-05 :: trong ngày 5/3 | cả ngày 5/3 | 5/3 đến 5/3
2025-03-05 2025-06-30 :: bắt đầu từ 5/3, kết thúc trong tháng 6 | từ 5/3 đến trước 1/7
"""

REFUSED = """
end-before-start :: 10/7/2025 đến 5/3/2025 | 25/3 đến 10/3 | tháng 8 đến tháng 3
end-before-start :: từ tháng 8 đến tháng 3 năm 2025
end-missing :: 5/3 | từ 5/3 | từ tháng 4 | từ 5/3 đến khi xong
start-missing :: hết tháng 6 | đến 30/6 | hoàn thành trong tháng 6
no-such-day :: 1/3/2025 đến 30/2/2025 | 1/3 đến 31/6 | 10-35/3
no-such-month :: tháng 5 đến tháng 13
year :: 1/3/2025 đến 1/3/3025
lunar :: từ mùng 1 đến mùng 10 tết
period :: từ từ rồi làm | chưa biết | 3 tháng | vài tháng | làm quanh năm | khi nào xong thì thôi
period :: 10 đến 25 | abc | 👍
period :: tháng 3 và tháng 6 | 5/3 và 10/7 | 1/3 - 5/3 và 10/3 - 15/3 | từ nay đến 20 | để mai tính
"""


@pytest.mark.parametrize(("typed", "meant"), rows(PERIODS))
def test_a_period_is_understood(typed: str, meant: str) -> None:
    first, last = meant.split()
    assert period_of(typed, TODAY) == Span(date.fromisoformat(first), date.fromisoformat(last))


@pytest.mark.parametrize(("typed", "meant"), rows(REFUSED))
def test_what_is_no_period_is_refused_with_the_reason(typed: str, meant: str) -> None:
    with pytest.raises(Invalid) as refusal:
        period_of(typed, TODAY)
    assert refusal.value.reason == f"invalid/{meant}"


def test_a_period_typed_in_december_begins_in_the_coming_year() -> None:
    span = period_of("tháng 1 đến tháng 3", date(2025, 12, 20))
    assert span == Span(date(2026, 1, 1), date(2026, 3, 31))
