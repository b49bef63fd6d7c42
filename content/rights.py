"""People's own data as an office settles it: how long what is kept, and the clock of the law."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Annotated

from pydantic import BeforeValidator, Field

from content.entries import Slug, Strict

LENGTH = re.compile(r"(\d{1,5}) (day|hour)s?")
SATURDAY = 5


def length(written: object) -> timedelta:
    """``400 days`` or ``1 hour``; raise ValueError for anything else."""
    found = LENGTH.fullmatch(str(written))
    if found is None:
        raise ValueError("phải là số ngày hoặc số giờ, ví dụ 400 days hoặc 1 hour")
    return timedelta(**{f"{found[2]}s": int(found[1])})


Length = Annotated[timedelta, BeforeValidator(length)]


class PlanRetention(Strict):
    """How long what belongs to one plan is kept, where that differs from the rest."""

    drafts: Length | None = None
    questions: Length | None = None
    registrations: Length | None = None
    photos: Length | None = None


class Retention(Strict):
    """How long each kind of what is kept is kept."""

    drafts: Length
    questions: Length
    registrations: Length
    photos: Length = timedelta(days=730)
    unplaced: Length = timedelta(days=1)
    requests: Length
    messages: Length
    replies: Length
    updates: Length
    parked: Length
    taught: Length
    settled: Length
    markable: Length
    erased: Length
    broadcasts: Length


class Rights(Strict):
    """What holds for everybody's own data."""

    consent: Slug  # the version of the words that are agreed to
    answered: Annotated[int, Field(ge=1)]  # working days until somebody knows what will be done
    done: Annotated[int, Field(ge=1)]  # days until it is done
    retention: Retention

    def answer_by(self, asked: date) -> date:
        """The last day to say how a request is handled."""
        day, left = asked, self.answered
        while left:
            day += timedelta(days=1)
            left -= day.weekday() < SATURDAY
        return day

    def done_by(self, asked: date) -> date:
        """The last day to do what was asked for."""
        return asked + timedelta(days=self.done)
