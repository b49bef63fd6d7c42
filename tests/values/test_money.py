"""How typed sums of money are understood."""

from __future__ import annotations

import pytest

from handlers.errors import Invalid
from handlers.values import Range, money_of
from tests.values.tables import rows

SUMS = """
0 :: 0 | 0 đồng | không đồng
50_000 :: 50k | 50 nghìn | 50 ngàn đồng | 5 vạn | năm mươi nghìn | 50.000đ
200_000 :: 2 lít | hai trăm nghìn
300_000 :: 3 xị | 3 trăm ngàn | ba trăm nghìn đồng
500_000 :: 500.000 | 500,000 | 500k
1_200_000 :: triệu hai | 1 triệu 2 | 1tr2
1_250_000 :: 1.250.000 đồng | 1tr250 | 1tr25 | 1 triệu 250.000 đồng | 1 triệu 250 nghìn
2_500_000 :: 2 triệu rưỡi | hai củ rưỡi | hai trieu ruoi | 2tr rưỡi | 2,5tr
5_500_000 :: 5tr5 | 5 triệu 500 | 5,5 triệu | năm triệu rưỡi | năm triệu năm trăm nghìn
5_000_000 :: 5 chai | năm triệu | nam trieu | 5 triệu đ
6_000_000 :: sáu triệu | sau trieu
10_000_000 :: mười triệu | muoi trieu | chục triệu
12_500_000 :: 12 triệu 5 | mười hai triệu rưỡi | 12tr rưỡi
15_000_000 :: 15 củ | mười lăm triệu | muoi lam trieu
20_000_000 :: hai chục triệu | 2 chục triệu | hai mươi triệu
20_500_000 :: hai mươi triệu năm trăm nghìn
21_000_000 :: hai mốt triệu | hai mươi mốt triệu
24_000_000 :: hai tư triệu | hai mươi tư triệu
25_000_000 :: hai lăm triệu | hai mươi lăm triệu
45_000_000 :: bốn lăm triệu | bon lam trieu
70_000_000 :: khoảng 70 triệu | chừng 70tr | cỡ 70 triệu nha | tầm 70 triệu | tam 70 trieu | ~70tr
100_000_000 :: trăm triệu | một trăm triệu | hơn 100 triệu | trên 100 triệu | ước chừng ~100tr
120_000_000 :: trăm hai triệu | 120 triệu
150_000_000 :: trăm rưỡi triệu | một trăm năm mươi triệu
200_000_000 :: 200tr | 200 tr | 200trđ | 200 triệu VNĐ | 200.000.000 | 200,000,000 | 200 000 000
200_000_000 :: 200000000đ
200_000_000 :: 200.000.000 VNĐ | 2 trăm triệu | 200 triệu năm 2025 | 200tr 👍 | 200 trieeuj
200_000_000 :: 200 trịu | haitram trieu
200_000_000 :: kinh phí khoảng 200 triệu đồng | dự trù 200 triệu | mua máy cày 200 triệu
200_000_000 :: công ty góp 200 triệu
205_000_000 :: hai trăm lẻ năm triệu | hai trăm linh năm triệu
250_000_000 :: hai trăm năm mươi triệu đồng chẵn | hai tram nam muoi trieu | hai trăm rưỡi triệu
250_000_000 :: 2 trăm 50 triệu
250_000_000 :: 250.000.000 đồng (Hai trăm năm mươi triệu đồng)
300_000_000 :: đầu tư 300 triệu | 0,3 tỷ
400_000_000 :: bốn trăm triệu | tư trăm triệu
500_000_000 :: .5 tỷ | nửa tỷ | nua ty | 0.5 tỷ | 0,5 tỷ
520_000_000 :: năm trăm hai triệu | 520 triệu
1_000_000_000 :: 1 tỏi | 1 tỷ | một tỉ đồng
1_050_000_000 :: một tỷ không trăm năm mươi triệu | 1 tỷ 05
1_200_000_000 :: 1t2 | tỷ hai | 1 tỷ 2 | tổng cộng 1 tỷ 2 | 1 tỷ và 200 triệu
1_250_000_000 :: 1,25 tỷ | 1,250 tỷ | 1.250 triệu | 1.25 ty
1_250_500_000 :: một tỷ hai trăm năm mươi triệu năm trăm nghìn đồng
1_500_000_000 :: 1,5 tỷ | 1.5 tỷ | 1,5 ti | tỷ rưỡi | một tỷ rưỡi | 1 ty ruoi | 1.500.000.000
2_000_000_000 :: gần 2 tỷ | 2 tỉ
2_005_000_000 :: hai tỷ lẻ năm triệu
2_300_000_000 :: 2 tỷ 3 | 2tỷ3 | 2 tỷ 3 trăm triệu | 2 tỷ 300 | hai tỷ ba | hai tỷ ba trăm
2_300_000_000 :: hai tỷ ba trăm triệu
2_400_000_000 :: hai ty tu | 2 tỷ tư
1_000_000_000_000 :: 1 nghìn tỷ | 1.000 tỷ
"""

