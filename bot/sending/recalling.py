"""What goes out unasked is looked at once more as it leaves: still wanted, still true?"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from content.library import Library
from handlers import wishes
from handlers.deadlines import DONE, term_of
from handlers.notices import DRAFT, PROGRESS, concerns
from handlers.progress import FULL
from handlers.staff.allowance import SCARCE
from handlers.staff.mornings import NEWS
from handlers.staff.officers import able
from storage.told import Known
from storage.unit import Unit

TOGETHER = " "  # between what one message is about
MUTED, OVER = "muted", "over"  # why something does not leave


async def still(unit: Unit, library: Library, person_id: int, about: str) -> str:
    """Why a reminder is not to leave after all; empty where it is.

    Of several in one message, one that is over keeps back all: the others are told anew.
    """
    found = await unit.told.known([person_id])
    if not found:
        return OVER
    parts = [part.partition("@")[::2] for part in about.split(TOGETHER)]
    whys = {name: why(library, found[0], name, day) for name, day in parts}
    reason = next(filter(None, whys.values()), "")
    if reason:
        await untell(unit, found[0], [name for name, each in whys.items() if not each])
    return reason


async def missed(unit: Unit, person_id: int, about: str) -> None:
    """A reminder did not reach somebody in time: they were not told, and may be once more."""
    for known in await unit.told.known([person_id]):
        await untell(unit, known, [part.partition("@")[0] for part in about.split(TOGETHER)])


async def untell(unit: Unit, known: Known, names: Sequence[str]) -> None:
    """What was last told of these was not told."""
    for name in names:
        if told := known.of(name):
            last = max(each.at for each in told.values())
            steps = [step for step, each in told.items() if each.at == last]
            await unit.told.drop(known.person.id, name, steps)


def why(library: Library, known: Known, about: str, day: str) -> str:
    """Why this is not to be told somebody any more; empty where it is."""
    if not wishes.wants(known.person, about):
        return MUTED
    plan_id, _, what = about.partition(":")[2].partition("/")
    if about.startswith(wishes.OFFICE):
        return "" if of_office(library, known, about, plan_id) else OVER
    if plan_id not in library.plans:
        return OVER
    if about.startswith(DRAFT):
        return "" if what in (draft.id for draft in known.drafts) else OVER
    if about.startswith(PROGRESS):
        open_ones = [row.code for row in known.registrations if (row.percent or 0) < FULL]
        return "" if what in open_ones else OVER
    term = term_of(library.plans[plan_id], what)
    same = term is not None and term.day == date.fromisoformat(day)
    done = DONE in known.of(about)
    return "" if term and same and not done and concerns(library, term, known) else OVER


def of_office(library: Library, known: Known, about: str, plan_id: str) -> bool:
    """Whether somebody is (still) an officer whom this concerns."""
    if about == NEWS or about.startswith(SCARCE):
        return bool(known.staff)
    return plan_id in library.plans and able(known.staff, plan_id, "look") is not None
