"""What has been registered, as a table, as lines of JSON and for spreadsheets."""

from __future__ import annotations

import csv
import io
import sqlite3
import stat
from datetime import datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from content.library import Library
from content.templates import HERE
from tests.cli.conftest import MOMENT, PLANS, Thidua

OWN = ["Mã", "Kế hoạch", "Tình trạng", "Lần gửi", "Trễ hạn", "Gửi lúc", "Cập nhật lúc", "Tiến độ"]


def rows(text: str) -> list[dict[str, str]]:
    assert text.startswith("\ufeff")
    return [*csv.DictReader(io.StringIO(text.removeprefix("\ufeff"), newline=""))]


def beside(sheet: Worksheet) -> list[dict[str, Any]]:
    """The rows of a sheet by their heads."""
    head, *found = sheet.iter_rows(values_only=True)
    return [dict(zip(map(str, head), row, strict=True)) for row in found]


def change_form(tmp_path: Path, *changes: tuple[str, str]) -> None:
    """Have the operator's own form be ours but for these words."""
    text = (HERE / "forms/bang-dang-ky.yaml").read_text("utf-8")
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    put = tmp_path / "noi-dung" / "forms" / "bang-dang-ky.yaml"
    put.parent.mkdir(parents=True)
    put.write_text(text, encoding="utf-8")


def test_every_registration_is_a_line_with_its_values(
    thidua: Thidua, registered: list[dict[str, Any]]
) -> None:
    lines = thidua("registrations", "--format", "jsonl").lines
    by_code = {line["code"]: line for line in lines}
    assert [by_code[f"MA{at}"]["plan"] for at in range(3)] == [*PLANS]
    assert [by_code[f"MA{at}"]["answers"] for at in range(3)] == registered
    about = {"state": "returned", "late": True, "version": 1, "percent": None}
    assert by_code["MA1"].items() >= about.items()
    assert by_code["MA1"]["reason"] == "=thiếu ngày"
    assert datetime.fromisoformat(str(by_code["MA1"]["changed_at"])) == MOMENT


@pytest.mark.usefixtures("registered")
def test_those_of_one_plan_or_in_one_state_can_be_had_alone(thidua: Thidua) -> None:
    [line] = thidua("registrations", "--format", "jsonl", "--plan", "yen-bai-2025").lines
    assert line["code"] == "MA2"
    [line] = thidua("registrations", "--format", "jsonl", "--state", "approved").lines
    assert line["code"] == "MA0"
    unknown = thidua("registrations", "--plan", "khong-co")
    assert unknown.code == 2
    assert "đang có: " in unknown.err


@pytest.mark.usefixtures("registered")
def test_a_spreadsheet_reads_every_field_and_runs_none_of_them(
    thidua: Thidua, library: Library, tmp_path: Path
) -> None:
    path = tmp_path / "dang-ky.csv"
    ran = thidua("registrations", "--out", str(path))  # its name says what it is
    assert (ran.code, ran.out) == (0, "")
    assert len(ran.err.splitlines()) == 1
    assert "số điện thoại" in ran.err
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    ranged, good, bad = rows(path.read_bytes().decode("utf-8"))
    assert [*good][: len(OWN)] == OWN
    fields = {step.name for step in library.forms["bang-dang-ky"].steps}
    assert fields - {"Thời gian", "Tổng giá trị"} < good.keys()
    assert good["Gửi lúc"] == "16/04/2025 01:30"
    assert (good["Tình trạng"], good["Tiến độ"], good["Số điện thoại"]) == (
        "Đã duyệt",
        "40%",
        "0912 345 678",
    )
    assert (good["Thời gian: từ ngày"], good["Thời gian: đến ngày"]) == ("01/03/2025", "30/06/2025")
    sums = "Tổng giá trị (đồng)", "Tổng giá trị, cao nhất (đồng)"
    assert [good[each] for each in sums] == ["250000000", ""]
    assert [ranged[each] for each in sums] == ["100000000", "150000000"]
    assert ranged["Trễ hạn"] == "Trễ"
    assert bad["Tên công trình"] == "'-2+3\t=A1"
    every = [cell for row in (ranged, good, bad) for cell in row.values() if cell]
    assert not any(cell[0] in "=+-@\t\r\n" for cell in every)


