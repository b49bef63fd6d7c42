"""Registrations out of the database and into a file: read and written a few at a time."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from rich.console import Console
from rich.table import Table as Grid
from rich.text import Text

from content.library import Library
from handlers.tables.brief import LINE, brief
from handlers.tables.survey import Survey
from handlers.tables.table import Table, Writer
from handlers.tables.writers import WRITERS
from handlers.turn import HERE
from storage.tables import Registration
from storage.unit import Store

PRIVATE = 0o600


class Screen:
    """A table to look at in the terminal."""

    def __init__(self, path: Path, table: Table) -> None:
        self.path, self.library = path, table.library
        self.grid = Grid(*(self.library.say("table/list", part=part) for part in LINE))

    def add(self, registration: Registration) -> None:
        self.grid.add_row(*map(Text, brief(self.library, registration).values()))

    def close(self) -> None:
        with self.path.open("w", encoding="utf-8") as file:
            Console(file=file, width=Console().width).print(self.grid)


FORMATS: Mapping[str, type[Writer]] = {"table": Screen, **WRITERS}


@dataclass(frozen=True)
class Wanted:
    """Which registrations, and as what."""

    plan: str
    state: str
    format: str


Moved = Callable[[int, int], None]  # so many steps done, of so many


async def export(store: Store, library: Library, wanted: Wanted, path: Path, moved: Moved) -> None:
    """Write them into a file, sorted; each is looked at twice, and none is kept in memory."""
    which = wanted.plan, wanted.state
    survey, now = Survey(library), store.clock().astimezone(HERE)
    async with store.view() as unit:
        count, done = await unit.listing.count(*which), 0
        async for page in unit.listing.pages(*which):
            survey.see(page)
            done += len(page)
            moved(done, 2 * count)
        plan = library.plans.get(wanted.plan)
        table = Table(library, survey.layouts(wanted.plan), plan, now.date())
        with closing(FORMATS[wanted.format](path, table)) as writer:
            async for each in unit.listing.these(survey.sorted()):
                writer.add(each)
                done += 1
                moved(done, 2 * count)
    async with store.unit() as unit:
        unit.acts.add("exported", plan=wanted.plan, note=wanted.format, count=len(survey.places))


@contextmanager
def whole(out: Path) -> Iterator[Path]:
    """A file to write, for our own user only: it is there as a whole in the end, or not at all.

    What somebody put there for writing to, like a pipe, stays and is written to.
    """
    out = out.resolve()
    special = out.exists() and not out.is_file()
    with TemporaryDirectory(prefix=".thidua-", dir=None if special else out.parent) as folder:
        path = Path(folder) / "table"
        yield path
        if special:
            out.write_bytes(path.read_bytes())
            return
        path.chmod(PRIVATE)
        with path.open("rb") as file:
            os.fsync(file.fileno())
        path.replace(out)
