"""Composing a broadcast by conversation: what is asked next follows from what is missing."""

from __future__ import annotations

import re
from collections.abc import Sequence

from handlers.broadcasting.words import SLOTS_SHOWN
from handlers.heard import command
from handlers.staff.announcing import choosing, preview, timing
from handlers.staff.announcing.opening import (
    LIST,
    draft,
    gone,
    is_maker,
    senders,
)
from handlers.staff.announcing.whom import chosen
from handlers.staff.announcing.wording import refusal
from handlers.staff.officers import Officers, not_able
from handlers.talk import Reply
from handlers.turn import Turn
from storage.tables import Broadcast

LATER = re.compile(r"staff:cast:later:([0-9]+)/(\w+)")  # on the screen while words are asked for
FILES = ("photo", "file")


async def begin(turn: Turn, officers: Officers, argument: str) -> Reply:
    """A new one, for the plan that is named, or the only one; one that is still empty is it."""
    mine = senders(turn, officers)
    if not mine:
        return not_able(turn)
    if argument not in mine and len(mine) > 1:
        plans = (turn.library.plans[each] for each in mine)
        return turn.say("broadcast/pick_plan", *turn.plan_buttons("staff:cast:new", plans))
    plan = argument if argument in mine else next(iter(mine))
    begun = await turn.unit.broadcasts.having("draft")
    empty = (each for each in begun if each.plan == plan and not each.text)
    row = next((each for each in empty if is_maker(officers, each)), None)
    return await ask(turn, row or await turn.unit.broadcasts.add(plan, {}, staff_id=mine[plan].id))


async def ask(turn: Turn, row: Broadcast, note: str = "") -> Reply:
    """What is to be said of it next."""
    if not row.text:
        return write(turn, row, note)
    if not chosen(row):
        return choosing.ask(turn, row)
    return await preview.show(turn, row, note)


def write(turn: Turn, row: Broadcast, note: str = "") -> Reply:
    """The question for its words."""
    drop = turn.button("cast-drop", f"staff:cast:drop:{row.id}")
    later = turn.button("later", f"staff:cast:later:{row.id}/text")
    plan = turn.library.plans[row.plan]
    facts = {"plan": plan, "slots": SLOTS_SHOWN, "text": row.text, "note": note}
    return turn.say("broadcast/write", drop, later, **facts)


async def rewrite(turn: Turn, officers: Officers, argument: str) -> Reply:
    """Ask for other words."""
    row = await draft(turn, officers, argument)
    return write(turn, row) if row else gone(turn)


async def hear(turn: Turn, officers: Officers, values: Sequence[str], text: str) -> Reply | None:
    """Words typed where something about a broadcast is asked; None where nothing is."""
    asked = next((found for value in values if (found := LATER.fullmatch(value))), None)
    if asked is None:
        return None
    row = await draft(turn, officers, asked[1])
    if row is None:
        return gone(turn)
    match asked[2]:
        case "text":
            return await written(turn, row, text)
        case "when":
            return await timing.typed(turn, officers, row, text)
        case "whom" if not command(turn, text):
            return choosing.ask(turn, row, turn.library.say("broadcast/pick"))
        case "place":
            return await choosing.narrowed(turn, row, "place", text.strip())
    return None


async def written(turn: Turn, row: Broadcast, text: str) -> Reply:
    """Take its words, if they can be sent to everybody as they are."""
    if why := refusal(turn, row, text, row.buttons):
        return write(turn, row, why)
    await turn.unit.broadcasts.change(row, "draft", text=text.strip())
    return await ask(turn, row)


async def other(turn: Turn, officers: Officers, argument: str) -> Reply:
    """What else can be changed about it."""
    row = await draft(turn, officers, argument)
    if row is None:
        return gone(turn)
    deeds = ("rewrite", "buttons", "whom", "narrow", "drop")
    buttons = [turn.button(f"cast-{deed}", f"staff:cast:{deed}:{row.id}") for deed in deeds]
    return turn.say("broadcast/other", *buttons, turn.button("back", f"staff:cast:open:{row.id}"))


async def later(turn: Turn, officers: Officers, argument: str) -> Reply:
    """Leave it as it is; it stays in the list."""
    row = await draft(turn, officers, argument)
    if row is None:
        return gone(turn)
    return turn.say("broadcast/later", turn.button("casts", LIST), text=row.text)


async def drop(turn: Turn, officers: Officers, argument: str) -> Reply:
    """Send nothing."""
    row = await draft(turn, officers, argument)
    if row is None or not await turn.unit.broadcasts.change(row, "cancelled"):
        return gone(turn)
    return turn.say("broadcast/dropped", turn.button("casts", LIST))


async def asked_again(turn: Turn, officers: Officers, values: Sequence[str]) -> Reply | None:
    """What is on the screen, once more, after something came that is no text."""
    asked = next((found for value in values if (found := LATER.fullmatch(value))), None)
    row = await draft(turn, officers, asked[1]) if asked else None
    if asked is None or row is None:
        return None
    note = turn.library.say("broadcast/picture") if turn.said.kind in FILES else ""
    if asked[2] == "when":
        return timing.when(turn, row, note)
    return await ask(turn, row, note)
