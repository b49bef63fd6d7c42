"""An operator's folder on top of ours: own plans, own words, and what is told where they break."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from content.check import check
from content.library import Library, load
from content.read import Broken, read
from content.templates import HERE
from handlers.answers import word
from handlers.ask import ask
from handlers.context import Context
from tests.content.plan import plan

OURS = "plans/vinh-thuan-2025.yaml"
TODAY = date(2025, 5, 2)


def put(folder: Path, name: str, text: str | bytes) -> Path:
    """Write a file of the operator's."""
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def told(folder: Path) -> str:
    """The one problem of the operator's folder."""
    [problem] = check(folder)
    return str(problem)


def test_a_plan_of_ones_own_is_answered_beside_ours(tmp_path: Path, library: Library) -> None:
    put(tmp_path, "plans/mau.yaml", plan())
    with_mine = load(tmp_path)
    assert {*with_mine.plans} - {*library.plans} == {"ke-hoach-mau"}
    found = ask(with_mine, "huyen tan lap nop ho so khi nao", Context())
    assert found.entries == (("ke-hoach-mau", "dossier-deadline"),)
    assert word(with_mine, found, TODAY).text.splitlines() == [
        "Công đoàn cơ sở gửi hồ sơ trước ngày 02/6/2025 (thứ Hai).",
        "Ngày cuối còn kịp: 01/6/2025 (Chủ nhật), còn 30 ngày.",
        "Nguồn: KH mẫu, mục I",
    ]


def test_a_file_of_the_same_name_takes_the_place_of_ours(tmp_path: Path, library: Library) -> None:
    ours = (HERE / OURS).read_text("utf-8")
    put(tmp_path, OURS, ours.replace("label: Tên kế hoạch", "label: Tên gọi"))
    changed = load(tmp_path)
    entry = changed.entry("vinh-thuan-2025", "title")
    assert entry is not None
    assert entry.label == "Tên gọi"
    assert [*changed.plans] == [*library.plans]


def test_the_operators_wording_is_spoken_and_all_else_stays_ours(
    tmp_path: Path, library: Library
) -> None:
    put(tmp_path, "messages/talk/topics.j2", "Bà con xem gì của {{ plan.name }}?")
    say, shown = load(tmp_path).say, library.plans["vinh-thuan-2025"]
    assert say("talk/topics", plan=shown) == f"Bà con xem gì của {shown.name}?"
    assert say("talk/pick_plan") == library.say("talk/pick_plan")


def test_an_empty_folder_changes_nothing(tmp_path: Path, library: Library) -> None:
    assert load(tmp_path).plans == library.plans


@pytest.mark.parametrize(
    ("name", "text", "line", "what"),
    [
        ("messages/talk/topics.j2", "Xem\n{{ plan.name ", 2, "mẫu câu sai cú pháp: "),
        ("messages/talk/topics.j2", "{% if plan %}\nXem", 2, "mẫu câu sai cú pháp: "),
        ("messages/talk/topics.j2", "{{ plan.name | dya }}", 1, "'dya'"),
        ("messages/talk/topics.j2", "{{ paln.name }}", 1, "không có: paln; ở đây có: plan"),
        ("messages/talk/pick_plan.j2", "{{ plan }}", 1, "ở đây có: không có từ nào"),
        ("messages/talk/toppics.j2", "Xem gì?", 1, "không có mẫu câu nào tên như vậy"),
        ("messages/talk/topics.j2", b"Xem\n\xff", 2, "không phải mã UTF-8"),
        ("plans/mau.yaml", b"id: \xc4", 1, "không phải mã UTF-8"),
        ("labels.yaml", "labels:\n  back: Lùi lại một câu nữa nhé", 2, "dài quá 20 ký tự"),
        ("topics.yaml", "topics:\n  - id: a\n    kinds: [x]", 2, "← label: thiếu"),
        ("smalltalk.yaml", "chats: {}", 1, "phải là danh sách"),
        ("plans/mau.yaml", "", 1, "phải gồm các dòng"),
        ("forms/mau.yaml", "id: mau\nid: hai", 2, "khoá 'id' viết hai lần"),
    ],
)
def test_a_broken_file_is_told_at_its_line_and_stops_the_start(
    tmp_path: Path, name: str, text: str | bytes, line: int, what: str
) -> None:
    path = put(tmp_path, name, text)
    with pytest.raises(Broken) as broken:
        load(tmp_path)
    [problem] = broken.value.problems
    assert str(problem).startswith(f"{path}:{line}: ")
    assert what in problem.what


