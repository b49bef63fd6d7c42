"""The table of a plan's registrations as a paper for its officers."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import closing
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from handlers.staff.officers import able
from handlers.tables.survey import Survey
from handlers.tables.table import Table
from handlers.tables.writers import WRITERS
from handlers.talk import Made
from handlers.wanted import Making, Wanted
from storage.tables import Registration


async def registrations(wanted: Wanted) -> Making | None:
    """Makes the table of a plan; None for who may not have it any more, or never might."""
    officers = await wanted.unit.staff.of(wanted.person)
    plan = wanted.library.plans.get(wanted.which)
    if plan is None or able(officers, plan.id, "export") is None or wanted.format not in WRITERS:
        return None
    found = [each async for page in wanted.unit.listing.pages(plan.id) for each in page]
    return partial(made, wanted, found)


def made(wanted: Wanted, found: Sequence[Registration]) -> Made:
    """The table written; what is on the disk of it meanwhile only we can read."""
    survey, plan = Survey(wanted.library), wanted.library.plans[wanted.which]
    survey.see(found)
    table = Table(wanted.library, survey.layouts(plan.id), plan, wanted.today)
    by_number = {each.id: each for each in found}
    with TemporaryDirectory(prefix="thidua-") as folder:
        path = Path(folder) / "table"
        with closing(WRITERS[wanted.format](path, table)) as writer:
            for number in survey.sorted():
                writer.add(by_number[number])
        return Made(table.name(wanted.format), path.read_bytes())
