"""What a typed text says of days, once its parts have been made to agree."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

from content.when import WEEKDAYS, day
from handlers.errors import Invalid
from handlers.values.calendar_words import FILLERS, marks
from handlers.values.moments import Chunk, moments
from handlers.values.spans import Rough, Weekday

NUMBER = re.compile(r"(?<![@-])(?<!wd )[0-9]")
OPEN = ("before", "after")
JOINTS = ("to", "~", "-", "from")


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
        back = 2 if chunks[max(0, here - 1)] == "," else 1
        beside = [*chunks[max(0, here - back) : here], *chunks[here + 1 : here + 3]]
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