RANGES = """
100_000_000 150_000_000 :: 100-150 triệu | 100 - 150 triệu | 100–150tr | từ 100 đến 150 triệu
100_000_000 150_000_000 :: tu 100 den 150 trieu
100_000_000 150_000_000 :: 100tr-150tr | 100 tới 150tr | 100.000.000 - 150.000.000
100_000_000 150_000_000 :: 100 triệu đến 150
100_000_000 1_000_000_000 :: từ 100 triệu đến 1 tỷ
500_000_000 1_000_000_000 :: 500 - 1 tỷ | 500 triệu - 1 tỷ | từ 500 đến 1 tỷ
1_000_000_000 2_000_000_000 :: 1-2 tỷ | một hai tỷ
1_500_000_000 2_000_000_000 :: 1,5-2 tỷ
1_000_000_000 1_200_000_000 :: 1 tỷ đến 1 tỷ 2
50_000 70_000 :: 50-70k
200_000_000 300_000_000 :: hai ba trăm triệu | từ hai trăm đến ba trăm triệu
3_000_000 5_000_000 :: ba năm triệu | ba nam trieu
5_000_000 7_000_000 :: năm bảy triệu
50_000_000 60_000_000 :: năm sáu chục triệu | từ năm đến sáu chục triệu
300_000_000 400_000_000 :: 3 đến 4 trăm triệu | 3-4 trăm triệu | ba tới bốn trăm triệu
300_000_000 400_000_000 :: 3 trăm đến 4 trăm triệu | 300 đến 4 trăm triệu | ba den bon tram trieu
300_000_000 450_000_000 :: ba đến bốn trăm rưỡi triệu | 3 đến 4 trăm 50 triệu
20_000_000 30_000_000 :: từ 2 đến 3 chục triệu | hai ~ ba chục triệu | 20 đến 3 chục triệu
300_000 400_000 :: 3 đến 4 trăm nghìn
50_000_000 100_000_000 :: 50 đến 1 trăm triệu | 5 chục đến 1 trăm triệu
3_000_000 400_000_000 :: 3 triệu đến 4 trăm triệu
5_000_000 10_000_000 :: năm đến mười triệu | 5 triệu đến 1 chục triệu
25_000_000 300_000_000 :: hai lăm đến ba trăm triệu
120_000_000 200_000_000 :: trăm hai đến hai trăm triệu
"""

REFUSED = """
negative :: âm 10 triệu | -10 triệu | - 5tr | −5 triệu | trừ hai triệu
currency :: $500 | 500$ | 500 đô | 500 usd | 1000 đô la | 2 triệu đô | 100 euro | 5 chỉ vàng
currency :: 500 do
money-unit :: 200 | hai trăm | 50 | 1,5 | 2025 | 2000 con gà | 20000 con gà
money-order :: 150-100 triệu | 200 triệu đến 100 triệu | từ 5 đến 2 trăm triệu | 9-2 chục triệu
money-too-large :: 999999999999999 | 1 triệu tỷ | 100 nghìn tỷ
money :: tiền tỷ | bạc tỷ | hàng tỷ đồng | cả trăm triệu | vài triệu | mấy trăm triệu
money :: trăm mấy triệu | 2 tỷ mấy
money :: chưa biết nữa | chưa biết, chắc 200 triệu | không biết | miễn phí | nhiều lắm | 💰💰
money :: abc | đồng | tỷ
money :: 5 triệu/tháng | 5 triệu một tháng | mỗi hộ 5 triệu | 100 triệu 3 hộ | 50%
money :: 100 triệu + 50 triệu
money :: 1.2.3 triệu | 1.25.000 | 100 triệu và 50 triệu | 10 triệu, 20 triệu hoặc 30 triệu
"""


@pytest.mark.parametrize(("typed", "meant"), rows(SUMS))
def test_a_sum_is_understood(typed: str, meant: str) -> None:
    assert money_of(typed) == int(meant)


@pytest.mark.parametrize(("typed", "meant"), rows(RANGES))
def test_a_range_is_understood(typed: str, meant: str) -> None:
    low, high = meant.split()
    assert money_of(typed) == Range(int(low), int(high))


@pytest.mark.parametrize(("typed", "meant"), rows(REFUSED))
def test_what_is_no_sum_is_refused_with_the_reason(typed: str, meant: str) -> None:
    with pytest.raises(Invalid) as refusal:
        money_of(typed)
    assert refusal.value.reason == f"invalid/{meant}"
