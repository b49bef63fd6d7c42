"""The guide for clerks, followed step by step: from an official document to a plan that answers."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import orjson
import pytest
import yaml

from content.entries import TO_CHECK
from tests.cli.conftest import Ran, Thidua
from tests.content.importing.documents import TEXT, as_word

GUIDE = Path(__file__).parents[2] / "docs" / "soan-noi-dung.md"
EDITS = Path(__file__).with_name("song-xanh-2027.edits.yaml")
COMMAND = re.compile(r"^ +THIDUA_(\w+)=(\S+) \.venv/bin/thidua (.+)$", re.MULTILINE)
PLAN = Path("noi-dung/plans/song-xanh-2027.yaml")
QUESTIONS = (  # as people ask; the clause that answers, and what must be in the answer
    ("Hạn nộp hồ sơ khen thưởng là ngày nào?", "V.3", "trước ngày 20/11/2027"),
    ("han nop ho so khen thuong", "V.3", "trước ngày 20/11/2027"),
    ("đăng ký công trình trước bữa nào", "V.1", "15/3/2027"),
    ("dang ky cong trinh truoc bua nao", "V.1", "15/3/2027"),
    ("bang khen do ai ky", "IV.1 (ý 2)", "12 bằng khen của Chủ tịch UBND tỉnh"),
    ("thoi gian thi dua tu khi nao toi khi nao", "II.2", "31/10/2027"),
    ("đợt 2 kết thúc hồi nào", "II.2 (ý 2)", "31/10/2027"),
    ("ai ky ke hoach nay", "cuối văn bản", "Trần Thị Mai Lan"),
    ("so hieu cua ke hoach la bao nhieu", "đầu văn bản", "27/KH-LMHTX"),
    ("kinh phi lay tu dau", "IV.3", "quỹ thi đua"),
    ("mau ho so so may", "V.2", "Mẫu số 07"),
    ("khi nào tổng kết phong trào", "VI.1 (ý 2)", "tháng 12/2027"),
    ("co duoc vay von uu dai khong", "toàn văn", "không nêu"),
)


def steps(thidua: Thidua) -> list[Ran]:
    """Every command of the guide in its order; the clerk works after the second."""
    ran: list[Ran] = []
    for setting, value, arguments in COMMAND.findall(GUIDE.read_text("utf-8")):
        if len(ran) == 2:
            edit()
        ran.append(thidua(*shlex.split(arguments), **{setting: value}))
    return ran


def edit() -> None:
    """What a clerk does with the draft: each place mended once, then the marks struck out."""
    text = PLAN.read_text("utf-8")
    for each in yaml.safe_load(EDITS.read_text("utf-8")):
        assert text.count(each["old"]) == 1, each["old"]
        text = text.replace(each["old"], each["new"])
    PLAN.write_text(text.replace(f"{TO_CHECK} – ", ""), "utf-8")


def test_a_clerk_who_follows_the_guide_has_a_plan_that_answers_however_people_type(
    thidua: Thidua,
) -> None:
    Path("noi-dung").mkdir()
    Path("ke-hoach.docx").write_bytes(as_word(TEXT.read_text("utf-8")))
    imported, waiting, checked, covered, deadline, signer = steps(thidua)
    assert imported.code == 0, imported.err
    assert "42 khoản" in imported.out
    assert waiting.code == 1
    assert {TO_CHECK in line for line in waiting.out.splitlines()} == {True}
    assert {line.split(":")[0] for line in waiting.out.splitlines()} == {str(PLAN)}
    assert (checked.code, covered.code) == (0, 0), checked.out
    assert "V.3 – " in covered.out
    assert "Nguồn: KH LMHTX tỉnh Sông Xanh 2027, mục V.3" in deadline.out
    assert "Trần Thị Mai Lan, Chủ tịch, ký thay mặt Ban Thường vụ." in signer.out

    asked = ({"id": n, "plan": PLAN.stem, "turns": [each[0]]} for n, each in enumerate(QUESTIONS))
    Path("hoi.jsonl").write_bytes(b"\n".join(map(orjson.dumps, asked)))
    answers = thidua("ask", "--batch", "hoi.jsonl", CONTENT_DIR="noi-dung").lines
    for (question, clause, words), told in zip(QUESTIONS, answers, strict=True):
        assert words in str(told["answer"]), question
        assert told["sources"] == [{"plan": PLAN.stem, "clause": clause}], question


@pytest.fixture
def drafted(thidua: Thidua) -> Path:
    """A draft as it was made, in a folder of its own."""
    Path("noi-dung").mkdir()
    Path("ke-hoach.txt").write_text(TEXT.read_text("utf-8"), "utf-8")
    thidua("plan", "import", "ke-hoach.txt", "--id", PLAN.stem, CONTENT_DIR="noi-dung")
    return PLAN


def test_each_mark_of_a_draft_is_told_at_its_line_and_a_draft_answers_nobody(
    drafted: Path, thidua: Thidua
) -> None:
    lines = drafted.read_text("utf-8").splitlines()
    marked = [n for n, line in enumerate(lines, 1) if TO_CHECK in line and line[0] != "#"]
    told = thidua("check", CONTENT_DIR="noi-dung").out.splitlines()
    assert sorted(int(line.split(":")[1]) for line in told) == marked
    asked = thidua("ask", "--plan", drafted.stem, "han nop ho so", CONTENT_DIR="noi-dung")
    assert asked.code == 2
    assert "không có kế hoạch 'song-xanh-2027'" in asked.err


@pytest.mark.parametrize(
    ("arguments", "what"),
    [
        (("ke-hoach.txt", "--id", "Sông Xanh"), "chỉ gồm chữ thường không dấu"),
        (("ke-hoach.txt", "--id", "yen-bai-2025"), "đã có kế hoạch mã 'yen-bai-2025'"),
        (("ke-hoach.txt", "--out", "ke-hoach.txt"), "đã có tệp ke-hoach.txt"),
        (("trong.txt",), "trong.txt:1: tệp trống"),
    ],
)
def test_what_cannot_be_drafted_is_told_and_nothing_is_written(
    thidua: Thidua, arguments: tuple[str, ...], what: str
) -> None:
    Path("ke-hoach.txt").write_text(TEXT.read_text("utf-8"), "utf-8")
    Path("trong.txt").touch()
    ran = thidua("plan", "import", *arguments)
    assert (ran.code, ran.out) == (2, "")
    assert what in ran.err
    assert {path.name for path in Path().iterdir()} == {"ke-hoach.txt", "trong.txt"}


def test_without_a_folder_of_ones_own_the_draft_is_written_beside_the_data(thidua: Thidua) -> None:
    Path("Kế hoạch 27.txt").write_text(TEXT.read_text("utf-8"), "utf-8")
    ran = thidua("plan", "import", "Kế hoạch 27.txt")
    assert ran.out.startswith("Đã ghi data/content/plans/ke-hoach-27.yaml: 42 khoản")
    assert "id: ke-hoach-27" in Path("data/content/plans/ke-hoach-27.yaml").read_text("utf-8")
