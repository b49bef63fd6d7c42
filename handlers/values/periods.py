"""Typed periods: from one moment to another, a named month or quarter, or so long from a day."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise
from typing import TypeGuard

from content.when import day
from handlers.errors import Invalid
from handlers.values.hearing import JOINTS, heard
from handlers.values.moments import Chunk, Moment
from handlers.values.spans import DAY, Ahead, Length, Rough, Span, Weekday

HALF_YEAR = timedelta(days=184)  # so long may a period without years run across New Year
YEAR = timedelta(days=366)


def period_of(text: str, today: date) -> Span:
    """The first and last day of the period that was typed.

    A missing year is the other end's, or the next or the previous one where the period then runs
    across New Year for at most half a year. Raises Invalid.
    """
    chunks = heard(text, today)
    ends = [c for c in chunks if isinstance(c, Moment | int)]
    lengths = [c for c in chunks if isinstance(c, Length)]
    if len(ends) == 2 and (ahead := [c for c in ends if isinstance(c, Ahead)]):
        lengths, ends = [ahead[0].length], [c for c in ends if c is not ahead[0]]
    match ends, lengths:
        case [Rough() | Span() | Ahead() | Weekday() as only], []:
            return alone(only, chunks, today)
        case [Rough() | Span() | Weekday() as start], [length]:
            return lasting(start, length, chunks, today)
        case [_, _, *_], _:
            return joined(chunks, today) or in_a_row(ends, today)
    raise unclear(today)


def joined(chunks: Sequence[Chunk], today: date) -> Span | None:
    """From one moment to the other, where a text says just two and joins them."""
    match [c for c in chunks if isinstance(c, Moment | int)]:
        case [start, end] if any(joint in chunks for joint in JOINTS):
            if backwards(chunks):
                start, end = end, start
            return between(*completed(start, end, today), today)
    return None


def backwards(chunks: Sequence[Chunk]) -> bool:
    """Whether the end is said first: ``xong 30/6, bắt đầu 1/3``."""
    joints = [c for c in chunks if c in ("from", "to") or isinstance(c, Moment | int)]
    return len(joints) == 4 and joints[0] == "to" and joints[2] == "from"


def unclear(today: date) -> Invalid:
    example = Length(months=3).beginning(today)
    return Invalid("invalid/period", start=day(example.first), end=day(example.last))


def alone(only: Moment, chunks: Sequence[Chunk], today: date) -> Span:
    """A whole month or the like; one end of a period does not make one."""
    if isinstance(only, Ahead):
        return only.length.beginning(today)
    span = only.near(today)
    if "from" in chunks and "to" not in chunks:
        raise no_end(span.first)
    ends = "to" in chunks or (isinstance(only, Rough) and only.part == "end")
    if ends and "from" not in chunks:
        start = span.last - 90 * DAY
        raise Invalid("invalid/start-missing", end=day(span.last), start=day(start))
    if span.first == span.last and "in" not in chunks:
        raise no_end(span.first)
    return span


def no_end(start: date) -> Invalid:
    end = Length(months=3).beginning(start).last
    return Invalid("invalid/end-missing", start=day(start), end=day(end))


def lasting(start: Moment, length: Length, chunks: Sequence[Chunk], today: date) -> Span:
    """``3 tháng kể từ 1/3``; counted back from the end in ``3 tháng đến 30/6``."""
    span = start.near(today)
    if "to" in chunks and "from" not in chunks:
        return length.ending(closing(start, span))
    return length.beginning(opening(start, span))


def opening(moment: Moment, span: Span) -> date:
    """Where a period begins that begins then: the middle of a month is its 15th."""
    if isinstance(moment, Rough) and moment.part == "mid":
        return middle(moment, span) + (DAY if moment.months == 12 else 0 * DAY)
    return span.first


def closing(moment: Moment, span: Span) -> date:
    if isinstance(moment, Rough) and moment.part == "mid":
        return middle(moment, span)
    return span.last


def middle(moment: Rough, span: Span) -> date:
    return replace(moment, part="firsthalf").within(span.first.year).last


def completed(start: Moment | int, end: Moment | int, today: date) -> tuple[Moment, Moment]:
    """Both ends, each with what only the other one says: 10-25/3, từ ngày 10 tới ngày 25/3."""
    if isinstance(start, int) and isinstance(end, int):
        raise unclear(today)
    return borrowed(start, end, today), borrowed(end, start, today)


def borrowed(lacking: Moment | int, other: Moment | int, today: date) -> Moment:
    if isinstance(lacking, int):
        if not isinstance(other, Rough) or other.months == 12:
            raise unclear(today)
        if other.day:
            return replace(other, day=lacking, part="")
        return replace(other, month=(lacking - 1) * other.months + 1, part="")
    if not isinstance(lacking, Rough) or not isinstance(other, Rough):
        return lacking
    if lacking.month is None and other.day and other.month:
        return replace(other, day=lacking.day, part="")
    return lacking


def between(start: Moment, end: Moment, today: date) -> Span:
    """The period from one moment to the other, years found; raise Invalid where it runs back."""
    tried = []
    for first, last in in_years(start, end, today):
        tried.append(Span(opening(start, first), closing(end, last)))
        found = tried[-1]
        ahead = found.first >= today and not yearless(end)
        limit = YEAR if ahead or isinstance(start, Span) else HALF_YEAR
        if found.first <= found.last and (len(tried) == 1 or found.last - found.first <= limit):
            return found
    facts = {"start": day(tried[0].first), "end": day(tried[0].last)}
    raise Invalid("invalid/end-before-start", **facts)


def in_years(start: Moment, end: Moment, today: date) -> Iterator[tuple[Span, Span]]:
    """Both ends in the years that may be meant, the likeliest first."""
    if yearless(start) and not yearless(end):
        last = end.near(today)
        for year in (last.last.year, last.last.year - 1):
            yield start.within(year), last
        return
    first = start.near(today)
    if isinstance(end, Weekday) or (yearless(end) and end.month is None):
        yield first, end.near(first.last)
    elif yearless(end):
        for year in (first.first.year, first.first.year + 1):
            yield first, end.within(year)
    else:
        yield first, end.near(today)


def yearless(moment: Moment) -> TypeGuard[Rough]:
    return isinstance(moment, Rough) and moment.year is None


def in_a_row(ends: Sequence[Moment | int], today: date) -> Span:
    """``tháng 3, 4 và 5``: moments that follow each other without a gap."""
    spans = []
    for here, end in enumerate(ends):
        other = ends[here - 1] if here else ends[1]
        spans.append(borrowed(end, other, today).near(today))
    if any(next_.first != one.last + DAY for one, next_ in pairwise(spans)):
        raise unclear(today)
    return Span(spans[0].first, spans[-1].last)
