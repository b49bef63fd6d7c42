"""Who is staff, who may do what, and how a code makes somebody an officer."""

from __future__ import annotations

import re
import secrets
from collections.abc import Sequence

from handlers.codes import CODE
from handlers.talk import Reply
from handlers.turn import Turn
from storage.tables import Staff

ANSWERING = {"editor", "owner"}  # the others may look
EXPORTING = {"reviewer", "editor", "owner"}  # registrations as files
LENGTH, PART = 12, 4  # letters of an invitation, shown in parts
Officers = Sequence[Staff]
LIKE_A_CODE = re.compile("[ -]?".join([f"[{CODE}]{{{PART}}}"] * (LENGTH // PART)))


def new_code() -> str:
    """A code that nobody guesses, easy to read out on the phone."""
    letters = "".join(secrets.choice(CODE) for _ in range(LENGTH))
    return "-".join(letters[at : at + PART] for at in range(0, LENGTH, PART))


def bare(typed: str) -> str:
    """The letters of a typed code, without what stands between its parts; else empty."""
    code = typed.strip().upper()
    return re.sub("[ -]", "", code) if LIKE_A_CODE.fullmatch(code) else ""


async def join(turn: Turn, typed: str) -> Reply | None:
    """Make the person staff by a code; None, without a hint, where it is no good."""
    letters = bare(typed)
    officer = await turn.unit.staff.join(letters, turn.person) if letters else None
    if officer is None:
        return None
    facts = {"name": officer.name, "role": turn.library.labels[f"role-{officer.role}"]}
    plan = turn.library.plans.get(officer.plan)
    return turn.say("staff/joined", turn.button("questions", "staff:list"), plan=plan, **facts)


def seen(turn: Turn, officers: Sequence[Staff]) -> set[str]:
    """The plans whose questions somebody may look at."""
    plans = {officer.plan for officer in officers}
    return {*turn.library.plans} if "" in plans else plans & {*turn.library.plans}


def answering(officers: Sequence[Staff], plan: str) -> Staff | None:
    """As whom somebody may answer for a plan; None where they may only look."""
    able = (each for each in officers if each.plan in (plan, "") and each.role in ANSWERING)
    return next(able, None)


def exporting(officers: Officers, plan: str) -> Staff | None:
    """As whom somebody may have a plan's registrations as a file; None where they may not."""
    able = (each for each in officers if each.plan in (plan, "") and each.role in EXPORTING)
    return next(able, None)


def not_able(turn: Turn) -> Reply:
    """What an officer hears who may only look."""
    return turn.say("staff/not_able", turn.button("other-question", "staff:list"))


def settled(turn: Turn) -> Reply:
    """Somebody else was first, or it is long gone."""
    return turn.say("staff/settled", turn.button("other-question", "staff:list"))
