"""Form fields: typed words become a value, or the reason why not; and back to words. Pure."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from content.schema import Step
from handlers.errors import Invalid
from handlers.values import (
    Range,
    Span,
    money_of,
    period_of,
    phone_of,
    show_money,
    show_period,
)


def read(step: Step, text: str, today: date) -> Any:
    """The value of what was typed, as JSON can hold it; raise Invalid with what would be right."""
    return READ[step.accept](step, " ".join(text.split()), today)


def show(step: Step, value: Any) -> str:
    """A value as people read it; empty for a field that was left out.

    It is shown as what it is: the field may have changed since it was kept.
    """
    match value:
        case None:
            return ""
        case {"start": first, "end": last}:
            return show_period(Span(date.fromisoformat(first), date.fromisoformat(last)))
        case {"min": low, "max": high}:
            return show_money(Range(low, high))
        case int():
            return show_money(value)
        case str() if step.accept == "phone" and value.isdecimal():
            return in_groups(value)
    return str(value)


def read_text(step: Step, text: str, today: date) -> str:
    if not any(letter.isalpha() for letter in text):
        raise Invalid("invalid/text", example=step.example)
    if len(text) > step.max_length:
        raise Invalid("invalid/long", length=str(len(text)), most=str(step.max_length))
    return text


def read_name(step: Step, text: str, today: date) -> str:
    if not any(letter.isalpha() for letter in text) or any(letter.isdigit() for letter in text):
        raise Invalid("invalid/name", example=step.example)
    name = read_text(step, text, today)
    return name.title() if name in (name.lower(), name.upper()) else name


def read_phone(step: Step, text: str, today: date) -> str:
    return phone_of(text)


def read_period(step: Step, text: str, today: date) -> dict[str, str]:
    period = period_of(text, today)
    return {"start": period.first.isoformat(), "end": period.last.isoformat()}


def read_money(step: Step, text: str, today: date) -> int | dict[str, int]:
    value = money_of(text)
    return {"min": value.low, "max": value.high} if isinstance(value, Range) else value


def in_groups(number: str) -> str:
    """A phone number in groups of four and three, as people read it aloud."""
    return f"{number[:4]} {number[4:7]} {number[7:]}"


READ: dict[str, Callable[[Step, str, date], Any]] = {
    "text": read_text,
    "name": read_name,
    "phone": read_phone,
    "period": read_period,
    "money": read_money,
}
