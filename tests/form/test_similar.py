"""Which names are those of one initiative: measured on pairs that people would write."""

from __future__ import annotations

from pathlib import Path

import pytest

from content.fold import plain
from handlers.similar import alike, overlap

PAIRS = (Path(__file__).parent / "names.txt").read_text(encoding="utf-8").splitlines()


def found(mark: str) -> list[bool]:
    """Of the pairs with this mark (= the same, ! not), which count as alike."""
    pairs = [line[1:].split("|") for line in PAIRS if line.startswith(mark)]
    return [alike(plain(one), plain(other)) for one, other in pairs]


def test_most_that_mean_the_same_are_found_and_none_that_do_not() -> None:
    assert (len(found("=")), len(found("!"))) == (20, 20)
    assert sum(found("=")) >= 18
    assert sum(found("!")) == 0


def test_a_name_that_is_part_of_many_others_is_like_itself_alone() -> None:
    assert alike("vuon rau", "vuon rau")
    assert not alike("vuon rau", "vuon rau sach cong doan")
    assert not alike("", "")


@pytest.mark.parametrize(
    ("other", "both"),
    [(("2025-06-30", "2025-07-01"), True), (("2025-07-01", "2025-08-01"), False), (None, False)],
)
def test_days_overlap_from_the_first_they_share(other: tuple[str, str] | None, both: bool) -> None:
    assert overlap(("2025-03-01", "2025-06-30"), other) is both
