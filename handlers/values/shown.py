"""How days and periods are shown; typed back, each is understood as the same."""

from __future__ import annotations

from datetime import date

from content.when import day
from handlers.values.spans import Part, Rough, Span

NAMES: tuple[tuple[str, int, Part], ...] = (
    ("năm {year}", 12, ""),
    ("quý {quarter}/{year}", 3, ""),
    ("tháng {month}/{year}", 1, ""),
    ("đầu tháng {month}/{year}", 1, "head"),
    ("giữa tháng {month}/{year}", 1, "mid"),
    ("cuối tháng {month}/{year}", 1, "tail"),
    ("nửa đầu tháng {month}/{year}", 1, "firsthalf"),
    ("nửa cuối tháng {month}/{year}", 1, "lasthalf"),
    ("đầu năm {year}", 12, "head"),
    ("giữa năm {year}", 12, "mid"),
    ("cuối năm {year}", 12, "tail"),
    ("nửa đầu năm {year}", 12, "firsthalf"),
    ("nửa cuối năm {year}", 12, "lasthalf"),
)


def show_date(value: date | Span) -> str:
    """``05/4/2025``, ``tháng 7/2025``, ``quý 3/2025``, ``cuối tháng 3/2025``."""
    if isinstance(value, date):
        return day(value)
    first = value.first
    for name, months, part in NAMES:
        month = (first.month - 1) // months * months + 1
        if Rough(first.year, month, None, months, part).within(first.year) == value:
            return name.format(year=first.year, month=month, quarter=month // 3 + 1)
    return f"{day(first)} – {day(value.last)}"


def show_period(value: Span) -> str:
    """``từ 05/3/2025 đến 10/7/2025``: both days in full, as the official sheet asks for them."""
    return f"từ {day(value.first)} đến {day(value.last)}"
