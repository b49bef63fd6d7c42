"""Values as plain JSON."""

from __future__ import annotations

import pytest

from handlers.values.batch import parse
from tests.values.tables import TODAY


@pytest.mark.parametrize(
    ("kind", "typed", "value"),
    [
        ("date", "5/4", "2025-04-05"),
        ("date", "tháng 7", {"from": "2025-07-01", "to": "2025-07-31"}),
        ("date", "31/6", None),
        ("date_range", "10-25/3", {"start": "2025-03-10", "end": "2025-03-25"}),
        ("date_range", "5/3", None),
        ("money", "2 tỷ 3", 2_300_000_000),
        ("money", "100-150tr", {"min": 100_000_000, "max": 150_000_000}),
        ("money", "tiền tỷ", None),
    ],
)
def test_a_text_becomes_json(kind: str, typed: str, value: object) -> None:
    assert parse(kind, typed, TODAY) == value
