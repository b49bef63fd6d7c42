"""What has been registered, as a table, as lines of JSON and for spreadsheets."""

from __future__ import annotations

import csv
import io
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from bot.run import run
from content.library import Library
from content.templates import HERE
from handlers.form import Filling
from storage.tables import Draft, Person
from storage.unit import Store
from storage.upgrade import upgrade
from tests.cli.conftest import Thidua

MOMENT = datetime(2025, 4, 15, 18, 30, tzinfo=UTC)
ANSWERS: dict[str, Any] = {
    "unit": "HTX Tân Thuận",
    "person": "Nguyễn Văn Bảy",
    "phone": "0912345678",
    "place": "ấp Bình Minh",
    "name": "Cầu ấp Bình Minh",
    "period": {"start": "2025-03-01", "end": "2025-06-30"},
    "content": "đổ trụ",
    "value": 250_000_000,
    "economic": "bớt công",
    "social": "đi lại an toàn",
    "time-saved": None,
}
PLANS = ("vinh-thuan-2025", "yen-bai-2025")


@pytest.fixture
def registered(tmp_path: Path, library: Library) -> list[dict[str, Any]]:
    """Two registrations for two plans, the second by somebody who types formulas."""
    formulas = {"unit": "=1+1", "person": "@SUM", "place": "+84 ấp", "name": "-2+3\t=A1"}
    found = [ANSWERS, {**ANSWERS, **formulas}]
    (tmp_path / "data").mkdir()
    run(submit(Store(f"sqlite+aiosqlite:///{tmp_path}/data/thidua.db", lambda: MOMENT), found))
    assert all(Filling(library.forms["bang-dang-ky"], each).result() for each in found)
    return found


async def submit(store: Store, found: list[dict[str, Any]]) -> None:
    await upgrade(store.engine)
    async with store.unit() as unit:
        person = Person(created_at=MOMENT)
        unit.session.add(person)
        await unit.session.flush()
        for number, (plan, answers) in enumerate(zip(PLANS, found, strict=True)):
            draft = Draft(
                id=f"d{number}",
                person_id=person.id,
                plan=plan,
                form="bang-dang-ky",
                updated_at=MOMENT,
            )
            unit.drafts.add(draft)
            await unit.session.flush()
            await unit.registrations.submit(draft, f"MA{number}", answers)
    await store.close()


def rows(text: str) -> list[dict[str, str]]:
    assert text.startswith("\ufeff")
    return [*csv.DictReader(io.StringIO(text.removeprefix("\ufeff"), newline=""))]


def test_every_registration_is_a_line_with_its_values(
    thidua: Thidua, registered: list[dict[str, Any]]
) -> None:
    lines = thidua("registrations", "--format", "jsonl").lines
    assert [line["code"] for line in lines] == ["MA0", "MA1"]
    assert [line["plan"] for line in lines] == [*PLANS]
    assert [line["answers"] for line in lines] == registered
    assert {*lines[0]} == {"code", "plan", "form", "submitted_at", "answers"}


def test_those_of_one_plan_can_be_had_alone(
    thidua: Thidua, registered: list[dict[str, Any]]
) -> None:
    [line] = thidua("registrations", "--format", "jsonl", "--plan", PLANS[1]).lines
    assert line["code"] == "MA1"
    unknown = thidua("registrations", "--plan", "khong-co")
    assert unknown.code == 2
    assert "đang có: " in unknown.err


@pytest.mark.usefixtures("registered")
def test_a_spreadsheet_reads_every_field_and_runs_none_of_them(
    thidua: Thidua, library: Library, tmp_path: Path
) -> None:
    path = tmp_path / "dang-ky.csv"
    ran = thidua("registrations", "--format", "csv", "--out", str(path))
    assert (ran.code, ran.out) == (0, "")
    text = path.read_bytes().decode("utf-8")
    good, bad = rows(text)
    fields = [step.name for step in library.forms["bang-dang-ky"].steps]
    assert [*good] == ["Mã", "Kế hoạch", "Gửi lúc", *fields]
    assert good["Gửi lúc"] == "16/04/2025 01:30"
    assert good["Thời gian"] == "từ 01/3/2025 đến 30/6/2025"
    assert (good["Tổng giá trị"], good["Rút ngắn thời gian"]) == ("250 triệu đồng", "")
    assert bad["Đơn vị"] == "'=1+1"
    assert bad["Người đăng ký"] == "'@SUM"
    assert bad["Nơi thực hiện"] == "'+84 ấp"
    assert bad["Tên công trình"] == "'-2+3\t=A1"
    assert not any(cell[:1] in "=+-@\t\r" for row in (good, bad) for cell in row.values() if cell)


@pytest.mark.usefixtures("registered")
def test_a_table_shows_codes_and_names_on_the_screen_and_in_a_file(
    thidua: Thidua, tmp_path: Path
) -> None:
    path = tmp_path / "bang.txt"
    shown = thidua("registrations").out
    assert thidua("registrations", "--out", str(path)).out == ""
    for text in (shown, path.read_text("utf-8")):
        assert "MA0" in text
        assert "MA1" in text
        assert "Vĩnh" in text


@pytest.mark.usefixtures("registered")
def test_what_was_registered_before_a_field_changed_is_still_listed(
    thidua: Thidua, tmp_path: Path
) -> None:
    ours = (HERE / "forms/bang-dang-ky.yaml").read_text("utf-8")
    changed = ours.replace("accept: text", "accept: money").replace(
        "accept: period", "accept: name"
    )
    put = tmp_path / "noi-dung" / "forms" / "bang-dang-ky.yaml"
    put.parent.mkdir(parents=True)
    put.write_text(changed, encoding="utf-8")
    listed = thidua("registrations", "--format", "csv", CONTENT_DIR="noi-dung")
    assert listed.code == 0, listed.err
    first = rows(listed.out)[0]
    assert first["Đơn vị"] == "HTX Tân Thuận"
    assert first["Thời gian"] == "từ 01/3/2025 đến 30/6/2025"
    assert thidua("registrations", CONTENT_DIR="noi-dung").code == 0


def test_a_database_without_any_gives_heads_only(thidua: Thidua) -> None:
    text = thidua("registrations", "--format", "csv").out
    assert text.removeprefix("\ufeff").splitlines() == [
        "Mã,Kế hoạch,Gửi lúc,Đơn vị,Người đăng ký,Tên công trình,Tổng giá trị"
    ]
    assert thidua("registrations", "--format", "jsonl").out == ""


def test_a_folder_that_is_not_there_is_told(thidua: Thidua, tmp_path: Path) -> None:
    path = tmp_path / "khong" / "co.csv"
    ran = thidua("registrations", "--format", "csv", "--out", str(path))
    assert ran.code == 2
    assert str(path) in ran.err
