"""What a paper is made of: who is to get which, and what makes it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import date

from content.library import Library
from handlers.talk import Made, PaperFormat
from handlers.turn import HERE
from storage.tables import Person
from storage.unit import Unit


@dataclass(frozen=True)
class Wanted:
    """A paper that somebody is to get; ``which`` stands behind the colon of ``Paper.of``."""

    unit: Unit
    library: Library
    person: Person
    which: str
    format: PaperFormat

    @property
    def today(self) -> date:
        return self.unit.now.astimezone(HERE).date()


Making = Callable[[], Made]  # takes its time and needs no database: run it in a thread
Maker = Callable[[Wanted], Awaitable[Making | None]]  # None: there is none, or it is not for them
