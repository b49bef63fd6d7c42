"""A broken content file is told by file and line, with what is wrong and how to mend it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest

from content.check import check
from content.read import Problem
from tests.content.plan import plan


@dataclass(frozen=True)
class Break:
    """One change to a right plan: what is told of it, on the line that holds ``at``."""

    old: str
    new: str
    at: str
    told: str


TWIN = """\
  - id: other-criteria
    kind: criterion
    clause: I
    label: Chuẩn khác
    say: Phải hát hay.
    ask: [hát sao, hát gì, hát ở đâu, hát bài nào, hát lúc nào, hát mấy bài]
    award: merit
    audience: [union]
    whom: "Công đoàn"
    conditions: [{id: song, clause: I, ask: Hát hay không?, short: Hát hay}]
"""

SHAPES = {
    "a-misspelt-key": Break("see: [period]", "seee: [period]", "seee", "kiểm tra chính tả"),
    "a-key-missing": Break(
        "    what: hồ sơ khen thưởng\n", "", "dossier-deadline", "← what: thiếu"
    ),
    "a-key-twice": Break("    to: ", "    by: x\n    to: ", "by: x", "viết hai lần; bỏ bớt một"),
    "no-such-clause": Break("clause: II\n", "clause: IX\n", "clause: IX", "thêm vào clauses"),
    "figures-of-no-clause": Break(
        "\n  I: [02", "\n  V: [02", "  V: [02", "khoản 'V' không có trong"
    ),
    "the-same-id": Break(
        "- id: period", "- id: dossier-deadline # hai", "# hai", "mã này đã dùng ở trên"
    ),
    "an-unknown-id": Break("see: [period]", "see: [perio]", "[perio]", "mã không có: perio"),
    "five-phrasings": Break(", mấy tháng]", "]", "thi đua lúc nào", "cần ít nhất 6, mới có 5"),
    "an-unknown-award": Break("merit", "medal", "medal", "phải là một trong: 'flag', 'merit'"),
    "an-unknown-audience": Break("[union]", "[unions]", "[unions]", "phải là một trong: 'collect"),
    "an-unknown-kind": Break("kind: period", "kind: perod", "id: period", "kind 'perod' không có"),
    "no-kind": Break("    kind: period\n", "", "id: period", "thiếu kind; thêm loại mục"),
    "a-long-label": Break(
        "Hạn nộp hồ sơ\n", "Hạn nộp hồ sơ khen thưởng\n", "hồ sơ khen thưởng\n", "dài quá 20 ký tự"
    ),
    "an-impossible-day": Break("2025-06-02", "2025-06-31", "06-31", "ngày có thật, ghi năm-tháng"),
    "a-day-as-spoken": Break("2025-06-02", "02/6/2025", "date: 02/6", "ví dụ 2025-06-02"),
    "an-impossible-month": Break("2025-07", "2025-13", "2025-13", "ví dụ 2025-06-02 hoặc 2025-07"),
    "neither-yes-nor-no": Break("inclusive: false", "inclusive: co", "inclusive: co", "true hoặc"),
    "an-unknown-slot": Break("{start}", "{begin}", "id: period", "'period' có: start, end"),
    "an-unknown-owner": Break("dossier-deadline.day}", "han.day}", "id: period", "{han.day} không"),
    "a-slug-with-marks": Break("id: period", "id: thời-gian", "thời-gian", "chữ thường không dấu"),
    "no-yaml": Break("label: Thời", "label: [Thời", "    start:", "YAML sai cú pháp: "),
    "a-tab": Break("  - id: period", "\t- id: period", "\t- id", "xem lại thụt dòng"),
    "a-wording-without-quotes": Break("name: KH mẫu", "name: {{ ten }}", "name: ", "đặt dấu nháy"),
    "a-list-for-a-key": Break("name: KH mẫu", "? [a]\n: KH mẫu", "? [a]", "khoá phải là chữ"),
    "a-number-for-a-key": Break("name: KH mẫu", "12: KH mẫu", "12: ", "khoá phải là chữ"),
    "lines-from-elsewhere": Break("name: KH mẫu", "<<: {name: KH}", "<<: ", "thay cho <<"),
    "a-quote-of-another-code": Break("KH mẫu", "KH \x93mẫu", "name: ", "ký tự điều khiển"),
    "a-part-of-itself": Break("name: KH mẫu", "name: &a [*a]", "id: ", "chứa chính nó"),
    "forced-into-a-number": Break("name: KH mẫu", "name: !!int ba", "name: ", "bỏ dấu ! ở trước"),
    "a-set": Break("name: KH mẫu", "name: !!set {a, b}", "name: ", "không dùng '!!set' ở đây"),
    "a-program": Break("name: KH mẫu", "name: !!python/name:os.x a", "name: ", "bỏ dấu !"),
    "a-hidden-letter": Break("Thi đua từ", "Thi đua \x01từ", "\x01", "ký tự điều khiển"),
    "no-other-name": Break("[huyện Tân Lập]", "[]", "aliases", "cần ít nhất 1, mới có 0"),
    "no-such-form": Break("bang-dang-ky", "bang-khac", "bang-khac", "không có trong forms/"),
    "an-empty-text": Break("KH mẫu", '" "', "name: ", "name: "),
    "a-number-for-words": Break("KH mẫu", "12", "name: 12", "đặt trong dấu nháy"),
    "a-condition-nowhere": Break(
        "trees, clause: I,", "trees, clause: IX,", "trees", "'IX' không có"
    ),
    "a-condition-twice": Break(
        "id: roads", "id: trees", "5 đường, either", "trùng mã với điều khác"
    ),
    "one-of-one": Break("10 cây, either: work", "10 cây", "id: roads", "mới có một điều"),
    "for-no-award": Break(
        "    award: merit\n    audience: [union]\n    whom",
        "    audience: [union]\n    whom",
        "id: criteria",
        "cần cả award",
    ),
    "for-nobody-named": Break("    whom: Công đoàn\n", "", "id: criteria", "cần cả whom"),
    "for-the-same-twice": Break(
        "  - id: period", f"{TWIN}  - id: period", "whom: Công đoàn\n", "whom 'Công đoàn' trùng"
    ),
    "met-perhaps": Break("met_by: no", "met_by: chưa", "met_by: chưa", "phải là một trong: 'yes'"),
    "a-long-question": Break(
        "10 cây chưa?", f"10 cây chưa {'thật ' * 60}?", "trees", "dài quá 300"
    ),
    "a-long-line": Break(
        "short: Trên 10 cây", f"short: Trên {'10 cây ' * 12}", "trees", "dài quá 80"
    ),
    "a-lost-slot-in-a-question": Break(
        "Đến {dossier-", "Đến {x-", "id: criteria", "{x-deadline.day} không"
    ),
    "no-mapping": Break(plan("no-mapping"), "- một\n- hai\n", "- một", "các dòng 'khoá: giá trị'"),
}

WORDINGS = {
    "a-date-written-out": Break(
        "trước {dossier-deadline.day}", "trước 2/6/2025", "id: period", "{"
    ),
    "a-month-end-written-out": Break("từ {start}", "từ 01-03-2025", "id: period", "{period.start}"),
    "a-date-in-words": Break(
        "trước {dossier-deadline.day}",
        "trước ngày 02 tháng 6 năm 2025",
        "id: period",
        "-deadline.day",
    ),
    "a-date-half-in-words": Break(
        "từ {start}", "từ 1 Tháng 3/2025", "id: period", "{period.start}"
    ),
    "a-date-without-its-year": Break(
        "trước {dossier-deadline.day}", "trước ngày 2/6", "id: period", "-deadline.day"
    ),
    "a-figure-that-no-clause-states": Break(
        "[02/6/2025,", "[03/6/2025,", "    date: ", "con số '02/6/2025' không có trong khoản I;"
    ),
    "braces-left-open": Break("{end}, hồ", "{end, hồ", "id: period", "còn dấu { hoặc }"),
    "an-answer-too-long": Break(
        "Kế hoạch không nêu điều 1.", f'"{"Dài. " * 130}"', "- id: summary", "dời bớt sang more"
    ),
    "a-first-line-too-long": Break(
        "Kế hoạch không nêu điều 1.", f'"{"Dài. " * 53}"', "- id: summary", "dòng đầu dài quá 260"
    ),
    "a-date-in-a-condition": Break("{dossier-deadline.day} bị", "2/6/2025 bị", "id: criteria", "{"),
    "a-figure-in-a-condition": Break(
        "short: Trên 10", "short: Trên 12", "short: Trên 12", "con số '12' không có trong khoản I"
    ),
    "two-phrasings-alike": Break(
        "điều 1 hai", "dieu 1 mot", "ask: [điều 1 một, dieu 1 mot", "bỏ dấu đi thì trùng"
    ),
    "a-label-twice": Break("label: Điều 2\n", "label: ĐIỀU 1\n", "ĐIỀU 1", "trùng với mục khác"),
    "a-clause-unanswered": Break(
        "  II: Th", "  III: Khen\n  II: Th", "  III: ", "khoản 'III' chưa"
    ),
    "a-question-left-out": Break(
        "id: signer", "id: khac", "entries:", "thiếu mục 'signer': trả lời"
    ),
}


def shelve(folder: Path, breaks: dict[str, Break]) -> None:
    """Write a broken plan for each break."""
    (folder / "plans").mkdir()
    for name, each in breaks.items():
        text = plan(name)
        assert each.old in text, name
        broken = text.replace(each.old, each.new, 1)
        (folder / "plans" / f"{name}.yaml").write_text(broken, encoding="utf-8")


@pytest.fixture(scope="module")
def misshapen(tmp_path_factory: pytest.TempPathFactory) -> list[Problem]:
    """What is told of all the misshapen plans together."""
    folder = tmp_path_factory.mktemp("misshapen")
    shelve(folder, SHAPES)
    return check(folder)


@pytest.fixture(scope="module")
def ill_worded(tmp_path_factory: pytest.TempPathFactory) -> list[Problem]:
    """What is told of all the plans together whose shape is right and whose words are not."""
    folder = tmp_path_factory.mktemp("worded")
    shelve(folder, WORDINGS)
    return check(folder)


def held(problems: list[Problem], name: str, each: Break) -> None:
    """The break is told at its line, and every line of its file is told as ``file:line: what``."""
    text = plan(name).replace(each.old, each.new, 1)
    line = text[: text.index(each.at)].count("\n") + 1
    mine = [problem for problem in problems if Path(problem.file).stem == name]
    told = [problem for problem in mine if each.told in problem.what]
    assert line in [problem.line for problem in told], [str(problem) for problem in mine]
    assert all(str(problem).startswith(f"{problem.file}:{problem.line}: ") for problem in mine)


@pytest.mark.parametrize("name", SHAPES)
def test_a_misshapen_plan_is_told_at_its_line(name: str, misshapen: list[Problem]) -> None:
    held(misshapen, name, SHAPES[name])


@pytest.mark.parametrize("name", WORDINGS)
def test_an_ill_worded_plan_is_told_at_its_line(name: str, ill_worded: list[Problem]) -> None:
    held(ill_worded, name, WORDINGS[name])


def test_every_problem_is_told_at_once_and_each_in_vietnamese(
    misshapen: list[Problem], ill_worded: list[Problem]
) -> None:
    assert {Path(problem.file).stem for problem in misshapen} == set(SHAPES)
    assert {Path(problem.file).stem for problem in ill_worded} == set(WORDINGS)
    for problem in (*misshapen, *ill_worded):
        assert "Input should" not in problem.what
        assert "Value error" not in problem.what


def test_a_right_plan_has_no_problem(tmp_path: Path) -> None:
    shelve(tmp_path, {"mot": Break("KH mẫu", "KH mẫu", "", "")})
    assert check(tmp_path) == []


def test_what_we_ship_has_no_problem() -> None:
    assert check() == []
