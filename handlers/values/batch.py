"""How the form understands one text, as plain JSON: for the command line and for measuring."""

from __future__ import annotations

from datetime import date

from handlers.errors import Invalid
from handlers.values.dates import date_of
from handlers.values.money import Range, money_of
from handlers.values.periods import period_of
from handlers.values.spans import Span


def parse(kind: str, text: str, today: date) -> object:
    """The value as JSON takes it, None where the text is refused.

    An ISO date or ``{"from", "to"}``; ``{"start", "end"}``; đồng or ``{"min", "max"}``.
    """
    try:
        return PARSERS[kind](text, today)
    except Invalid:
        return None


def dated(text: str, today: date) -> object:
    found = date_of(text, today)
    if isinstance(found, Span):
        return {"from": found.first.isoformat(), "to": found.last.isoformat()}
    return found.isoformat()


def lasting(text: str, today: date) -> object:
    found = period_of(text, today)
    return {"start": found.first.isoformat(), "end": found.last.isoformat()}


def paid(text: str, today: date) -> object:
    found = money_of(text)
    return {"min": found.low, "max": found.high} if isinstance(found, Range) else found


PARSERS = {"date": dated, "date_range": lasting, "money": paid}
