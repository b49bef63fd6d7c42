"""How typed dates are understood, on Monday 10/02/2025."""

from __future__ import annotations

from datetime import date

import pytest

from handlers.errors import Invalid
from handlers.values import Span, date_of
from tests.values.tables import TODAY, rows

DAYS = """
2025-04-05 :: 5/4 | 05/04 | 5.4 | 5-4 | 5.4.25 | 5-4-2025 | 5/4-2025 | 5/4 2025 | 5 4 2025
2025-04-05 :: 5\\4\\2025
2025-04-05 :: 05042025 | 2025-04-05 | 2025/4/5 | ngày 5/4 | Ngày 5/4/2025 ạ
2025-04-05 :: ngay 5 thang 4 nam 2025
2025-04-05 :: 5 tháng 4 | ngày mùng 5 tháng 4 | ngay 5 thang tu | ngày 5, tháng 4, năm 2025
2025-04-05 :: 5/4 👍
2025-04-05 :: ngafy 5/4 | ngày5tháng4năm2025 | ngya 5/4 | ddeens 5/4 | 5/4 được không ạ
2025-04-05 :: năm 2025, ngày 5/4
2025-04-05 :: 5-tháng 4 | 5/Tháng 4/2025 | Hà Nội, ngày 5 tháng 4 năm 2025 | 5/4/2025 8:00
2025-05-01 :: mùng một tháng năm | mong mot thang nam | ngày một tháng năm | mùng 1/5
2025-10-20 :: hai mươi tháng mười | ngày 20 tháng X
2025-04-30 :: ngày ba mươi tháng tư | 30 tháng tư năm hai nghìn không trăm hai mươi lăm | dịp 30/4
2025-06-21 :: ngay hai muoi mot thang sau nam 2025 | hăm mốt tháng sáu
2025-03-25 :: hai lăm tháng ba | ngày hai mươi lăm tháng ba | 25 tây tháng 3
2025-12-24 :: ngày hai tư tháng mười hai | 24 tháng chạp
2025-01-15 :: mười lăm tháng giêng | 15/1 | 15 tháng một
2025-03-15 :: ngày 15 tháng sau | 15 tháng tới | mười lăm tháng sau | 15/3 này
2025-02-15 :: ngày 15 tháng này | ngày 15 | thứ bảy | t7 này | thứ bảy này
2025-03-05 :: ngày 5 | mùng 5 | 5 tây | 8h ngày 5/3 | 8h30 5/3 | 8:30 ngày 5/3
2025-03-05 :: lúc 7 giờ sáng 5/3/2025
2025-02-10 :: hôm nay | bữa nay | nay | bây giờ | homnay | hom nay luon | thứ hai
2025-02-11 :: mai | ngày mai | sáng mai | chiều mai nha em | ngaymai | dạ ngày mai ạ
2025-02-11 :: mai khởi công
2025-02-12 :: mốt | ngày mốt | ngay mot | ngày kia | thu tu
2025-02-09 :: hôm qua
2025-02-07 :: 3 ngày trước
2025-02-13 :: 3 ngày nữa | sau 3 ngày | 3 ngày sau | ba bữa nữa
2025-02-24 :: 2 tuần nữa | hai tuần nữa | hai tuan nua
2025-02-25 :: nửa tháng nữa | nua thang nua | 15 ngày nữa
2025-03-10 :: 1 tháng nữa | một tháng nữa | mot thang nua
2025-03-25 :: tháng rưỡi nữa | 1 tháng rưỡi nữa | 1,5 tháng nữa
2025-08-10 :: sáu tháng nữa | sau thang nua | nửa năm nữa
2026-02-10 :: 1 năm nữa
2025-02-16 :: chủ nhật | cn tuần này
2025-02-17 :: thứ hai tới | t2 tuần sau | thứ 2 đầu tuần sau
2025-02-19 :: thứ tư tuần kế | thứ tư tuần sau
2025-02-20 :: thứ năm tuần sau | thu nam tuan sau
2025-02-21 :: thứ sáu tuần sau | thu sau tuan toi
2025-02-28 :: thứ sáu tuần sau nữa | ngày cuối tháng | hết tháng | hết tháng này
2025-03-19 :: thứ tư, 19/3/2025 | thứ tư ngày 19/3 | 19/3 (thứ tư)
2025-03-20 :: khoảng 20/3 | chắc tầm 20/3 gì đó | tam 20/3 | 20/3 tới | dự kiến 20/3
2025-03-31 :: ngày cuối tháng 3 | ngày cuối cùng của tháng 3 | hết quý 1
2025-04-01 :: ngày đầu tháng 4
2025-04-29 :: trước 30/4 | trước ngày 30/4/2025
2025-05-31 :: trước tháng 6 | hết tháng năm | het thang 5
2025-08-19 :: 19/8 cách mạng tháng tám
2025-09-02 :: 2/9 lễ quốc khánh | 2/9 năm nay
2025-12-31 :: hết năm | hết năm 2025 | 31/12
2026-01-15 :: 15/1 tới | 15/1 năm sau
2026-03-05 :: 5/3 sang năm | ngày 5 tháng 3 năm sau
2028-02-29 :: 29/2/2028
"""

