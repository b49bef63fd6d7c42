"""Typed dates: a day, or the days of a month, quarter or part of one."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from content.when import day
from handlers.errors import Invalid
from handlers.values.hearing import OPEN, heard
from handlers.values.moments import Chunk, Moment
from handlers.values.periods import joined
from handlers.values.spans import Length, Span


def date_of(text: str, today: date) -> date | Span:
    """The day that was typed, or the days where a month, a part of it or some days were.

    Without a year it is this year's, or next year's if that is at most three months away while
    this year's is over. Raises Invalid.
    """
    chunks = heard(text, today)
    found = agreed(chunks, today) or joined(chunks, today)
    if found is None:
        raise Invalid("invalid/date", example=day(today))
    return found.first if found.first == found.last else found


def agreed(chunks: Sequence[Chunk], today: date) -> Span | None:
    """What all that was said has in common: ``thứ tư 19/3``, ``20/11 năm nay``."""
    said = [c for c in chunks if isinstance(c, Moment)]
    rest = any(isinstance(c, int | Length) or c in OPEN for c in chunks)
    return narrowest([moment.near(today) for moment in said]) if said and not rest else None


def narrowest(spans: Sequence[Span]) -> Span | None:
    """The span that lies in all others; None where they contradict each other."""
    least = min(spans, key=lambda span: span.last - span.first)
    return least if all(least in span for span in spans) else None