@pytest.mark.usefixtures("registered")
def test_a_workbook_holds_dates_and_sums_as_such_and_a_summary_with_charts(
    thidua: Thidua, tmp_path: Path
) -> None:
    path = tmp_path / "dang-ky.xlsx"
    assert thidua("registrations", "--out", str(path)).code == 0
    book = openpyxl.load_workbook(path)
    assert book.sheetnames == ["Đăng ký", "Tổng hợp"]
    sheet, summary = book.worksheets
    assert (sheet.freeze_panes, sheet.auto_filter.ref) == ("B2", sheet.dimensions)
    ranged, good, bad = beside(sheet)
    assert good["Gửi lúc"] == datetime(2025, 4, 16, 1, 30)  # noqa: DTZ001
    assert good["Thời gian: đến ngày"] == datetime(2025, 6, 30)  # noqa: DTZ001
    assert (good["Tổng giá trị (đồng)"], good["Tiến độ"]) == (250_000_000, 0.4)
    assert ranged["Tổng giá trị, cao nhất (đồng)"] == 150_000_000
    assert ranged["Lý do trả lại hoặc từ chối"] == "=thiếu ngày"
    assert (bad["Đơn vị"], bad["Tên công trình"]) == ("=1+1", "-2+3\t=A1")
    cells = [cell for row in sheet.iter_rows(min_row=2) for cell in row]
    assert not any(cell.data_type == "f" for cell in cells)
    assert {c.number_format for c in cells if isinstance(c.value, int) and c.value > 9} == {"#,##0"}
    counts = {row[0]: row[1:3] for row in summary.iter_rows(values_only=True) if row[0]}
    assert counts["Tất cả"] == (3, 600_000_000)
    assert counts["Đã duyệt"] == (1, 250_000_000)
    assert counts["Trễ"] == (1, 100_000_000)
    assert counts["04/2025"][0] == 3
    assert (counts["Hợp tác xã"][0], counts["Công đoàn"][0]) == (1, 1)
    assert counts["xã Vĩnh Thuận"][0] == 2
    assert len(vars(summary)["_charts"]) == 2


@pytest.mark.usefixtures("registered")
def test_a_table_shows_codes_and_names_on_the_screen_and_in_a_file(
    thidua: Thidua, tmp_path: Path
) -> None:
    path = tmp_path / "bang.txt"
    shown = thidua("registrations")
    assert shown.err == ""
    assert thidua("registrations", "--out", str(path)).out == ""
    for text in (shown.out, path.read_text("utf-8")):
        assert "MA0" in text
        assert "MA1" in text
        assert "Tân" in text


@pytest.mark.usefixtures("registered")
def test_what_was_registered_before_a_field_changed_or_went_is_still_listed(
    thidua: Thidua, tmp_path: Path
) -> None:
    kinds = ("accept: text", "accept: money"), ("accept: period", "accept: name")
    change_form(tmp_path, *kinds, ("id: content", "id: noi-dung"))
    for format in ("csv", "xlsx"):
        path = tmp_path / f"dang-ky.{format}"
        ran = thidua("registrations", "--out", str(path), CONTENT_DIR="noi-dung")
        assert ran.code == 0, ran.err
    [_, first, _] = rows((tmp_path / "dang-ky.csv").read_text("utf-8"))
    assert first["Đơn vị (đồng)"] == "HTX Tân Thuận"
    assert first["Thời gian"] == "từ 01/3/2025 đến 30/6/2025"
    assert first["content (mục cũ)"] == "đổ trụ"
    assert thidua("registrations", CONTENT_DIR="noi-dung").code == 0


