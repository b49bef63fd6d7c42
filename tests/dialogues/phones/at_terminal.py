"""The terminal, on which dialogues are written: whatever they can say can be said there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import ClassVar

from bot.channels.terminal import Terminal
from handlers.talk import Incoming, Made, Reply
from tests.dialogues.phones.phone import Phone, Show
from tests.fakes.papers import jpg


class AtTerminal(Phone, Terminal):
    """A terminal for people who also send photos."""

    name = Terminal.name
    can = replace(Terminal.can, max_label=100)  # no label is cut
    leaves_out: ClassVar[str] = "^$"

    def __init__(self, show: Show, run: str) -> None:
        Phone.__init__(self, show, run)

    read = Terminal.read

    def new_address(self, number: int) -> str:
        raise AssertionError("people are called by their names there")

    def place_of(self, person: str) -> str:
        self.people[person] = person
        return person

    def says(self, line: str, person: str) -> list[Incoming]:
        return [*self.read({"line": line, "sender": person})]

    async def send(self, address: str, reply: Reply, files: Sequence[Made] = ()) -> None:
        await Terminal.send(self, address, reply, files)

    async def fetch(self, reference: str) -> bytes:
        """A photo, with what a phone writes into it."""
        return jpg(b"GPS")

    def photos(self, sender: str, count: int, caption: str) -> list[Incoming]:
        """So many at once, as a platform tells of them: the words come with the first."""
        numbers = [f"{self.run}-{next(self.count)}" for _ in range(count)]
        album = f"album {numbers[0]}" if count > 1 else ""
        words = [caption, *[""] * (count - 1)]
        return [
            Incoming(self.name, n, sender, text, kind="photo", photos=(n,), album=album)
            for n, text in zip(numbers, words, strict=True)
        ]
