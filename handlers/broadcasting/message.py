"""A broadcast as one person reads it, and what goes along with it."""

from __future__ import annotations

from pathlib import PurePath
from typing import get_args

from content.library import Library
from handlers.broadcasting.known import Known
from handlers.broadcasting.words import Words
from handlers.talk import Button, Made, Paper, PaperFormat, Reply
from handlers.wanted import Making, Wanted
from storage.tables import Broadcast

FORMATS: dict[str, PaperFormat] = {form: form for form in get_args(PaperFormat)} | {"jpeg": "jpg"}
MOST = 5_000_000  # bytes of what goes along: it leaves once for each


class Message:
    """A broadcast ready to be filled: who speaks, its words, the way out, what goes along."""

    def __init__(self, library: Library, row: Broadcast) -> None:
        plan = library.plans.get(row.plan)
        office = plan.registers_with if plan else ""
        text = library.say("broadcast/message", office=office, words=row.text.strip())
        self.words = Words(text, library.broadcasts)
        self.buttons = tuple(Button(label, value) for label, value in row.buttons)
        form = format_of(row.file)
        self.papers = (Paper(f"attached:{row.id}", form),) if form else ()

    @property
    def personal(self) -> bool:
        """Whether it reads differently from one person to the next."""
        return bool(self.words.parts)

    def to(self, known: Known) -> Reply:
        """The whole of it as one person reads it."""
        return Reply(self.words.filled(known), self.buttons, self.papers)


def message(library: Library, row: Broadcast, known: Known) -> Reply:
    """A broadcast as this person reads it."""
    return Message(library, row).to(known)


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
