"""What staff decide as content: groups of alike questions, new entries, the file they stand in."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from content.alike import grouped
from content.check import astray, check_entry
from content.entries import ADVICE, MAX_LABEL
from content.fold import plain
from content.lessons import (
    Taught,
    clause_of,
    clauses_near,
    faults,
    leads_elsewhere,
    new_entry,
    taught,
    unstated,
)
from content.library import Library
from content.notes import noted
from content.read import parsed
from content.schema import Plan
from content.shelf import Shelf

PLAN = "vinh-thuan-2025"
ADDITION = f"additions/{PLAN}-hoi-dap.yaml"


@pytest.fixture
def plan(library: Library) -> Plan:
    return library.plans[PLAN]


def test_the_same_question_in_other_words_is_one_group(library: Library) -> None:
    asked = [
        "có xe đưa đón đi dự lễ tổng kết không",
        "một người được nhận mấy lần bằng khen",
        "le tong ket co xe dua don ko",
        "1 người dc nhan may lan bang khen",
        "tong ket co xe dua don hong vay em",
    ]
    assert grouped(library.index, asked) == [[0, 2, 4], [1, 3]]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("giấy khen có tiền không", "bằng khen có tiền không"),
        ("bằng khen cho tập thể có tiền không", "bằng khen cho cá nhân có tiền không"),
        ("gửi sau ngày 30/6 được không", "gửi sau ngày 30/5 được không"),
    ],
)
def test_what_is_about_another_award_people_or_day_is_another_group(
    library: Library, one: str, other: str
) -> None:
    assert grouped(library.index, [one, other]) == [[0], [1]]


SAYS = ("Có, bà con cứ gửi.", "Hạn nộp hồ sơ", "2 quyển.", "Không\ncần (5 triệu) đâu " * 3)


@given(
    asked=st.text(min_size=1, max_size=300).filter(str.strip),
    number=st.integers(1, 10**9),
    say=st.sampled_from(SAYS),
)
def test_whatever_was_asked_becomes_an_entry_that_the_check_accepts(
    library: Library, asked: str, say: str, number: int
) -> None:
    plan, way = library.plans[PLAN], " ".join(asked.split()) or "?"
    lesson = new_entry(plan, number, say, ADVICE, [way])
    new = taught(plan, lesson)
    entry = new.entry(lesson.entry)
    assert entry
    assert not [*check_entry(new, entry)]
    assert len(entry.label) <= MAX_LABEL
    assert plain(entry.label) not in {plain(each.label) for each in plan.entries}


@pytest.mark.parametrize(
    ("say", "kept"),
    [
        (
            "Nộp trước ngày 02/6/2025, hỏi lại ngày 03/6/2025.",
            "Nộp trước ngày {dossier-deadline.day}, hỏi lại ngày 03/6/2025.",
        ),
        ("Từ 2/6/2025 đến 12/6/2025.", "Từ {dossier-deadline.day} đến 12/6/2025."),
        ("Ngày 02/6 hằng năm.", "Ngày 02/6 hằng năm."),
    ],
)
def test_a_day_that_the_plan_stores_is_referred_to(plan: Plan, say: str, kept: str) -> None:
    lesson = new_entry(plan, 1, say, ADVICE, ["nộp sao"])
    assert lesson.added
    assert lesson.added["say"] == kept
    assert not faults(plan, lesson)


def test_what_is_wrong_with_an_answer_is_told(plan: Plan) -> None:
    assert "dòng đầu dài quá" in faults(plan, new_entry(plan, 1, "dài " * 80, ADVICE, ["a"]))[0]
    assert "không còn mục" in faults(plan, Taught(PLAN, "khong-co", ("a",)))[0]


def test_a_figure_must_stand_in_the_clause_that_is_named(plan: Plan) -> None:
    say = "Đóng thành 2 quyển, gửi trước ngày 02/6/2025."
    assert unstated(plan, new_entry(plan, 1, say, "IV.1", ["đóng sao"])) == ["2"]
    assert unstated(plan, new_entry(plan, 1, say, ADVICE, ["đóng sao"])) == []


def test_words_that_belong_to_an_entry_lead_nowhere_else(library: Library) -> None:
    words = "hạn nộp hồ sơ"
    assert leads_elsewhere(library, PLAN, "report-deadline", words) == "Hạn nộp hồ sơ"
    assert not leads_elsewhere(library, PLAN, "dossier-deadline", words)
    assert not leads_elsewhere(library, PLAN, "report-deadline", "hồ sơ đóng thành mấy quyển")


@pytest.mark.parametrize("typed", ["IV.2", "iv.2", "mục IV.2", "muc iv 2"])
def test_a_clause_is_understood_however_it_is_typed(plan: Plan, typed: str) -> None:
    assert clause_of(plan, typed) == "IV.2"


def test_a_clause_that_is_not_there_brings_those_that_are_near(plan: Plan) -> None:
    assert clause_of(plan, "IV.9") == ""
    assert "IV.2" in clauses_near(plan, "IV.9")


def test_notes_keep_what_is_there_and_take_nothing_twice() -> None:
    by_hand = f"# tay\nplan: {PLAN}\nphrasings: {{title: [tên gì]}} # nhớ\n"
    more = noted(by_hand, Taught(PLAN, "title", ("TÊN GÌ", "gọi là gì", "ten")), ["tên"])
    assert more == by_hand.replace("[tên gì]", "[tên gì, gọi là gì]")
    assert noted(more, Taught(PLAN, "title", ("goi la gi",)), ()) == more


def test_words_are_read_again_as_they_were_written(plan: Plan) -> None:
    lesson = new_entry(plan, 1, "7:30", ADVICE, ["1_000", "=", "hẹn mấy giờ"])
    text = noted("", lesson, ())
    assert parsed(Path(ADDITION), text).value["entries"] == [lesson.added]
    assert "- hẹn mấy giờ\n" in text  # bare where it can be


def test_a_way_to_ask_that_leads_elsewhere_by_now_is_told_at_its_line(
    library: Library, tmp_path: Path
) -> None:
    path = tmp_path / ADDITION
    path.parent.mkdir(parents=True)
    ways = "phrasings:\n  dossier:\n    - hồ sơ đóng thành mấy quyển\n    - hạn nộp hồ sơ\n"
    path.write_text(f"plan: {PLAN}\n{ways}", encoding="utf-8")
    told = [str(each) for each in astray(library, Shelf(tmp_path)) if each.line == 5]
    assert told[0].startswith(f"{path}:5: cách hỏi 'hạn nộp hồ sơ' của mục 'dossier' nay dẫn tới")