@pytest.mark.usefixtures("registered")
def test_two_forms_stand_on_two_sheets_and_side_by_side_in_one_list(
    thidua: Thidua, tmp_path: Path
) -> None:
    change_form(tmp_path, ("id: bang-dang-ky", "id: mau-khac"), ("id: phone", "id: zalo"))
    forms = tmp_path / "noi-dung" / "forms"
    (forms / "bang-dang-ky.yaml").rename(forms / "mau-khac.yaml")
    with sqlite3.connect(tmp_path / "data" / "thidua.db") as tables:
        tables.execute("UPDATE registration SET form = 'mau-khac' WHERE code = 'MA2'")
    path = tmp_path / "dang-ky.xlsx"
    assert thidua("registrations", "--out", str(path), CONTENT_DIR="noi-dung").code == 0
    book = openpyxl.load_workbook(path)
    assert book.sheetnames == ["BẢNG ĐĂNG KÝ", "BẢNG ĐĂNG KÝ 2", "Tổng hợp"]
    assert [[row["Mã"] for row in beside(sheet)] for sheet in book.worksheets[:2]] == [
        ["MA1", "MA0"],
        ["MA2"],
    ]
    listed = rows(thidua("registrations", "--format", "csv", CONTENT_DIR="noi-dung").out)
    assert [row["Mã"] for row in listed] == ["MA1", "MA0", "MA2"]
    assert [row["phone (mục cũ)"] for row in listed] == ["", "", "0912345678"]


@pytest.mark.usefixtures("registered")
def test_what_is_taken_out_is_on_record(thidua: Thidua, tmp_path: Path) -> None:
    thidua("registrations", "--format", "csv", "--plan", "vinh-thuan-2025")
    with sqlite3.connect(tmp_path / "data" / "thidua.db") as tables:
        acts = tables.execute("SELECT what, plan, staff_id, count, note FROM act").fetchall()
    assert acts == [("exported", "vinh-thuan-2025", None, 2, "csv")]


def test_a_database_without_any_gives_heads_only(thidua: Thidua, tmp_path: Path) -> None:
    text = thidua("registrations", "--format", "csv").out
    [head] = csv.reader(text.removeprefix("\ufeff").splitlines())
    assert head[: len(OWN)] == OWN
    assert "Tên công trình" in head
    assert thidua("registrations", "--format", "jsonl").out == ""
    path = tmp_path / "dang-ky.xlsx"
    assert thidua("registrations", "--out", str(path)).code == 0
    sheet, summary = openpyxl.load_workbook(path).worksheets
    assert [cell.value for cell in sheet[1]] == head
    assert (sheet.max_row, summary["B2"].value) == (1, 0)


@pytest.mark.usefixtures("registered")
def test_a_file_is_there_as_a_whole_or_not_at_all(thidua: Thidua, tmp_path: Path) -> None:
    there = {*tmp_path.iterdir()} | {tmp_path / "noi-dung"}
    path = tmp_path / "khong" / "co.csv"
    ran = thidua("registrations", "--format", "csv", "--out", str(path))
    assert ran.code == 2
    assert str(path) in ran.err
    kind = tmp_path / "noi-dung" / "messages" / "table" / "kind.j2"
    kind.parent.mkdir(parents=True)
    kind.write_text("{{ {}[unit] }}", "utf-8")
    kept = tmp_path / "data" / "cu.xlsx"
    kept.write_text("cũ", "utf-8")
    with pytest.raises(Exception, match="no attribute"):
        thidua("registrations", "--out", str(kept), CONTENT_DIR="noi-dung")
    assert kept.read_text("utf-8") == "cũ"
    assert {*tmp_path.iterdir()} == there
    assert {each.name for each in kept.parent.iterdir()} == {"cu.xlsx", "thidua.db"}
