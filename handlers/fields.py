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


def show(step: Step | None, value: Any) -> str:
    """A value as people read it; empty for a field that was left out.

    It is shown as what it is: the field may have changed since it was kept, or be gone.
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
        case str() if step and step.accept == "phone" and value.isdecimal():
            return in_groups(value)
    return str(value)


def fits(step: Step, value: Any) -> bool:
    """Whether a value that was kept is still one that its field takes."""
    match value:
        case None:
            return step.optional
        case {"start": str(), "end": str()}:
            return step.accept == "period"
        case int() | {"min": int(), "max": int()}:
            return step.accept == "money"
        case str() if step.accept == "phone":
            return value.isdecimal()
    return (
        step.accept in ("text", "name") and isinstance(value, str) and len(value) <= step.max_length
    )


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


def read_period(step: Step, text: str, today: date) -> Any:
    return kept(period_of(text, today))


def read_money(step: Step, text: str, today: date) -> Any:
    return kept(money_of(text))


def kept(value: Span | Range | int) -> dict[str, str] | dict[str, int] | int:
    """A value as JSON can hold it."""
    match value:
        case Span(first, last):
            return {"start": first.isoformat(), "end": last.isoformat()}
        case Range(low, high):
            return {"min": low, "max": high}
    return value


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
