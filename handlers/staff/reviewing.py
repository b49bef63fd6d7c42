"""Deciding on a registration: one officer at a time, and its person hears of it once."""

from __future__ import annotations

import re
from typing import Any

from handlers.filling import name_of
from handlers.reaching import tell
from handlers.staff.looking import following, gone, lines, opened, reviewer, whole
from handlers.staff.officers import Officers, not_able
from handlers.staff.remark import DECIDED_IN
from handlers.talk import Button, Reply
from handlers.turn import Turn
from storage.tables import Registration, Staff

STAMP = re.compile(r"0|[1-9][0-9]{0,8}")
BY_STAFF = ("checked", "unchecked", "approved", "returned", "rejected", "commented")
CHANGES = (*BY_STAFF, "submitted", "withdrawn")  # acts by which it is no longer as it was


def parsed(argument: str) -> tuple[str, int]:
    """The code and the stamp that a button names; a stamp that never was, if it names none."""
    code, _, stamp = argument.partition("/")
    return code, int(stamp) if STAMP.fullmatch(stamp) else -1


async def approve(turn: Turn, officers: Officers, argument: str) -> Reply:
    """Approve it; where the plan asks for two officers, the first one only checks it."""
    code, stamp = parsed(argument)
    row = await opened(turn, officers, code)
    if row is None:
        return gone(turn)
    officer = reviewer(turn, officers, row)
    if officer is None:
        return not_able(turn)
    if row.stamp != stamp or row.state not in DECIDED_IN["approved"]:
        return await overtaken(turn, officers, row, stamp)
    two = turn.library.plans[row.plan].two_officers
    if two and row.state == "checked" and await is_checker(turn, row):
        back = turn.button("uncheck", f"staff:unchecked:{code}/{stamp}")
        return turn.say("review/own_check", back, *await following(turn, row), code=code)
    state = "checked" if two and row.state == "submitted" else "approved"
    if not await change(turn, officer, row, stamp, state, state=state, step="", reason=""):
        return await overtaken(turn, officers, row, stamp)
    if state == "checked":
        back = turn.button("uncheck", f"staff:unchecked:{code}/{row.stamp}")
        return await done(turn, row, state, back)
    words = turn.library.say("review/told_approved", **about(turn, row))
    heard = await tell(turn, row.person_id, Reply(words, (turn.button("mine", f"mine:{code}"),)))
    return await done(turn, row, state, heard=heard)


async def is_checker(turn: Turn, row: Registration) -> bool:
    """Whether this person was the first of the two."""
    return await turn.unit.reviews.checker(row) == turn.person.id


async def uncheck(turn: Turn, officers: Officers, argument: str) -> Reply:
    """Take back one's own first approval, of which nobody was told."""
    code, stamp = parsed(argument)
    row = await opened(turn, officers, code)
    if row is None:
        return gone(turn)
    officer = reviewer(turn, officers, row)
    if officer is None or not await is_checker(turn, row):
        return not_able(turn)
    if row.state != "checked":
        return await overtaken(turn, officers, row, stamp)
    if not await change(turn, officer, row, stamp, "unchecked", state="submitted"):
        return await overtaken(turn, officers, row, stamp)
    return await whole(turn, officers, row)


async def change(
    turn: Turn, officer: Staff, row: Registration, stamp: int, what: str, **values: Any
) -> bool:
    """Change it and keep who did; False where another was first."""
    note = values.pop("note", "")
    changed = await turn.unit.registrations.change(row, stamp, **values)
    if changed:
        turn.unit.acts.add(what, row, staff_id=officer.id, note=note)
    return changed


async def overtaken(turn: Turn, officers: Officers, row: Registration, stamp: int) -> Reply:
    """Somebody changed it since this officer looked: who did what, and how it stands now."""
    now = await opened(turn, officers, row.code)
    if now is None:
        return gone(turn)
    trail = await turn.unit.acts.trail(registration_id=now.id)
    changes = [done for done in trail if done.act.what in CHANGES]
    missed = changes[-(now.stamp - stamp) :] if 0 <= stamp < now.stamp else changes[-1:]
    note = turn.library.say("review/overtaken", told=lines(turn, missed))
    return await whole(turn, officers, now, note)


def about(turn: Turn, row: Registration) -> dict[str, object]:
    """What its person is told of which registration they hear."""
    form = turn.library.forms[row.form]
    name = name_of(form, row.answers)
    return {"code": row.code, "name": name, "plan": turn.library.plans[row.plan]}


async def done(
    turn: Turn, row: Registration, what: str, *buttons: Button, heard: bool = True
) -> Reply:
    """What an officer hears who did something, and the way on."""
    label = turn.library.labels[f"act-{what}"]
    facts = {"code": row.code, "what": label, "checked": what == "checked", "heard": heard}
    return turn.say("review/done", *buttons, *await following(turn, row), **facts)