SPANS = """
2025-05-01 2025-05-31 :: tháng 5 | tháng năm | thang nam | t5/2025 | th5 | thg 5 | tháng V
2025-05-01 2025-05-31 :: thagn 5 | thág 5
2025-05-01 2025-05-31 :: 5/2025 | 05-2025 | tháng 5-2025 | tháng 5 năm nay | tháng 5 tới
2025-05-01 2025-05-31 :: trong tháng 5 | thasng 5
2025-06-01 2025-06-30 :: tháng sáu | thang 6 | thang sau nam 2025
2025-03-01 2025-03-31 :: tháng sau | thang sau | tháng tới | tháng 3 này
2025-04-01 2025-04-30 :: tháng tư | thang tu | đầu quý 2
2025-11-01 2025-11-30 :: tháng mười một | thang muoi mot | T11
2026-01-01 2026-01-31 :: tháng 1 tới | tháng 1 năm sau
2024-12-01 2024-12-31 :: tháng 12/2024 | tháng 12 năm ngoái
2025-01-01 2025-03-31 :: quý 1 | quý I | quý này
2025-04-01 2025-06-30 :: quý hai | quý II/2025 | quý sau | Q2 | q2/2025
2025-10-01 2025-12-31 :: quy 4 | quý tư | quý cuối năm | 3 tháng cuối năm | quý IV
2025-05-01 2025-05-31 :: giữa quý 2
2025-11-01 2025-12-31 :: cuối năm | cuối năm nay | hai tháng cuối năm | cuối năm 2025
2026-01-01 2026-02-28 :: đầu năm sau
2025-06-01 2025-07-31 :: giữa năm
2025-01-01 2025-06-30 :: 6 tháng đầu năm | nửa đầu năm | sáu tháng đầu năm 2025
2025-01-01 2025-12-31 :: năm 2025 | năm nay | 2025
2025-04-11 2025-04-20 :: giữa tháng 4 | giua thang 4 | trung tuần tháng 4 | chừng giữa tháng tư
2025-04-01 2025-04-10 :: thượng tuần tháng 4 | 10 ngày đầu tháng 4
2025-04-21 2025-04-30 :: hạ tuần tháng 4 | cuoi thang 4
2025-02-21 2025-02-28 :: cuối tháng | cuối tháng này | cuối tháng 2
2025-03-01 2025-03-10 :: đầu tháng sau | dau thang sau
2025-04-01 2025-04-07 :: tuần đầu tháng 4 | tuần đầu tiên của tháng 4
2025-03-08 2025-03-14 :: tuần thứ hai của tháng 3
2025-03-25 2025-03-31 :: tuần cuối tháng 3
2025-04-01 2025-04-15 :: nửa đầu tháng 4
2025-04-16 2025-04-30 :: nửa cuối tháng 4
2025-02-17 2025-02-23 :: tuần sau | tuần tới | tuansau
2025-02-15 2025-02-16 :: cuối tuần | cuối tuần này
2025-03-10 2025-03-25 :: 10-25/3 | từ 10/3 đến 25/3
"""

