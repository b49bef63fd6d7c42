"""A broadcast as one person reads it, and what goes along with it."""

from __future__ import annotations

from pathlib import PurePath
from typing import get_args

from content.library import Library
from handlers.broadcasting.known import Known
from handlers.broadcasting.words import filled
from handlers.talk import Button, Made, Paper, PaperFormat, Reply
from handlers.wanted import Making, Wanted
from storage.tables import Broadcast

FORMATS: dict[str, PaperFormat] = {form: form for form in get_args(PaperFormat)} | {"jpeg": "jpg"}
MOST = 5_000_000  # bytes of what goes along: it leaves once for each


def message(library: Library, row: Broadcast, known: Known) -> Reply:
    """The whole of it: who speaks, the words with what we know of this person, the way out."""
    plan = library.plans.get(row.plan)
    words = filled(row.text.strip(), known, library.broadcasts)
    office = plan.registers_with if plan else ""
    text = library.say("broadcast/message", office=office, words=words)
    form = format_of(row.file)
    papers = (Paper(f"attached:{row.id}", form),) if form else ()
    return Reply(text, tuple(Button(label, value) for label, value in row.buttons), papers)


def format_of(file: str) -> PaperFormat | None:
    """What a file is by its name; None where it is nothing that can go along."""
    return FORMATS.get(PurePath(file).suffix.lower().removeprefix("."))


async def attached(wanted: Wanted) -> Making | None:
    """What goes along with a broadcast: the same for everybody, and nothing of anybody."""
    number = int(wanted.which) if wanted.which.isdecimal() else 0
    found = await wanted.unit.broadcasts.picture(number)
    if found is None:
        return None
    stem = PurePath(found[0]).stem
    return lambda: Made(f"{stem}.{wanted.format}", found[1])