def test_a_button_without_words_is_told_before_anybody_is_shown_it(tmp_path: Path) -> None:
    ours = (HERE / "labels.yaml").read_text("utf-8")
    put(tmp_path, "labels.yaml", ours.replace("  back: Quay lại\n", ""))
    assert told(tmp_path).endswith("thiếu chữ trên nút: back; thêm vào")


def test_two_files_of_the_same_plan_are_told(tmp_path: Path) -> None:
    one, two = (put(tmp_path, f"plans/{name}.yaml", plan()) for name in ("mot", "nam"))
    assert told(tmp_path).startswith(f"{two}:1: id 'ke-hoach-mau' trùng với {one}")


FORM = """\
id: mau
title: MẪU
named_by: ten
steps:
  - {id: ten, name: Tên, label: Tên, accept: text, ask: Tên gì?, example: Cầu}
  - {id: ai, name: Ai, label: Ai, accept: name, ask: Ai làm?, example: Bảy}
"""


def test_a_form_of_ones_own_is_there_beside_ours(tmp_path: Path, library: Library) -> None:
    put(tmp_path, "forms/mau.yaml", FORM)
    assert check(tmp_path) == []
    assert {*load(tmp_path).forms} - {*library.forms} == {"mau"}


@pytest.mark.parametrize(
    ("old", "new", "line", "what"),
    [
        ("id: ai", "id: ten", 6, "bước 'ten': mã này đã dùng ở trên"),
        ("named_by: ten", "named_by: name", 3, "named_by nêu bước không có: name"),
    ],
)
def test_a_form_whose_parts_do_not_fit_is_told_at_its_line(
    tmp_path: Path, old: str, new: str, line: int, what: str
) -> None:
    path = put(tmp_path, "forms/mau.yaml", FORM.replace(old, new))
    assert told(tmp_path).startswith(f"{path}:{line}: {what}")


def test_two_files_of_the_same_form_are_told(tmp_path: Path) -> None:
    one, two = (put(tmp_path, f"forms/{name}.yaml", FORM) for name in ("mot", "nam"))
    assert told(tmp_path).startswith(f"{two}:1: id 'mau' trùng với {one}")


UNREAD = {
    "plans/mau.yml": "đổi tên tệp thành .yaml",
    "plan/mau.yaml": "chỉ đọc plans/*.yaml, forms/*.yaml",
    "plans/2026/mau.yaml": "tệp này không được đọc",
    "lexicons.yaml": "tệp này không được đọc",
    "messages/talk/start.txt": "tệp này không được đọc",
}


def test_files_that_nobody_reads_are_told_beside_what_else_is_wrong(tmp_path: Path) -> None:
    paths = {str(put(tmp_path, name, plan())): what for name, what in UNREAD.items()}
    put(tmp_path, ".git/config", "let be")
    problems = {each.file: each for each in check(tmp_path)}
    assert problems.keys() == paths.keys()
    assert all(problems[at].line == 1 and what in problems[at].what for at, what in paths.items())
    wrong = put(tmp_path, "topics.yaml", "topics: 1")
    assert {each.file for each in check(tmp_path)} == {*paths, str(wrong)}


def test_a_mark_at_the_start_of_a_file_and_words_like_no_are_read_as_written(
    tmp_path: Path,
) -> None:
    words = "\ufeffsays: [no, yes, on, off, 2025-06-02]\nis: true"
    source = read(put(tmp_path, "chu.yaml", words))
    assert source.value == {"says": ["no", "yes", "on", "off", "2025-06-02"], "is": True}
