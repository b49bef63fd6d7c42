"""Finds the moments in a text: what says a day, a month, a length; everything else as it stands."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from typing import cast

from handlers.values.spans import (
    DAY,
    Ahead,
    Length,
    Part,
    Rough,
    Span,
    Weekday,
    one_day,
    parted,
)

Moment = Rough | Span | Ahead | Weekday
Chunk = Moment | Length | int | str

TURNS = {"this": 0, "next": 1, "next2": 2, "prev": -1, None: 0}
MONTHS = {"m": 1, "q": 3, "y": 12}
LENGTHS = {
    "d": Length(days=1),
    "w": Length(days=7),
    "m": Length(months=1),
    "q": Length(months=3),
    "y": Length(months=12),
}
HALVES = {
    "d": Length(),
    "w": Length(days=3),
    "m": Length(days=15),
    "q": Length(days=45),
    "y": Length(months=6),
}

N = r"[0-9]{1,2}(?!\S)"
TURN = r"this|next2|next|prev"
YEAR = (
    rf"(?: (?:y|/) (?P<year>[0-9]{{4}}|[0-9]{{2}})(?!\S)| (?:- )?(?P<long>[0-9]{{4}})(?!\S)"
    rf"| y (?P<turn>{TURN})(?!\S)| (?P<soon>coming|this)(?!\S))?"
)
ON = r"(?:(?P<part>end|head|tail|before) )?(?:d )?"
PART = r"(?P<part>head|mid|tail|end|firsthalf|lasthalf|before) (?:d )?(?:in )?"
WHOLE = (
    r"(?:(?:y )?(?P<whole>[0-9]{4})(?!\S)"
    rf"|(?P<unit>[mqyw])(?!\S)(?: (?P<which>{TURN})(?!\S)| (?P<number>{N}){YEAR})?)"
)


def rough_year(found: re.Match[str], today: date) -> int | None:
    """The year that was said after a day or a month, if any was."""
    said = found.groupdict()
    if said.get("turn"):
        return today.year + TURNS[said["turn"]]
    digits = said.get("year") or said.get("long")
    return None if not digits else int(digits) + (2000 if len(digits) == 2 else 0)


def day_of(found: re.Match[str], today: date) -> Moment:
    said = found.groupdict()
    return Rough(
        rough_year(found, today),
        int(said["month"]),
        int(said["day"]),
        part="before" if said.get("part") == "before" else "",
        coming=said.get("soon") == "coming",
    )


def day_only(found: re.Match[str], today: date) -> Moment:
    return Rough(day=int(found["day"]))


def day_in_turn(found: re.Match[str], today: date) -> Moment:
    """``ngày 5 tháng sau``."""
    month = turned("m", TURNS[found["which"]], today)
    return Rough(month.year, month.month, int(found["day"]))


def turned(unit: str, turn: int, today: date) -> Rough:
    """This, the next or the previous month, quarter or year."""
    months = MONTHS[unit]
    number = (today.year * 12 + today.month - 1) // months + turn
    year, month = divmod(number * months, 12)
    return Rough(year, month + 1, months=months)


def week(turn: int, today: date) -> Span:
    monday = today + (7 * turn - today.weekday()) * DAY
    return Length(days=7).beginning(monday)


def whole(found: re.Match[str], today: date) -> Rough | Span:
    """A month, quarter, year or week, or the named part of it."""
    said = found.groupdict()
    part = cast(Part, said.get("part") or "")
    if said["unit"] == "w":
        here = parted(week(TURNS[said["which"]], today), part, 0)
        over = not said["which"] and here.last < today
        return parted(week(1, today), part, 0) if over else here
    if said["whole"]:
        return Rough(int(said["whole"]), 1, months=12, part=part)
    months = MONTHS[said["unit"]]
    if not said["number"]:
        return unnumbered(said["unit"], said["which"], part, today)
    number = int(said["number"])
    if months == 12:
        return Rough(2000 + number, 1, months=12, part=part)
    soon = said["soon"] == "coming"
    return Rough(rough_year(found, today), (number - 1) * months + 1, None, months, part, soon)


def unnumbered(unit: str, which: str | None, part: Part, today: date) -> Rough:
    """``tháng sau``, ``cuối năm``: without a turn, this one, or the next if its part is over."""
    turn = TURNS[which]
    here = turned(unit, turn, today)
    mine = Rough(here.year, here.month, None, here.months, part)
    if which or mine.near(today).last >= today:
        return mine
    there = turned(unit, turn + 1, today)
    return Rough(there.year, there.month, None, there.months, part)


def month_of(found: re.Match[str], today: date) -> Moment:
    """``5/2025``."""
    return Rough(int(found["long"]), int(found["number"]))


def counted(found: re.Match[str], today: date) -> Moment:
    """``6 tháng đầu năm``, ``tuần cuối tháng 3``, ``ngày cuối quý``."""
    span = whole(found, today).near(today)
    length = times(int(found["count"] or 1), found["step"])
    return length.beginning(span.first) if found["side"] == "head" else length.ending(span.last)


def nth_week(found: re.Match[str], today: date) -> Moment:
    span = whole(found, today).near(today)
    first = span.first + 7 * (int(found["nth"]) - 1) * DAY
    return Span(first, min(first + 6 * DAY, span.last))


def weekday(found: re.Match[str], today: date) -> Moment:
    number = int(found["number"]) - 2
    if found["which"]:
        return one_day(week(TURNS[found["which"]], today).first + timedelta(days=number))
    return Weekday(number, coming=found["soon"] == "coming")


def times(count: int, unit: str, half: bool = False) -> Length:
    """So many units, and half a one more."""
    one, more = LENGTHS[unit], HALVES[unit] if half else Length()
    return Length(count * one.months + more.months, count * one.days + more.days)


def length(found: re.Match[str], today: date) -> Chunk:
    """A length of time, or the day so far from today if the text says so."""
    count = found["count"] or "1"
    half = count == "half" or bool(found["plus"])
    said = times(0 if count == "half" else int(count), found["unit"], half)
    if found["way"] == "prev":
        return one_day(said.before(today))
    return Ahead(said) if found["way"] or found["after"] else said


READERS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str], date], Chunk]], ...] = tuple(
    (re.compile(pattern), reader)
    for pattern, reader in (
        (rf"{ON}(?P<long>[0-9]{{4}}) [/-] (?P<month>{N}) [/-] (?P<day>{N})", day_of),
        (rf"{ON}(?P<day>{N}) / (?P<month>{N}){YEAR}(?! / [0-9])", day_of),
        (rf"{ON}(?P<day>{N}) - (?P<month>{N}) - (?P<year>[0-9]{{4}}|[0-9]{{2}})(?!\S)", day_of),
        (rf"{ON}(?P<day>{N}) - (?P<month>{N})(?! /){YEAR}(?! - [0-9])(?! m)", day_of),
        (rf"{ON}(?P<day>{N}) (?P<month>{N}) (?P<long>[0-9]{{4}})(?!\S)", day_of),
        (rf"{ON}(?P<day>[0-9]{{2}})(?P<month>[0-9]{{2}})(?P<long>20[0-9]{{2}})(?!\S)", day_of),
        (rf"{ON}(?P<day>{N}) ,? ?m (?P<month>{N}){YEAR}", day_of),
        (rf"(?:end )?d (?P<day>{N}) (?:in )?m (?P<which>{TURN})(?!\S)", day_in_turn),
        (rf"(?P<day>1[3-9]|2[0-9]|3[01]) (?:in )?m (?P<which>{TURN})(?!\S)", day_in_turn),
        (rf"(?:end )?d (?P<day>{N})(?! [/-] [0-9])", day_only),
        (rf"(?:(?P<count>{N}) )?(?P<step>[dwmq]) (?P<side>head|tail) (?:in )?{WHOLE}", counted),
        (rf"w (?:wd )?(?P<nth>[1-5]) (?:in )?(?=m){WHOLE}", nth_week),
        (
            rf"wd (?P<number>[2-8])(?!\S)(?: head| tail)?(?: (?:in )?w (?P<which>{TURN})(?!\S)"
            r"| (?P<soon>coming|this)(?!\S))?",
            weekday,
        ),
        (rf"{PART}{WHOLE}", whole),
        (rf"(?=[mq] [0-9]|[mqwy] (?:{TURN})|(?:y )?[0-9]{{4}}|y [0-9]{{2}}){WHOLE}", whole),
        (rf"(?P<number>{N}) [/-] (?P<long>[0-9]{{4}})(?!\S)", month_of),
        (
            r"(?P<after>after )?(?=(?:[0-9]{1,3}|half) [dwmqy](?!\S)|[dwmqy] plus(?!\S))"
            r"(?:(?P<count>[0-9]{1,3}|half) )?(?P<unit>[dwmqy])(?: (?P<plus>plus)(?!\S))?"
            r"(?: (?P<way>more|next|prev|coming)(?!\S))?",
            length,
        ),
        (r"@(?P<days>-?[0-9])", lambda found, today: one_day(today + int(found["days"]) * DAY)),
        (r"[0-9]+(?!\S)", lambda found, today: int(found[0])),
    )
)


def moments(words: str, today: date) -> Iterator[Chunk]:
    """The moments, lengths and numbers among marks in order, and every other mark or word as is."""
    at = 0
    while at < len(words):
        chunk, end = next(readings(words, at, today))
        yield chunk
        at = end + 1


def readings(words: str, at: int, today: date) -> Iterator[tuple[Chunk, int]]:
    """What can be read at a place, the best first; at last the word that stands there."""
    for pattern, reader in READERS:
        if found := pattern.match(words, at):
            yield reader(found, today), found.end()
    end = words.find(" ", at)
    end = len(words) if end < 0 else end
    yield words[at:end], end
