"""Every command of ``thidua``: what it prints, how it ends, what it says of mistakes."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import orjson
import pytest

from tests.cli.conftest import Thidua
from tests.test_rooms import marked

PLAN = "vinh-thuan-2025"
QUESTION = "han nop ho so khen thuong"
KINDS = {"answer", "choose", "not_stated", "unknown", "smalltalk"}
COMMANDS = (
    "serve",
    "chat",
    "ask",
    "parse",
    "check",
    "registrations",
    "db",
    "db upgrade",
    "plan",
    "plan import",
    "staff",
    "staff add",
    "staff list",
    "staff remove",
)


def written(path: Path, *lines: object) -> str:
    """A file of JSON lines."""
    path.write_bytes(b"\n".join(map(orjson.dumps, lines)) + b"\n\n")
    return str(path)


@pytest.mark.parametrize("command", ["", *COMMANDS])
def test_every_command_explains_itself_in_vietnamese(thidua: Thidua, command: str) -> None:
    helped = thidua(*command.split(), "--help")
    assert helped.code == 0
    assert sum(map(marked, helped.out.split())) >= 3
    assert not command.startswith("db ") or "cơ sở dữ liệu" in helped.out


def test_the_help_lists_every_command(thidua: Thidua) -> None:
    listed = thidua("--help").out
    assert all(f"│ {command} " in listed for command in COMMANDS if " " not in command)


def test_a_question_is_answered_with_its_source(thidua: Thidua) -> None:
    told = thidua("ask", "--plan", PLAN, QUESTION, NOW="2025-04-15")
    assert told.code == 0
    assert "trước ngày 02/6/2025 (thứ Hai)" in told.out
    assert "còn 47 ngày" in told.out
    assert told.out.rstrip().endswith("Nguồn: KH LĐLĐ huyện Vĩnh Thuận, mục IV.2")


def test_content_in_the_data_folder_is_found_by_itself(thidua: Thidua, tmp_path: Path) -> None:
    path = tmp_path / "data" / "content" / "additions" / "them.yaml"
    path.parent.mkdir(parents=True)
    path.write_text("plan: nowhere\n", "utf-8")
    checked = thidua("check")
    assert checked.code == 1
    assert checked.out.startswith("data/content/additions/them.yaml:1: không có kế hoạch 'nowhere'")


def test_a_clock_that_was_set_is_announced_and_not_in_what_others_read(thidua: Thidua) -> None:
    told = thidua("ask", "--json", "--plan", PLAN, QUESTION, NOW="2025-04-15T08:00")
    assert "CHÚ Ý: đồng hồ đang chạy từ 15/04/2025 08:00 (THIDUA_NOW)" in told.err
    [line] = told.lines
    assert {*line} == {"answer", "answered", "sources", "kind"}
    assert line["sources"] == [{"plan": PLAN, "clause": "IV.2"}]
    assert (line["answered"], line["kind"]) == (True, "answer")


def test_a_batch_of_conversations_is_answered_line_by_line(thidua: Thidua, tmp_path: Path) -> None:
    asked = [
        {"id": "a", "plan": PLAN, "turns": [QUESTION]},
        {"id": 2, "plan": PLAN, "turns": [QUESTION, "thế còn báo cáo tổng kết?"]},
        {"id": "c", "plan": None, "turns": ["xin chào"]},
        {"id": "d", "plan": PLAN, "turns": ["mai có mưa không"], "more": "let be"},
        {"id": "e", "plan": PLAN, "turns": ["tiền thưởng bao nhiêu"]},
        {"id": "f", "turns": ["hạn nộp\u2028hồ sơ"]},
    ]
    told = thidua("ask", "--batch", written(tmp_path / "hoi.jsonl", *asked))
    assert (told.code, told.err) == (0, "")
    assert [line["id"] for line in told.lines] == ["a", 2, "c", "d", "e", "f"]
    assert all({*line} == {"id", "answer", "answered", "sources", "kind"} for line in told.lines)
    kinds = [line["kind"] for line in told.lines]
    assert kinds == ["answer", "answer", "smalltalk", "unknown", "not_stated", "choose"]
    assert {*kinds} <= KINDS
    assert [line["answered"] for line in told.lines] == [True, True, *[False] * 4]
    assert told.lines[1]["sources"] == [{"plan": PLAN, "clause": "V.2"}]


@pytest.mark.parametrize(
    ("command", "line", "told"),
    [
        ("ask", b"khong phai json", "không phải JSON"),
        ("ask", b"[1]", "không phải {…}"),
        ("ask", b'{"id": "1"}', "'turns' thiếu hoặc chưa đúng"),
        ("ask", b'{"id": "1", "turns": []}', "'turns' thiếu hoặc chưa đúng"),
        ("ask", b'{"id": "1", "turns": ["\xff"]}', "không phải JSON"),
        ("parse", b'{"kind": "gio", "text": "a"}', "'kind' thiếu hoặc chưa đúng"),
        ("parse", b'{"kind": "date", "text": "a", "today": "15/4"}', "'today' thiếu hoặc"),
    ],
)
def test_a_broken_line_of_a_batch_is_told_by_its_number(
    thidua: Thidua, tmp_path: Path, command: str, line: bytes, told: str
) -> None:
    path = tmp_path / "hong.jsonl"
    path.write_bytes(b"\n" + line + b"\n")
    ran = thidua(command, "--batch", str(path))
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.startswith(f"{path}:2: {told}")
    assert "mỗi dòng có dạng {" in ran.err


def test_an_unknown_plan_is_told_with_those_there_are(thidua: Thidua, tmp_path: Path) -> None:
    batch = written(tmp_path / "hoi.jsonl", {"id": 1, "plan": "khong-co", "turns": ["hạn"]})
    for arguments in (("ask", "--plan", "khong-co", "hạn"), ("ask", "--batch", batch)):
        ran = thidua(*arguments)
        assert ran.code == 2
        assert ran.err.startswith("không có kế hoạch 'khong-co'; đang có: dak-nong-2025, ")
        assert PLAN in ran.err


@pytest.mark.parametrize(
    ("kind", "text", "value"),
    [
        ("date", "2/6", "2025-06-02"),
        ("date", "tháng 7", {"from": "2025-07-01", "to": "2025-07-31"}),
        ("date_range", "từ 1/3 đến 30/6", {"start": "2025-03-01", "end": "2025-06-30"}),
        ("money", "1 tỷ 2", 1_200_000_000),
        ("money", "200-300 tr", {"min": 200_000_000, "max": 300_000_000}),
        ("money", "nhiều lắm", None),
    ],
)
def test_a_text_is_parsed_as_the_form_does_alone_and_in_a_batch(
    thidua: Thidua, tmp_path: Path, kind: str, text: str, value: object
) -> None:
    alone = thidua("parse", kind, text, "--today", "2025-04-15")
    assert (alone.code, orjson.loads(alone.out)) == (0, value)
    line = {"kind": kind, "text": text, "today": "2025-04-15", "id": 7}
    batch = thidua("parse", "--batch", written(tmp_path / "chu.jsonl", line))
    assert batch.lines == [{**line, "value": value}]


def test_what_a_command_lacks_is_told_with_an_example(thidua: Thidua) -> None:
    for command, example in (("ask", 'thidua ask "hạn'), ("parse", 'thidua parse money "1 tỷ 2"')):
        ran = thidua(command)
        assert (ran.code, ran.out) == (2, "")
        assert f"ví dụ: {example}" in ran.err


@pytest.mark.parametrize(
    ("wrong", "named"),
    [
        ("ask --batch khong-co.jsonl", "khong-co.jsonl"),
        ("parse gio 8h", "gio"),
        ("parse date mai --today 15/4", "15/4"),
        ("registrations --format doc", "doc"),
        ("hoi", "hoi"),
        ("ask --pln x", "--pln"),
    ],
)
def test_a_wrong_call_ends_with_two_and_says_what(thidua: Thidua, wrong: str, named: str) -> None:
    ran = thidua(*wrong.split())
    assert (ran.code, ran.out) == (2, "")
    assert named in ran.err
    assert "Traceback" not in ran.err


@pytest.mark.parametrize("command", ["check", "parse date mai", "db upgrade"])
def test_a_misspelt_setting_stops_every_command_and_is_named(thidua: Thidua, command: str) -> None:
    ran = thidua(*command.split(), TELEGRAM_TOKN="1")
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.startswith("THIDUA_TELEGRAM_TOKN: ")
    assert "THIDUA_TELEGRAM_TOKEN?" in ran.err


def test_the_content_is_checked_and_counted(thidua: Thidua) -> None:
    ran = thidua("check")
    assert ran.code == 0
    assert any(line.startswith(f"{PLAN}: ") and "khoản" in line for line in ran.out.splitlines())
    told = thidua("check", "--coverage")
    assert "  IV.2 – Thời gian trình khen thưởng và tổng kết: " in told.out
    clauses = [line for line in told.out.splitlines() if line.startswith("  ")]
    assert len(clauses) > 200
    assert all(line.rpartition(": ")[2].strip() for line in clauses)


def test_broken_content_ends_with_one_and_a_line_for_each_problem(
    thidua: Thidua, tmp_path: Path
) -> None:
    (tmp_path / "labels.yaml").write_text("labels:\n  back: [a]\n", encoding="utf-8")
    checked = thidua("check", CONTENT_DIR=str(tmp_path))
    assert checked.code == 1
    assert checked.out.startswith(f"{tmp_path / 'labels.yaml'}:2: labels/back: phải là chữ")
    assert "Có 1 chỗ cần sửa." in checked.err
    asked = thidua("ask", "hạn")
    assert asked.code == 2
    assert asked.err.startswith(f"{tmp_path / 'labels.yaml'}:2: ")


def test_the_database_is_upgraded_once(thidua: Thidua, tmp_path: Path) -> None:
    assert thidua("db", "upgrade").out == "Đã nâng cấp.\n"
    assert thidua("db", "upgrade").out == "Đã là bản mới nhất.\n"
    assert (tmp_path / "data" / "thidua.db").exists()


def started(folder: Path, *arguments: str, typed: str = "") -> subprocess.CompletedProcess[str]:
    """The command as it is started from a shell, in another process."""
    ours = {k: v for k, v in os.environ.items() if not k.startswith("THIDUA_")}
    return subprocess.run(
        [Path(sys.executable).with_name("thidua"), *arguments],
        cwd=folder,
        env={**ours, "THIDUA_NOW": "2025-04-15", "PYTHONIOENCODING": "utf-8"},
        input=typed,
        capture_output=True,
        encoding="utf-8",
        timeout=30,
        check=False,
    )


def test_the_command_and_the_module_are_the_same(tmp_path: Path) -> None:
    ran = started(tmp_path, "parse", "money", "1 tỷ 2")
    assert (ran.returncode, ran.stdout) == (0, "1200000000\n")
    module = subprocess.run(
        [sys.executable, "-m", "bot", "parse", "money", "1 tỷ 2"],
        cwd=tmp_path,
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    assert module.stdout == ran.stdout
