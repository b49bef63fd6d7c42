"""Typed dates: a day, or the days of a month, quarter or part of one; and how they are shown."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

from content.when import WEEKDAYS, day
from handlers.errors import Invalid
from handlers.values.calendar_words import FILLERS, marks
from handlers.values.moments import Chunk, Moment, moments
from handlers.values.spans import Ahead, Length, Part, Rough, Span, Weekday

NUMBER = re.compile(r"(?<![@-])[0-9]")
OPEN = ("before", "after")
JOINTS = ("to", "~", "-", "from")

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


def heard(text: str, today: date) -> tuple[Chunk, ...]:
    """What a text says of days; nothing where it says that it says none.

    Raises Invalid for the lunar calendar and for a weekday that its date is not.
    """
    words = marks(text)
    chunks = tuple(moments(words, today))
    if "lunar" in chunks:
        raise Invalid("invalid/lunar", example=day(today))
    unclear = any(isinstance(chunk, str) and chunk not in FILLERS for chunk in chunks)
    if "no" in chunks or (unclear and not NUMBER.search(words)):
        return ()
    return tuple(dated(without_weekdays(chunks, today)))


def without_weekdays(chunks: Sequence[Chunk], today: date) -> Iterator[Chunk]:
    """Drop the weekday beside a date once they agree."""
    for here, chunk in enumerate(chunks):
        beside = [*chunks[max(0, here - 1) : here], *chunks[here + 1 : here + 3]]
        full = [c for c in beside if isinstance(c, Rough) and c.day and c.month]
        if not isinstance(chunk, Weekday) or not full:
            yield chunk
            continue
        said = full[0].near(today).first
        if said.weekday() != chunk.number:
            raise Invalid("invalid/weekday", day=day(said), weekday=WEEKDAYS[said.weekday()])


def dated(chunks: Iterator[Chunk]) -> Iterator[Chunk]:
    """Give a year that stands alone to what was said without one: năm 2025, từ 5/3 …"""
    found = list(chunks)
    years = [c for c in found if isinstance(c, Rough) and c.months == 12 and not c.part]
    lacking = [c for c in found if isinstance(c, Rough) and c.year is None]
    if len(years) != 1 or not lacking:
        yield from found
        return
    for chunk in found:
        if isinstance(chunk, Rough) and chunk.year is None:
            yield replace(chunk, year=years[0].year)
        elif chunk is not years[0]:
            yield chunk


def date_of(text: str, today: date) -> date | Span:
    """The day that was typed, or the days where a month, quarter or part of one was.

    Without a year it is this year's, or next year's if that is less than two months away while
    this year's is over. Raises Invalid.
    """
    chunks = heard(text, today)
    said = [c for c in chunks if isinstance(c, Moment)]
    rest = any(isinstance(c, int | Length) or c in OPEN for c in chunks)
    if not said or rest:
        raise Invalid("invalid/date", example=day(today))
    found = narrowest([moment.near(today) for moment in said])
    if found is None:
        raise Invalid("invalid/date", example=day(today))
    return found.first if found.first == found.last else found


def narrowest(spans: Sequence[Span]) -> Span | None:
    """The span that lies in all others; None where they contradict each other."""
    least = min(spans, key=lambda span: span.last - span.first)
    return least if all(least in span for span in spans) else None


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
