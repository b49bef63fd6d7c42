"""A second officer's word on a broadcast to many."""

from __future__ import annotations

from handlers.broadcasting.known import Known
from handlers.broadcasting.message import message
from handlers.staff.announcing import preview
from handlers.staff.announcing.board import board, overtaken
from handlers.staff.announcing.opening import (
    LIST,
    gone,
    is_maker,
    keep,
    more,
    name,
    opened,
    senders,
)
from handlers.staff.announcing.starting import begin, due
from handlers.staff.announcing.telling import seconds, tell_maker
from handlers.staff.announcing.whom import meant
from handlers.staff.officers import Officers
from handlers.talk import Reply
from handlers.turn import Turn
from storage.tables import Broadcast


async def second_look(turn: Turn, row: Broadcast) -> Reply:
    """What a second officer decides on: all of it, as it will be seen."""
    estimate = await turn.reach.estimate(turn.library, row)
    deeds = {"approve": f"{row.id}/{row.stamp}", "return": f"{row.id}/{row.stamp}"}
    buttons = [turn.button(f"cast-{each}", f"staff:cast:{each}:{of}") for each, of in deeds.items()]
    officers = {each.id: each.name for each in await turn.unit.staff.all()}
    facts = {
        "name": officers.get(row.staff_id or 0, ""),
        "words": message(turn.library, row, Known()).text,
        "labels": [label for label, _ in row.buttons],
        "whom": meant(turn, row),
        "due": due(row),
        **preview.cost(turn, estimate),
    }
    return turn.say("broadcast/second", *buttons, turn.button("casts", LIST), **facts)


async def approve(turn: Turn, officers: Officers, argument: str) -> Reply:
    """The second officer's yes."""
    row = await to_decide(turn, officers, argument)
    if isinstance(row, Reply):
        return row
    estimate = await turn.reach.estimate(turn.library, row)
    by = senders(turn, officers)[row.plan].id
    reply = await begin(turn, officers, row, "confirmed", estimate.people, confirmed_by=by)
    if row.confirmed_by == by:
        facts = {"yes": True, "name": name(officers, row), "number": row.id}
        note = turn.library.say("broadcast/decided", **facts)
        await tell_maker(turn, row, await board(turn.unit, turn.library, row, note))
    return reply


async def send_back(turn: Turn, officers: Officers, argument: str) -> Reply:
    """The second officer's no: its maker changes it, or drops it."""
    row = await to_decide(turn, officers, argument)
    if isinstance(row, Reply):
        return row
    if not await turn.unit.broadcasts.change(row, "draft"):
        return await overtaken(turn, row)
    keep(turn, officers, row, "returned")
    facts = {"yes": False, "name": name(officers, row), "number": row.id}
    note = turn.library.say("broadcast/decided", **facts)
    open_ = turn.button("cast-open", f"staff:cast:open:{row.id}")
    await tell_maker(turn, row, Reply(note, (open_,)))
    return turn.say("broadcast/sent_back", turn.button("casts", LIST))


async def recall(turn: Turn, officers: Officers, argument: str) -> Reply:
    """Its maker takes it back before the second officer has decided."""
    row = await opened(turn, officers, argument)
    if row is None or not is_maker(officers, row):
        return gone(turn)
    if row.state != "checking" or not await turn.unit.broadcasts.change(row, "draft"):
        return await overtaken(turn, row)
    return await preview.show(turn, row)


async def to_decide(turn: Turn, officers: Officers, argument: str) -> Broadcast | Reply:
    """What waits for this officer's word as it was shown to them; else why they cannot say it."""
    row = await opened(turn, officers, argument)
    if row is None:
        return gone(turn)
    if row.state != "checking" or more(argument) != f"{row.stamp}":
        return await overtaken(turn, row)
    if turn.person.id not in await seconds(turn, row):
        note = turn.library.say("broadcast/own")
        return await board(turn.unit, turn.library, row, note)
    return row
