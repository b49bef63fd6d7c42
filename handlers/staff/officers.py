"""Who is staff, who may do what, and how a code makes somebody an officer."""

from __future__ import annotations

import re
import secrets
from collections.abc import Mapping, Sequence
from typing import Literal

from handlers.codes import CODE
from handlers.talk import Reply
from handlers.turn import Turn
from storage.tables import Staff

Task = Literal["look", "answer", "review", "trail", "export", "request", "release", "broadcast"]
MAY: Mapping[Task, frozenset[str]] = {  # which roles may do what
    "look": frozenset({"viewer", "reviewer", "editor", "owner"}),  # questions and registrations
    "answer": frozenset({"editor", "owner"}),  # questions, which becomes content
    "review": frozenset({"reviewer", "owner"}),  # decide on registrations, write to their people
    "trail": frozenset({"reviewer", "owner"}),  # who looked at a registration and did what
    "export": frozenset({"reviewer", "editor", "owner"}),  # registrations as files
    "request": frozenset({"reviewer", "owner"}),  # what people ask for with their data
    "release": frozenset({"owner"}),  # what a restored backup would send, or drop it
    "broadcast": frozenset({"editor", "owner"}),  # write to all members of a plan
}
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
    doors = turn.button("questions", "staff:list"), turn.button("queue", "staff:queue")
    return turn.say("staff/joined", *doors, plan=plan, **facts)


def seen(turn: Turn, officers: Sequence[Staff]) -> set[str]:
    """The plans whose questions and registrations somebody may look at."""
    plans = {officer.plan for officer in officers}
    return {*turn.library.plans} if "" in plans else plans & {*turn.library.plans}


def able(officers: Officers, plan: str, task: Task) -> Staff | None:
    """As whom somebody may do this for a plan; None where they may not."""
    fitting = (each for each in officers if each.plan in (plan, "") and each.role in MAY[task])
    return next(fitting, None)


def able_for(turn: Turn, officers: Officers, task: Task) -> dict[str, Staff]:
    """The plans for which somebody may do this, in order, each with as whom."""
    found = {plan: able(officers, plan, task) for plan in sorted(seen(turn, officers))}
    return {plan: officer for plan, officer in found.items() if officer}


def not_able(turn: Turn) -> Reply:
    """What an officer hears whose role does not allow it."""
    doors = turn.button("queue", "staff:queue"), turn.button("questions", "staff:list")
    return turn.say("staff/not_able", *doors)


def settled(turn: Turn) -> Reply:
    """Somebody else was first, or it is long gone."""
    return turn.say("staff/settled", turn.button("other-question", "staff:list"))
