"""Typed moments: a day with an hour, as people say them: ``8h sáng mai``, ``25/11 7h30``."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta

from content.fold import plain
from content.when import day
from handlers.errors import Invalid
from handlers.values.calendar_words import FILLERS
from handlers.values.dates import date_of
from handlers.values.spans import Span

PART = r"s[áa]ng|tr[ưu]a|chi[ềe]u|t[ốo]i|đ[êe]m|dem|khuya"
CLOCK = re.compile(
    rf"(?<![\d/.,-])(?P<hour>\d{{1,2}})\s*(?:h|g|giờ|gio|:)(?![^\W\d])"
    rf"\s*(?P<minute>\d{{2}}(?!\d|\s*(?:[/-]|th[áa]ng|t\d))|rưỡi|ruoi)?(?:\s*ph[úu]t)?"
    rf"(?:\s*(?:bu[ổo]i\s+)?(?P<part>{PART})(?!\w))?"
)
BESIDE = re.compile(rf"(?<!\w)(?:bu[ổo]i\s+)?(?P<part>{PART})(?=\s+(?:mai|nay|m[ốo]t|kia)(?!\w))")
LATE, NIGHT = ("chieu", "toi"), ("dem", "khuya")  # parts of the day, folded


def hour_of(text: str, now: datetime, usual: time) -> datetime:
    """The moment that was typed, in the zone of ``now``; where no hour is said, the usual one.

    An hour without a day is the next time that it strikes. Raises Invalid.
    """
    said = text.lower()
    clock = CLOCK.search(said)
    rest = said[: clock.start()] + " " + said[clock.end() :] if clock else said
    beside = BESIDE.search(rest)
    rest = BESIDE.sub("", rest)
    at = usual
    if clock:
        part = clock["part"] or (beside["part"] if beside else "")
        at = struck(int(clock["hour"]), clock["minute"] or "0", plain(part), now)
    if not clock or not FILLERS.issuperset(plain(rest).split()):
        return datetime.combine(only_day(rest, now.date()), at, now.tzinfo)
    today = datetime.combine(now.date(), at, now.tzinfo)
    return today if today > now else today + timedelta(days=1)


def only_day(text: str, today: date) -> date:
    """The day that was typed, where it is a single one."""
    found = date_of(text, today)
    if isinstance(found, Span):
        raise Invalid("invalid/date", example=day(today))
    return found


def struck(hour: int, minute: str, part: str, now: datetime) -> time:
    """The time of day: ``3 giờ chiều`` is 15:00."""
    late = part in LATE or (part in NIGHT and hour > 5)
    if hour < 12 and (late or (part == "trua" and hour < 3)):
        hour += 12
    minutes = int(minute) if minute.isdecimal() else 30
    if hour > 23 or minutes > 59:
        raise Invalid("invalid/hour", example=day(now.date() + timedelta(days=1)))
    return time(hour, minutes)
