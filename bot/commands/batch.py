"""Answers and typed values a line at a time: for the command line and for measuring."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Any, ClassVar, Literal, TypeVar

import orjson
from pydantic import BaseModel, Field, ValidationError

from content.library import Library
from handlers.answers import word
from handlers.ask import Found
from handlers.context import Context
from handlers.dates import DERIVED
from handlers.errors import ThiDuaError
from handlers.several import ask_all
from handlers.values.batch import parse

KINDS = {
    "plan": "choose",
    "picked": "choose",
    "plans": "answer",
    **dict.fromkeys(DERIVED, "answer"),
}  # where the outside has fewer words than we


class BadLine(ThiDuaError):
    """A line of a file cannot be read; says which and what a line looks like."""


class Asked(BaseModel):
    """A conversation whose last turn is to be answered."""

    example: ClassVar = '{"id": "1", "plan": "vinh-thuan-2025", "turns": ["hạn nộp hồ sơ?"]}'
    id: str | int
    plan: str | None = None
    turns: list[str] = Field(min_length=1)


class Typed(BaseModel):
    """A text typed into a field of the form."""

    example: ClassVar = '{"kind": "money", "text": "1 tỷ 2", "today": "2025-04-15"}'
    kind: Literal["date", "date_range", "money"]
    text: str
    today: date | None = None


Shape = TypeVar("Shape", Asked, Typed)


def lines(file: Path, shape: type[Shape]) -> Iterator[tuple[dict[str, Any], Shape]]:
    """Each line of a file as it stands and in its shape; raise BadLine at the first misfit."""
    for number, text in enumerate(file.read_bytes().split(b"\n"), start=1):
        if text.strip():
            try:
                line = orjson.loads(text)
                yield line, shape.model_validate(line)
            except orjson.JSONDecodeError as error:
                raise misfit(file, number, "không phải JSON", shape) from error
            except ValidationError as error:
                wrong = error.errors()[0]["loc"]
                what = f"'{wrong[0]}' thiếu hoặc chưa đúng" if wrong else "không phải {…}"
                raise misfit(file, number, what, shape) from error


def misfit(file: Path, number: int, what: str, shape: type[Shape]) -> BadLine:
    return BadLine(f"{file}:{number}: {what}; mỗi dòng có dạng {shape.example}")


def answer(library: Library, plan: str, turns: Sequence[str], today: date) -> dict[str, Any]:
    """The answer to the last of these turns, said by one person one after another."""
    context, found = Context(plan), Found("unknown")
    for turn in turns:
        found = ask_all(library, turn, context)
        context = found.context
    worded = word(library, found, today)
    choices = "".join(f"\n– {button.label}" for button in worded.buttons)
    return {
        "answer": worded.text + (choices if found.kind in ("choose", "plan") else ""),
        "answered": found.kind in ("answer", *DERIVED)
        or (found.kind == "plans" and not found.place),
        "sources": [{"plan": plan, "clause": clause} for plan, clause in worded.sources],
        "kind": "unknown" if found.place else KINDS.get(found.kind, found.kind),
    }


def value(typed: Typed, today: date) -> object:
    """How the form understands a text; None where it is refused."""
    return parse(typed.kind, typed.text, typed.today or today)
