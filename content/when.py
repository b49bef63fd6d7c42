"""Days and months as official documents write them, and how people read them."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date
from typing import Any

from pydantic import GetCoreSchemaHandler
from pydantic_core import core_schema

WEEKDAYS = ("thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy", "Chủ nhật")
MONTH = re.compile(r"(\d{4})-(\d{2})")


@dataclass(frozen=True)
class When:
    """A day, or a whole month where the document names only the month."""

    first: date
    last: date

    @classmethod
    def read(cls, value: object) -> When:
        """Take ``2025-06-02``, ``2025-07`` or a date; raise ValueError for anything else."""
        if isinstance(value, When):
            return value
        if isinstance(value, date):
            return cls(value, value)
        try:
            if month := MONTH.fullmatch(str(value)):
                return cls.month(int(month[1]), int(month[2]))
            day = date.fromisoformat(str(value))
        except ValueError as error:
            what = "phải là ngày hoặc tháng có thật, ví dụ 2025-06-02 hoặc 2025-07"
            raise ValueError(what) from error
        return cls(day, day)

    @classmethod
    def month(cls, year: int, month: int) -> When:
        """The whole of one month; raise ValueError where there is no such month."""
        first = date(year, month, 1)
        return cls(first, first.replace(day=calendar.monthrange(year, month)[1]))

    @classmethod
    def __get_pydantic_core_schema__(
        cls, source: Any, handler: GetCoreSchemaHandler
    ) -> core_schema.CoreSchema:
        return core_schema.no_info_plain_validator_function(cls.read)

    def __str__(self) -> str:
        if self.first == self.last:
            return day(self.first)
        return f"tháng {self.first.month}/{self.first.year}"


def day(value: date) -> str:
    """``02/6/2025``: the day with two digits, months below three with two (as offices write)."""
    month = f"{value.month:02}" if value.month < 3 else str(value.month)
    return f"{value.day:02}/{month}/{value.year}"


def named_day(value: date) -> str:
    """``02/6/2025 (thứ Hai)``."""
    return f"{day(value)} ({WEEKDAYS[value.weekday()]})"
