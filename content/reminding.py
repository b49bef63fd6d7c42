"""When people are reminded: how long before, at what hour, on which days not. Data of an office."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator, Sequence
from datetime import date, datetime, time, timedelta, tzinfo
from functools import cache
from typing import Annotated, Literal

from pydantic import AfterValidator, BeforeValidator, Field

from content.entries import Strict
from content.read import Place
from content.rights import Length
from content.when import WEEKDAYS
from content.whole import Whole

DAY = timedelta(days=1)
CLOCK = re.compile(r"([01]?\d|2[0-3]):([0-5]\d)")
WEEKEND = (WEEKDAYS[5], WEEKDAYS[6])  # when offices are closed


def hour(written: object) -> time:
    """``"07:30"``; raise ValueError for anything else."""
    found = CLOCK.fullmatch(str(written))
    if found is None:
        raise ValueError('phải là giờ và phút trong dấu nháy, ví dụ "07:30"')
    return time(int(found[1]), int(found[2]))


def latest_last(days: Sequence[int]) -> tuple[int, ...]:
    """Days before, the farthest first, each once."""
    return tuple(sorted({*days}, reverse=True))


Hour = Annotated[time, BeforeValidator(hour)]
Before = Annotated[int, Field(ge=0, le=90)]
DaysBefore = Annotated[tuple[Before, ...], AfterValidator(latest_last)]
Weekday = Literal["thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy", "Chủ nhật"]


class PlanReminders(Strict):
    """What one plan has otherwise than the others; an empty list: none."""

    days: DaysBefore | None = None
    officers: DaysBefore | None = None


class Policy(Whole):
    """When people are told what they did not ask for at that moment."""

    days: DaysBefore  # before the last safe day, 0: on it
    officers: DaysBefore  # the same for what officers hear of who is still missing
    at: Hour
    quiet_from: Hour  # from here on nothing leaves
    quiet_until: Hour
    most: Annotated[int, Field(ge=0)]  # a person, in thirty days
    useful: Length  # so long after its hour a reminder still helps
    weekdays_off: tuple[Weekday, ...] = ()
    days_off: tuple[date, ...] = ()  # beside the public holidays
    days_on: tuple[date, ...] = ()  # public holidays on which people work all the same

    def inconsistencies(self) -> Iterator[tuple[Place, str]]:
        """By what nobody would ever be told anything; to look for a moment would not end."""
        if self.quiet_until >= self.quiet_from:
            told = 'phải sớm hơn quiet_from trong cùng một ngày, ví dụ "07:30" và "20:00"'
            yield ("quiet_until",), told
        elif not self.quiet_until <= self.at < self.quiet_from:
            yield ("at",), "phải từ quiet_until trở đi và trước quiet_from"
        if {*WEEKDAYS} <= {*self.weekdays_off, *WEEKEND}:
            yield ("weekdays_off",), "phải chừa ít nhất một ngày từ thứ Hai đến thứ Sáu"

    def is_off(self, day: date, *, office: bool = False) -> bool:
        """Whether nothing leaves on a day; officers also have their weekends."""
        if day in self.days_on:
            return False
        closed = (*self.weekdays_off, *(WEEKEND if office else ()))
        return WEEKDAYS[day.weekday()] in closed or day in self.days_off or day in public_holidays()

    def working(self, day: date, *, office: bool = False) -> date:
        """This day, or the last one before it on which something may leave."""
        while self.is_off(day, office=office):
            day -= DAY
        return day

    def may_disturb(self, here: datetime) -> bool:
        """Whether something may leave at this moment of the local clock."""
        quiet = not self.quiet_until <= here.time() < self.quiet_from
        return not quiet and not self.is_off(here.date())

    def opening(self, here: datetime) -> datetime:
        """The next moment at which something may leave: this one, if it may."""
        if self.may_disturb(here):
            return here
        late = here.time() >= self.quiet_until
        day = here.date() + DAY if late else here.date()
        while self.is_off(day):
            day += DAY
        return self.moment(day, self.quiet_until, here.tzinfo)

    def closing(self, here: datetime) -> datetime:
        """The end of this day for whatever leaves: what it says is true today."""
        return self.moment(here.date(), self.quiet_from, here.tzinfo)

    def moment(self, day: date, at: time, zone: tzinfo | None) -> datetime:
        return datetime.combine(day, at, zone)


@cache
def public_holidays() -> Container[date]:
    """The public holidays of Vietnam, Tết by the lunar calendar, with the days given for them.

    Read from the disk when first asked; a year's are then found without it.
    """
    from holidays import country_holidays  # takes half a second

    return country_holidays("VN")
