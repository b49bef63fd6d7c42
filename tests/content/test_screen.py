"""What is said of several plans at once fits the screen of a phone."""

from __future__ import annotations

from datetime import date
from itertools import combinations

from content.library import Library
from handlers.answers import plans, stated

SCREEN = 600  # characters
TODAY = date(2025, 4, 15)


def test_a_comparison_of_two_plans_fits(library: Library) -> None:
    compared = [
        ((one.id, entry.id), (other.id, entry.id))
        for one, other in combinations(library.plans.values(), 2)
        for entry in one.entries
        if other.entry(entry.id)
    ]
    assert compared
    lengths = {keys: len(stated(library, keys, TODAY).text) for keys in compared}
    assert not {keys: length for keys, length in lengths.items() if length > SCREEN}


def test_the_list_of_plans_fits(library: Library) -> None:
    assert len(plans(library, "Lâm Đồng").text) <= SCREEN
