"""``thidua staff``: a code for whoever is to answer, and who may do what."""

from __future__ import annotations

import re
import sqlite3
from pathlib import Path

import pytest

from handlers.staff.officers import bare
from tests.cli.conftest import Thidua

PLAN = "vinh-thuan-2025"


def test_a_code_is_printed_once_and_kept_by_its_hash_alone(thidua: Thidua, tmp_path: Path) -> None:
    ran = thidua("staff", "add", "--plan", PLAN, "--role", "editor", "Chị Hoa")
    first, told = ran.out.splitlines()
    code = bare(first.removeprefix("/canbo "))
    assert len(code) >= 10
    assert "Chị Hoa" in told
    with sqlite3.connect(tmp_path / "data" / "thidua.db") as tables:
        [row] = tables.execute("SELECT code, plan, role, name, used_at FROM invitation")
    assert row[1:] == (PLAN, "editor", "Chị Hoa", None)
    assert code not in row[0]
    again = thidua("staff", "add", "Anh Ba").out
    assert code not in again.replace("-", "")


def test_codes_and_staff_are_listed_and_taken_back(thidua: Thidua) -> None:
    thidua("staff", "add", "--role", "owner", "Anh Ba")
    listed = thidua("staff", "list").out
    assert re.search(r"M1\b.*Anh Ba.*owner.*mọi", listed)
    assert thidua("staff", "remove", "M1").code == 0
    assert "Anh Ba" not in thidua("staff", "list").out


@pytest.mark.parametrize("number", ["M1", "1", "x", "-", "9" * 30])
def test_a_number_that_is_not_there_is_told(thidua: Thidua, number: str) -> None:
    ran = thidua("staff", "remove", "--", number)
    assert (ran.code, ran.out) == (2, "")
    assert "thidua staff list" in ran.err


@pytest.mark.parametrize(
    ("arguments", "why"),
    [
        (("--plan", "khong-co", "Chị Hoa"), "đang có: "),
        (("--role", "king", "Chị Hoa"), "king"),
        ((" ",), "thiếu tên"),
    ],
)
def test_what_cannot_be_is_told(thidua: Thidua, arguments: tuple[str, ...], why: str) -> None:
    ran = thidua("staff", "add", *arguments)
    assert ran.code == 2
    assert why in ran.err


def test_the_trail_tells_who_did_what_for_one_plan(thidua: Thidua, tmp_path: Path) -> None:
    thidua("staff", "add", "Chị Hoa")
    rows = [("2025-04-10", PLAN, "listed", 3), ("2025-03-01", PLAN, "exported", 7)]
    rows += [("2025-04-11", "yen-bai-2025", "erased", 1)]
    with sqlite3.connect(tmp_path / "data" / "thidua.db") as tables:
        for day, plan, what, count in rows:
            told = (f"{day} 01:00:00.000000", plan, what, "[/b]\nghi chú", count)
            tables.execute("INSERT INTO act (at, plan, what, note, count) VALUES (?,?,?,?,?)", told)
    lately = thidua("staff", "log", "--plan", PLAN, NOW="2025-04-15T08:00").out
    assert re.search(r"10/04/2025 08:00.*xem danh sách.*3 hồ sơ", lately)
    assert "[/b] ghi chú" in lately
    assert "xuất tệp" not in lately
    assert "xoá dữ liệu" not in lately
    assert "xuất tệp" in thidua("staff", "log", "--days", "60").out
