"""Putting a backup in the place of the database, which stays beside it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from bot.database import using
from bot.run import run
from bot.settings import DRIVERS, Settings
from content.library import Library
from handlers.turn import HERE
from storage import copies, held, lost
from storage.held import Held
from storage.tables import Registration
from storage.unit import Store

KEPT = "truoc-khi-phuc-hoi-%Y-%m-%d-%H%M%S"


@dataclass(frozen=True)
class Restored:
    """What was put back: as of when, what it would send; and what became of what was there."""

    since: datetime
    held: Held
    erased: int | None  # once more, since what was there had; none: that cannot be read
    kept: Path | None  # where what was there is now; none: nothing was there


def restore(settings: Settings, library: Library, file: Path) -> Restored:
    """Put a backup in the place of SQLite's database.

    Everything is done to a copy beside it, and that takes the place at once. Raise BadCopy, and
    change nothing, where the backup is no good; BadSettings where anybody uses the database.
    """
    database, clock = copies.file_of(settings.database()), settings.clock()
    assert database
    database.parent.mkdir(parents=True, exist_ok=True)
    kept = database.with_name(
        f"{database.stem}-{clock().astimezone(HERE).strftime(KEPT)}{database.suffix}"
    )
    with using(settings, alone=True), copies.beside(database) as part:
        copies.fetch(file, part, clock)
        restored = run(
            made_ready(Store(f"{DRIVERS['sqlite']}:///{part}", clock), library, database)
        )
        there = copies.put_aside(database, kept)
        copies.put(part, database)
    since, kept_back, erased = restored
    return Restored(since, kept_back, erased, kept if there else None)


async def made_ready(
    store: Store, library: Library, before: Path
) -> tuple[datetime, Held, int | None]:
    """Erase in a copy what was erased since it was made: its moment, what it holds, how much."""

    def impersonal(row: Registration) -> tuple[str, ...]:
        form = library.forms.get(row.form)
        return tuple(form.impersonal) if form else ()

    try:
        async with store.unit() as unit:
            gone = lost.erased_after(before, await lost.last_act(unit))
            erased = await lost.erase_again(unit, gone, impersonal) if gone else None
        async with store.view() as unit:
            hold, kept = await unit.holds.standing(), await held.count(unit)
        assert hold
        return hold.since, kept, erased
    finally:
        await store.close()