REFUSED = """
no-such-day :: 31/6/2025 | 30/2 | 29/2/2025 | 32/1/2025 | 0/5/2025 | 31 tháng 4 | ngày 32
no-such-month :: tháng 14 | 15/13/2025 | 5/25/2025 | 5/0/2025 | tháng 0
no-such-quarter :: quý 5 | quý 0
year :: 5/4/1800 | 99/99/9999 | 900 năm nữa
weekday :: thứ hai 19/3/2025 | 19/3/2025 (thứ hai)
lunar :: mùng 10 tháng 3 âm lịch | 10/3 âm | rằm tháng 7 | sau tết | 10/3 al
end-before-start :: 10/7 đến 5/3
date :: hổng biết nữa | hong biet | chưa biết | chưa biết, chắc tháng 5 | không biết
date :: không phải 5/4
date :: mai mốt | để mai tính | mai mốt rồi tính | tuần sau tính | từ từ | sắp tới | khi nào rảnh
date :: ngày nào cũng được | hàng tháng | mỗi thứ hai | sau 30/4 | vài ngày nữa | 12 giờ trưa
date :: 5/3 hoặc 10/3 | 5/3, 6/3 | 5/4/225 | 5/4/20255 | 12345 | 20 | thứ 9 | abc | 🎉🎉 | / | 1/
date :: -
"""


@pytest.mark.parametrize(("typed", "meant"), rows(DAYS))
def test_a_day_is_understood(typed: str, meant: str) -> None:
    assert date_of(typed, TODAY) == date.fromisoformat(meant)


@pytest.mark.parametrize(("typed", "meant"), rows(SPANS))
def test_a_month_a_quarter_or_a_part_is_understood(typed: str, meant: str) -> None:
    first, last = meant.split()
    assert date_of(typed, TODAY) == Span(date.fromisoformat(first), date.fromisoformat(last))


@pytest.mark.parametrize(("typed", "meant"), rows(REFUSED))
def test_what_is_no_date_is_refused_with_the_reason(typed: str, meant: str) -> None:
    with pytest.raises(Invalid) as refusal:
        date_of(typed, TODAY)
    assert refusal.value.reason == f"invalid/{meant}"


@pytest.mark.parametrize(
    ("typed", "today", "meant"),
    [
        ("5/1", date(2025, 12, 20), date(2026, 1, 5)),
        ("5/1", date(2025, 6, 1), date(2025, 1, 5)),
        ("5/1/2025", date(2025, 12, 20), date(2025, 1, 5)),
        ("20/12", date(2025, 12, 25), date(2025, 12, 20)),
        ("hết năm", date(2025, 12, 20), date(2025, 12, 31)),
        ("ngày 31", date(2025, 4, 1), date(2025, 5, 31)),
        ("1 tháng nữa", date(2025, 1, 31), date(2025, 2, 28)),
        ("tháng 1", date(2025, 12, 20), Span(date(2026, 1, 1), date(2026, 1, 31))),
        ("quý 1", date(2025, 12, 20), Span(date(2026, 1, 1), date(2026, 3, 31))),
        ("đầu tháng", date(2025, 2, 20), Span(date(2025, 3, 1), date(2025, 3, 10))),
        ("đầu tuần", date(2025, 2, 14), Span(date(2025, 2, 17), date(2025, 2, 18))),
    ],
)
def test_a_year_or_month_left_out_is_the_sensible_one(
    typed: str, today: date, meant: date | Span
) -> None:
    assert date_of(typed, today) == meant


def test_a_refusal_says_how_many_days_the_month_has() -> None:
    with pytest.raises(Invalid) as refusal:
        date_of("30/2", TODAY)
    assert refusal.value.facts == {"month": "2/2025", "days": "28", "example": "28/02/2025"}
