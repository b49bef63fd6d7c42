"""A broadcast that was confirmed begins: at its time, or now."""

from __future__ import annotations

from datetime import datetime

from handlers.staff.announcing.board import board
from handlers.staff.announcing.opening import keep
from handlers.staff.officers import Officers
from handlers.talk import Reply
from handlers.turn import HERE, Turn
from storage.tables import Broadcast


async def begin(
    turn: Turn, officers: Officers, row: Broadcast, what: str, people: int, **values: object
) -> Reply:
    """Have it leave at its time, or now where there is none to wait for."""
    state = "waiting" if row.due_at and row.due_at > turn.unit.now else "planning"
    note = ""
    if await turn.unit.broadcasts.change(row, state, **values):
        keep(turn, officers, row, what, people)
    else:
        note = turn.library.say("broadcast/overtaken")
    return await board(turn.unit, turn.library, row, note)


def due(row: Broadcast) -> datetime | None:
    """When it is to leave, as people here say it."""
    return row.due_at and row.due_at.astimezone(HERE)
