"""A kept value is shown even where its field has changed since."""

from __future__ import annotations

from typing import Any, get_args

import pytest

from content.schema import Step
from handlers.fields import show

KINDS = get_args(Step.model_fields["accept"].annotation)
KEPT: list[tuple[Any, str]] = [
    ("HTX Tân Thuận", "HTX Tân Thuận"),
    ("khoảng 200 triệu", "khoảng 200 triệu"),
    (250_000_000, "250 triệu đồng"),
    ({"min": 100_000_000, "max": 150_000_000}, "từ 100 đến 150 triệu đồng"),
    ({"start": "2025-03-01", "end": "2025-06-30"}, "từ 01/3/2025 đến 30/6/2025"),
]


def field(kind: str) -> Step:
    facts = {"id": "a", "name": "a", "label": "a", "ask": "a", "example": "a"}
    return Step.model_validate({**facts, "accept": kind})


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(("kept", "shown"), KEPT)
def test_a_kept_value_is_shown_as_what_it_is_whatever_its_field_takes_now(
    kind: str, kept: Any, shown: str
) -> None:
    assert show(field(kind), kept) == shown


def test_a_phone_number_is_shown_in_groups_in_its_own_field_alone() -> None:
    assert show(field("phone"), "0912345678") == "0912 345 678"
    assert show(field("text"), "0912345678") == "0912345678"
