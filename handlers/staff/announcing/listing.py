"""The broadcasts of an officer's plans, and the way to each."""

from __future__ import annotations

from handlers.staff.announcing import composing
from handlers.staff.announcing.board import beginning, board, standing
from handlers.staff.announcing.opening import gone, is_maker, opened, senders
from handlers.staff.announcing.seconding import second_look
from handlers.staff.announcing.telling import seconds
from handlers.staff.officers import Officers, not_able
from handlers.talk import Button, Reply
from handlers.turn import Turn
from storage.tables import Broadcast

LATEST = 30  # that are looked through
SHOWN = 6  # on one screen
ORDER = ("draft", "checking", "running", "planning", "paused", "waiting", "done", "cancelled")


async def show(turn: Turn, officers: Officers, argument: str) -> Reply:
    """Those that are written or under way first, then what was lately done."""
    mine = senders(turn, officers)
    if not mine:
        return not_able(turn)
    found = await turn.unit.broadcasts.listed(mine.keys(), LATEST)
    listed = [row for row in found if is_shown(officers, row)]
    shown = sorted(listed, key=lambda row: ORDER.index(row.state))[:SHOWN]
    lines = [await line(turn, row) for row in shown]
    buttons = [opener(row, at) for at, row in enumerate(shown, start=1)]
    new = turn.button("cast-new", "staff:cast:new")
    return turn.say("broadcast/list", *buttons, new, lines=lines)


def is_shown(officers: Officers, row: Broadcast) -> bool:
    """A draft is its maker's alone; one that was dropped before it was confirmed is nobody's."""
    if row.state == "draft":
        return is_maker(officers, row)
    return row.state != "cancelled" or row.begun_at is not None


async def line(turn: Turn, row: Broadcast) -> dict[str, object]:
    """One broadcast in a line of numbers."""
    plan = turn.library.plans[row.plan]
    counts = await turn.unit.broadcasts.counts(row.id)
    state = turn.library.labels[f"cast-state-{row.state}"]
    return {**standing(row, counts), "named": state, "plan": plan.label}


def opener(row: Broadcast, at: int) -> Button:
    words = beginning(row.text, 12) or f"{row.id}"
    return Button(f"{at}. {words}", f"staff:cast:open:{row.id}")


async def open_one(turn: Turn, officers: Officers, argument: str) -> Reply:
    """A broadcast as it asks for this officer: to be written on, looked at twice, or watched."""
    row = await opened(turn, officers, argument)
    if row is None:
        return gone(turn)
    if row.state == "draft":
        return await composing.ask(turn, row)
    if row.state == "checking" and turn.person.id in await seconds(turn, row):
        return await second_look(turn, row)
    return await board(turn.unit, turn.library, row)
