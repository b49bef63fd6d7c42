"""Days, spans of days, and calendar moments as far as they were said."""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from content.when import day
from handlers.errors import Invalid

Part = Literal["", "head", "mid", "tail", "firsthalf", "lasthalf", "end", "before"]

YEARS = range(1900, 2100)
DAY = timedelta(days=1)
AHEAD = timedelta(days=92)  # in December, "tháng 1" is the coming one; in March it is the past one
THIRDS = {"head": (1, 10), "mid": (11, 20), "tail": (21, 31)}


@dataclass(frozen=True)
class Span:
    """All days from the first to the last."""

    first: date
    last: date

    def near(self, today: date) -> Span:
        """Itself: these days are known whatever today is."""
        return self

    def __contains__(self, other: Span) -> bool:
        return self.first <= other.first and other.last <= self.last


@dataclass(frozen=True)
class Length:
    """So many months and days."""

    months: int = 0
    days: int = 0

    def after(self, start: date) -> date:
        """The day that comes so much later, the month's last day where the month is too short."""
        return later(start, self.months) + self.days * DAY

    def before(self, start: date) -> date:
        return later(start, -self.months) - self.days * DAY

    def beginning(self, start: date) -> Span:
        """So many days and months, the first day counted: 3 months from 1/3 end on 31/5."""
        return Span(start, self.after(start) - DAY)

    def ending(self, end: date) -> Span:
        return Span(self.before(end + DAY), end)


@dataclass(frozen=True)
class Ahead:
    """So long from today: "3 tháng nữa", "3 tháng tới"."""

    length: Length

    def near(self, today: date) -> Span:
        return one_day(self.length.after(today))


@dataclass(frozen=True)
class Weekday:
    """A day of some week: 0 is Monday."""

    number: int
    coming: bool = False

    def near(self, today: date) -> Span:
        """The next such day, today itself unless the coming one was asked for."""
        wait = (self.number - today.weekday()) % 7
        return one_day(today + (wait or 7 * self.coming) * DAY)


def later(start: date, months: int) -> date:
    """The same day some months later; raise Invalid beyond the years that people speak of."""
    year, month = divmod(start.year * 12 + start.month - 1 + months, 12)
    if year not in range(YEARS.start, YEARS.stop + 1):
        raise Invalid("invalid/year", year=str(year))
    return date(year, month + 1, min(start.day, days_in(year, month + 1)))


def days_in(year: int, month: int) -> int:
    return calendar.monthrange(year, month)[1]


@dataclass(frozen=True)
class Rough:
    """A day, month, quarter or year as far as it was said: what is None was left out.

    ``months`` is 1 for a day or a month, 3 for a quarter, 12 for a year; ``coming`` asks for the
    first one that is not over yet.
    """

    year: int | None = None
    month: int | None = None
    day: int | None = None
    months: int = 1
    part: Part = ""
    coming: bool = False

    def near(self, today: date) -> Span:
        """The days meant, this year's where no year was said, or next year's if that is near."""
        if self.year is not None:
            return self.within(self.year)
        if self.month is None:
            return self.next_such_day(today)
        this = self.within(today.year)
        if this.last >= today:
            return this
        following = self.within(today.year + 1)
        return following if self.coming or following.first - today <= AHEAD else this

    def next_such_day(self, today: date) -> Span:
        """``ngày 20``: in this month, or in the next if it is over."""
        self.within(today.year, 1)
        months = [later(today.replace(day=1), n) for n in range(3)]
        days = (m.replace(day=self.day or 1) for m in months if self.fits(m.year, m.month))
        return one_day(next(found for found in days if found >= today))

    def fits(self, year: int, month: int) -> bool:
        return self.day is None or 1 <= self.day <= days_in(year, month)

    def within(self, year: int, month: int | None = None) -> Span:
        """The days meant in that year; raise Invalid where the calendar has no such days."""
        month = month or (1 if self.month is None else self.month)
        if year not in YEARS:
            raise Invalid("invalid/year", year=str(year))
        if not 1 <= month <= 12:
            raise no_such_month(year, month, self.months)
        if not self.fits(year, month):
            raise no_such_day(year, month)
        if self.day is not None:
            return parted(one_day(date(year, month, self.day)), self.part, 1)
        first = date(year, month, 1)
        return parted(Length(self.months).beginning(first), self.part, self.months)


def one_day(only: date) -> Span:
    return Span(only, only)


def parted(whole: Span, part: Part, months: int) -> Span:
    """The part of a month (1), quarter (3), year (12) or week (0) that people mean by its name.

    A month's parts are its thirds (thượng, trung, hạ tuần), a quarter's its months, a year's two
    months at either end or in the middle, a week's two days.
    """
    match part:
        case "":
            return whole
        case "end":
            return one_day(whole.last)
        case "before":
            return one_day(whole.first - DAY)
        case "firsthalf" | "lasthalf":
            return half(whole, part, months)
        case "head" | "mid" | "tail":
            return third(whole, part, months)


def half(whole: Span, part: Part, months: int) -> Span:
    split = later(whole.first, months // 2).replace(day=16 if months % 2 else 1)
    return Span(whole.first, split - DAY) if part == "firsthalf" else Span(split, whole.last)


def third(whole: Span, part: Literal["head", "mid", "tail"], months: int) -> Span:
    if whole.first == whole.last:
        return whole
    if months == 1:
        first, last = THIRDS[part]
        last = min(last, whole.last.day)
        return Span(whole.first.replace(day=first), whole.first.replace(day=last))
    if months == 0:
        start = {"head": 0, "mid": 2, "tail": 5}[part]
        return Length(days=2).beginning(whole.first + start * DAY)
    count = months // 6 or 1
    start = {"head": 0, "mid": (months - count) // 2, "tail": months - count}[part]
    return Length(count).beginning(later(whole.first, start))


def no_such_month(year: int, number: int, months: int) -> Invalid:
    if months == 3:
        return Invalid("invalid/no-such-quarter", quarter=str(number // 3 + 1), example=f"4/{year}")
    return Invalid("invalid/no-such-month", month=str(number), example=f"12/{year}")


def no_such_day(year: int, month: int) -> Invalid:
    last = date(year, month, days_in(year, month))
    name = f"{month}/{year}"
    return Invalid("invalid/no-such-day", month=name, days=str(last.day), example=day(last))
