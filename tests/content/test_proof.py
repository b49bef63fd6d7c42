"""A figure that the document does not state where we say so is told at its line."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest

from content.check import check_plan
from content.read import Problem, read
from content.schema import Plan
from content.shaping import shaped
from content.templates import HERE


@dataclass(frozen=True)
class Change:
    """One figure written otherwise, on the line that begins so inside an entry or before them."""

    plan: str
    entry: str
    line: str
    old: str
    new: str


DAK_NONG, VINH_THUAN, YEN_BAI = "dak-nong-2025", "vinh-thuan-2025", "yen-bai-2025"
WRONG = {
    "a-deadline": Change(VINH_THUAN, "dossier-deadline", "date: ", "06-02", "06-20"),
    "the-end-of-a-period": Change(YEN_BAI, "period", "end: ", "12-31", "12-13"),
    "the-month-of-a-start": Change(YEN_BAI, "period", "start: ", "2024-11", "2024-12"),
    "the-date-of-a-document": Change(DAK_NONG, "doc-749", "date: ", "10-01", "01-10"),
    "the-number-of-a-document": Change(DAK_NONG, "doc-749", "number: ", "749", "794"),
    "the-letters-of-its-number": Change(DAK_NONG, "doc-749", "number: ", "TB-BTV", "TB-BCH"),
    "a-count-of-awards": Change(DAK_NONG, "award-merit-collective", "count: ", "2", "3"),
    "how-awards-are-split": Change(DAK_NONG, "award-merit", "split: ", "02 cho tập", "04 cho tập"),
    "a-percentage": Change(DAK_NONG, "criterion-merit-cooperative", "say: ", "70%", "75%"),
    "another-clause's-percentage": Change(DAK_NONG, "criterion-flag", "say: ", "80%", "70%"),
    "a-sum": Change(VINH_THUAN, "criterion-union-works", "say: ", "300 triệu", "350 triệu"),
    "a-sum-among-points": Change(VINH_THUAN, "criteria", '- "Cơ quan, ', "150", "105"),
    "a-number-of-years": Change(
        DAK_NONG, "criterion-merit-individual-alliance", "say: ", "03 năm", "05 năm"
    ),
    "a-number-on-a-button": Change(DAK_NONG, "content-initiative", "label: ", "01", "02"),
    "a-year-behind-the-button": Change(DAK_NONG, "issuer", "more: ", "12/2024", "12/2023"),
    "what-a-clause-is-about": Change(DAK_NONG, "", "IV.3.1.2.b: Bằng khen", "70%", "80%"),
    "a-year-in-the-plan's-name": Change(VINH_THUAN, "", "heading: ", "2025", "2035"),
}
RIGHT = {
    "a-sum": Change(
        VINH_THUAN, "criterion-union-works", "say: ", "200 - 300 triệu đồng", "200tr-300tr"
    ),
    "a-percentage": Change(DAK_NONG, "criterion-merit-cooperative", "say: ", "70%", "70 phần trăm"),
    "a-day": Change(DAK_NONG, "issuer", "more: ", "18/12/2024", "18 tháng 12 năm 2024"),
    "a-document": Change(DAK_NONG, "doc-1115", "label: ", "Kế hoạch 1115", "KH 1115/KH-BCH"),
    "phrasings": Change(
        VINH_THUAN, "dossier-deadline", "- ", "Hạn", "ngày 30/6/2031 đủ 99% chưa, Hạn"
    ),
}


def changed(change: Change, folder: Path) -> tuple[list[Problem], int]:
    """What is told of a copy of the plan with the change, and the line that it is on."""
    lines = (HERE / "plans" / f"{change.plan}.yaml").read_text("utf-8").split("\n")
    start = lines.index(f"  - id: {change.entry}") if change.entry else 0
    meant = (at for at in range(start, len(lines)) if lines[at].strip().startswith(change.line))
    line = next(at for at in meant if change.old in lines[at])
    lines[line] = lines[line].replace(change.old, change.new, 1)
    copy = folder / f"{change.plan}.yaml"
    copy.write_text("\n".join(lines), encoding="utf-8")
    source = read(copy)
    return [*check_plan(shaped(source, Plan), source)], line + 1


@pytest.mark.parametrize("name", WRONG)
def test_a_wrong_figure_is_told_at_its_line(name: str, tmp_path: Path) -> None:
    problems, line = changed(WRONG[name], tmp_path)
    assert {problem.line for problem in problems} == {line}
    assert all("không có trong khoản" in problem.what for problem in problems)


@pytest.mark.parametrize("name", RIGHT)
def test_a_figure_written_otherwise_is_right(name: str, tmp_path: Path) -> None:
    assert changed(RIGHT[name], tmp_path)[0] == []
