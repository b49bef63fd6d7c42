"""The papers that go with replies: who may have which, and how it is made when it leaves."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import date

from content.library import Library
from handlers import mycopy
from handlers.talk import Made, Paper, PaperFormat
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

MAKERS: Mapping[str, Maker] = {"mydata": mycopy.made}


async def making(unit: Unit, library: Library, person: Person, paper: Paper) -> Making | None:
    """What makes a paper; None where there is no such paper, or not for this person."""
    kind, _, which = paper.of.partition(":")
    maker = MAKERS.get(kind)
    return await maker(Wanted(unit, library, person, which, paper.format)) if maker else None
