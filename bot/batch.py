"""Answers and typed values a line at a time: for the command line and for measuring."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import orjson

from content.library import Library
from handlers.answers import word
from handlers.ask import Context, Found, ask
from handlers.values.batch import parse

KINDS = {
    "plan": "choose",
    "picked": "choose",
    "plans": "answer",
}  # where the outside has fewer words than we


def lines(file: Path) -> Iterator[dict[str, Any]]:
    """The JSON objects of a file, one a line."""
    for line in file.read_text(encoding="utf-8").splitlines():
        if line.strip():
            yield orjson.loads(line)


def answer(library: Library, plan: str, turns: Sequence[str], today: date) -> dict[str, Any]:
    """The answer to the last of these turns, said by one person one after another."""
    context, found = Context(plan), Found("unknown")
    for turn in turns:
        found = ask(library, turn, context)
        context = found.context
    worded = word(library, found, today)
    choices = "".join(f"\n– {button.label}" for button in worded.buttons)
    return {
        "answer": worded.text + (choices if found.kind in ("choose", "plan") else ""),
        "answered": found.kind == "answer" or (found.kind == "plans" and not found.place),
        "sources": [{"plan": plan, "clause": clause} for plan, clause in worded.sources],
        "kind": "unknown" if found.place else KINDS.get(found.kind, found.kind),
    }


def value(kind: str, text: str, today: str | None, now: date) -> object:
    """How the form understands a text on a day; None where it is refused."""
    return parse(kind, text, date.fromisoformat(today) if today else now)
