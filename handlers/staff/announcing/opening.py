"""Which broadcasts an officer may see and change, and as whom."""

from __future__ import annotations

import re

from handlers.staff.officers import Officers, able_for
from handlers.talk import Reply
from handlers.turn import Turn
from storage.tables import Broadcast, Staff

WHICH = re.compile(r"([1-9][0-9]{0,8})(?:/(.*))?")  # a button's argument: number, and more
LIST = "staff:cast"  # the button to all broadcasts


def senders(turn: Turn, officers: Officers) -> dict[str, Staff]:
    """The plans for which somebody may send broadcasts, each with as whom."""
    return able_for(turn, officers, "broadcast")


def is_maker(officers: Officers, row: Broadcast) -> bool:
    return row.staff_id in [officer.id for officer in officers]


async def opened(turn: Turn, officers: Officers, argument: str) -> Broadcast | None:
    """The broadcast that a button names, as it stands; a draft is its maker's alone."""
    which = WHICH.fullmatch(argument)
    row = await turn.unit.broadcasts.get(int(which[1])) if which else None
    if row is None or row.plan not in senders(turn, officers):
        return None
    return row if row.state != "draft" or is_maker(officers, row) else None


async def draft(turn: Turn, officers: Officers, argument: str) -> Broadcast | None:
    """The same, if it may still be written at."""
    row = await opened(turn, officers, argument)
    return row if row and row.state == "draft" else None


def more(argument: str) -> str:
    """What a button says beside the number of a broadcast."""
    return argument.partition("/")[2]


def gone(turn: Turn) -> Reply:
    """There is none of that number, or not for this officer."""
    return turn.say("broadcast/gone", turn.button("casts", LIST))


def keep(turn: Turn, officers: Officers, row: Broadcast, deed: str, count: int = 1) -> None:
    """Keep in the audit trail what was done with a broadcast, and by whom."""
    officer = senders(turn, officers)[row.plan]
    note = turn.library.say("broadcast/act", number=row.id, deed=deed)
    turn.unit.acts.add("broadcast", plan=row.plan, staff_id=officer.id, count=count, note=note)


def name(officers: Officers, row: Broadcast) -> str:
    """What the officer is called who does something with it."""
    return next((each.name for each in officers if each.plan in (row.plan, "")), "")
