"""Every refusal has its words, and every fact they need."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime, time
from pathlib import Path

import pytest
from jinja2 import Environment, FileSystemLoader, StrictUndefined

import content
import handlers.values
from handlers.errors import Invalid
from handlers.values import date_of, money_of, period_of, phone_of
from handlers.values.hours import hour_of
from handlers.values.percent import percent_of
from tests.values.tables import TODAY

MESSAGES = Path(content.__file__).parent / "messages"
KEYS = {
    key
    for file in Path(handlers.values.__file__).parent.glob("*.py")
    for key in re.findall(r'"(invalid/[a-z-]+)"', file.read_text(encoding="utf-8"))
}

REFUSALS: tuple[tuple[Callable[[str], object], str], ...] = (
    (lambda text: date_of(text, TODAY), "hổng biết | 30/2 | tháng 14 | quý 5 | 5/4/1800"),
    (lambda text: date_of(text, TODAY), "thứ hai 19/3/2025 | rằm tháng 7"),
    (lambda text: period_of(text, TODAY), "từ từ | 5/3 | đến 30/6 | 10/7/2025 đến 5/3/2025"),
    (money_of, "tiền tỷ | 200 | 150-100 triệu | 1 triệu tỷ | 500 đô | âm 10 triệu"),
    (phone_of, "abc | 01687654321"),
    (lambda text: hour_of(text, datetime.combine(TODAY, time(8)), time(7, 30)), "25h30"),
    (percent_of, "chắc xong rồi | 150%"),
)


def refusals() -> list[Invalid]:
    found = []
    for reader, texts in REFUSALS:
        for text in texts.split(" | "):
            with pytest.raises(Invalid) as refusal:
                reader(text)
            found.append(refusal.value)
    return found


def test_every_reason_can_be_met_and_is_worded_with_an_example() -> None:
    words = Environment(
        loader=FileSystemLoader(MESSAGES), undefined=StrictUndefined, autoescape=False
    )
    met = refusals()
    for refusal in met:
        said = words.get_template(f"{refusal.reason}.j2").render(refusal.facts)
        assert "í dụ: " in said
        assert len(said) <= 200
    assert {refusal.reason for refusal in met} == KEYS
