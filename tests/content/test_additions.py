"""What an office adds to plans: how it joins them, and what is told where it does not fit."""

from __future__ import annotations

from pathlib import Path

import pytest

from content.check import check, proven
from content.library import Library, load
from content.read import Broken
from tests.content.plan import plan

MINE = "ke-hoach-mau"
RICE = """\
entries:
  - id: rice
    kind: advice
    clause: cán bộ trả lời
    label: Góp gạo
    say: Góp gạo được tính, hạn trước {dossier-deadline.day}.
    ask: [góp gạo được không]
    see: [dossier-deadline]
"""


def put(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


@pytest.fixture
def office(tmp_path: Path) -> Path:
    """An office's folder with a plan of its own."""
    put(tmp_path, "plans/mau.yaml", plan())
    return tmp_path


def test_everything_that_is_added_is_part_of_the_plan_and_of_no_other(
    office: Path, library: Library
) -> None:
    put(office, "documents/van-ban.pdf", "%PDF")
    texts = (
        "aliases: [xã Tân Hội]\nrenamed: {Công đoàn cơ sở: Công đoàn xã}\n",
        "contact: chị Lan\ndocument: van-ban.pdf\npages: {I: 2}\n"
        "two_officers: true\nregistration: {after: refuse}\n"
        "phrasings: {period: [kéo dài ra sao], rice: [nộp lúa thay tiền]}\n",
        RICE,
    )
    for number, text in enumerate(texts):
        put(office, f"additions/{number}.yaml", f"plan: {MINE}\n{text}")
    found = proven(office)
    assert {**found.plans, MINE: None} == {**library.plans, MINE: None}
    assert found.documents == {"van-ban.pdf": office / "documents/van-ban.pdf"}
    whole = found.plans[MINE]
    assert whole.aliases == ("huyện Tân Lập", "xã Tân Hội")
    assert whole.renamed == {"Công đoàn cơ sở": "Công đoàn xã"}
    assert (whole.two_officers, whole.registration.after) == (True, "refuse")
    assert (whole.contact, whole.document, whole.pages) == ("chị Lan", "van-ban.pdf", {"I": 2})
    period, rice = whole.entry("period"), whole.entry("rice")
    assert period
    assert rice
    assert period.ask[-2:] == ("mấy tháng", "kéo dài ra sao")
    assert whole.words(rice) == "Góp gạo được tính, hạn trước 02/6/2025."
    assert rice.ask == ("góp gạo được không", "nộp lúa thay tiền")
    assert "cán bộ trả lời" in whole.clauses


def test_the_page_of_a_clause_is_its_own_or_that_of_the_clause_around_it(library: Library) -> None:
    ours = library.plans["vinh-thuan-2025"]
    paged = ours.model_copy(update={"pages": {"III.2": 3, "III.2.2.1.a": 4}})
    assert paged.page("III.2.2.1.a (ý 3)") == ("III.2.2.1.a", 4)
    assert paged.page("III.2.2.1.b (ý 1)") == ("III.2", 3)
    assert paged.page("III.2") == ("III.2", 3)
    assert paged.page("III.1") is None
    assert paged.page("bảng đăng ký 5 (ý 1)") is None


def test_a_broken_addition_stops_the_start_like_any_other_file(office: Path) -> None:
    put(office, "additions/0.yaml", f"plan: {MINE}\nphrasings: {{lost: [một]}}\n")
    with pytest.raises(Broken):
        load(office)


MISSHAPEN = [
    ("plan: ke-hoach-la\n", 1, "không có kế hoạch 'ke-hoach-la'; đang có: plan-"),
    ("contact: chị Lan\n", 1, "plan: thiếu trường này"),
    (f"plan: {MINE}\nalias: [a]\n", 2, "alias: trường này không có trong mẫu"),
    (f"plan: {MINE}\naliases: Tân Hội\n", 2, "phải là danh sách"),
    (f"plan: {MINE}\nphrasings:\n  period: []\n", 3, "cần ít nhất 1"),
    (f"plan: {MINE}\nphrasings:\n  period: [một]\n  lost: [hai]\n", 4, "không có mục 'lost'"),
    (f"plan: {MINE}\npages:\n  I: 1\n  V.9: 2\n", 4, "khoản 'V.9' không có trong clauses"),
    (f"plan: {MINE}\npages: {{I: 0}}\n", 2, "phải từ 1 trở lên"),
    (f"plan: {MINE}\npages: {{I: hai}}\n", 2, "phải là số nguyên"),
    (f"plan: {MINE}\ndocument: ../secret.pdf\n", 2, "phải là địa chỉ https://…, hoặc tên"),
    (f"plan: {MINE}\ndocument: trang.html\n", 2, "đuôi doc, docx, "),
    (f"plan: {MINE}\n{RICE}".replace("id: rice", "id: period"), 3, "mã này đã dùng ở trên"),
    (f"plan: {MINE}\n{RICE}".replace("cán bộ trả lời", "V.9"), 5, "khoản 'V.9' không có"),
    (f"plan: {MINE}\n{RICE}".replace("[dossier-deadline]", "[lost]"), 9, "mã không có: lost"),
    (f"plan: {MINE}\n{RICE}".replace("advice", "title"), 8, "cần ít nhất 6"),
    (f"plan: {MINE}\n{RICE}".replace(".day", ".end"), 3, "{dossier-deadline.end} không có"),
]
ILL_WORDED = [
    (f"plan: {MINE}\nphrasings:\n  period:\n  - mới\n  - bao lau\n", 5, "bỏ dấu đi thì trùng"),
    (f"plan: {MINE}\ndocument: van-ban.pdf\n", 2, "không có tệp documents/van-ban.pdf; chép"),
    (f"plan: {MINE}\nrenamed:\n  Sở Mẫu: Sở mới\n", 3, "không nhắc tới 'Sở Mẫu'"),
    (f"plan: {MINE}\n{RICE}".replace("Góp gạo\n", "Thời gian thi đua\n"), 6, "trùng với mục"),
]


@pytest.mark.parametrize("cases", [MISSHAPEN, ILL_WORDED], ids=["misshapen", "ill-worded"])
def test_what_does_not_fit_is_told_at_its_line(
    tmp_path: Path, cases: list[tuple[str, int, str]]
) -> None:
    """Each addition to a plan of its own, all of them checked together."""
    paths = []
    for at, (text, _, _) in enumerate(cases):
        put(tmp_path, f"plans/{at}.yaml", plan(f"plan-{at}"))
        paths.append(put(tmp_path, f"additions/{at}.yaml", text.replace(MINE, f"plan-{at}")))
    problems = check(tmp_path)
    for path, (_, line, what) in zip(paths, cases, strict=True):
        told = [problem for problem in problems if problem.file == str(path)]
        assert any(each.line == line and what in each.what for each in told), (path, what, told)


def test_what_is_said_in_two_places_is_told_with_the_other_place(office: Path) -> None:
    one = put(office, "additions/1.yaml", f"plan: {MINE}\ncontact: chị Lan\npages: {{I: 1}}\n")
    two = put(office, "additions/2.yaml", f"plan: {MINE}\npages: {{I: 2}}\ncontact: anh Ba\n")
    again = "chỉ ghi một nơi, bỏ bớt một"
    assert sorted(map(str, check(office))) == [
        f"{two}:2: 'I' đã ghi ở {one}:3; {again}",
        f"{two}:3: 'contact' đã ghi ở {one}:2; {again}",
    ]


def test_a_plan_that_is_broken_itself_is_not_told_to_be_missing(office: Path) -> None:
    put(office, "additions/1.yaml", f"plan: {MINE}\n")
    broken = put(office, "plans/mau.yaml", "id: [")
    assert {problem.file for problem in check(office)} == {str(broken)}
