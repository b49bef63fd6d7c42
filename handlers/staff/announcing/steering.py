"""Steering a broadcast that was confirmed: how far it is, stop, go on, end, try again."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import replace

from handlers.broadcasting.estimate import useful
from handlers.staff.announcing.board import board, overtaken
from handlers.staff.announcing.opening import gone, is_maker, keep, opened
from handlers.staff.announcing.telling import tell_maker
from handlers.staff.officers import Officers
from handlers.talk import Paper, Reply
from handlers.turn import Turn
from storage.tables import Broadcast

Change = Callable[[Turn, Broadcast], Awaitable[bool]]


async def see(turn: Turn, officers: Officers, argument: str) -> Reply:
    """How far it is now."""
    row = await opened(turn, officers, argument)
    return await board(turn.unit, turn.library, row) if row else gone(turn)


async def pause(turn: Turn, row: Broadcast) -> bool:
    return await turn.unit.broadcasts.change(row, "paused", reason="")


async def go_on(turn: Turn, row: Broadcast) -> bool:
    return await turn.unit.broadcasts.resume(row)


async def end(turn: Turn, row: Broadcast) -> bool:
    return await turn.unit.broadcasts.cancel(row)


async def again(turn: Turn, row: Broadcast) -> bool:
    return await turn.unit.broadcasts.again(row, useful(turn.library, turn.unit.now))


def steer(deed: str, change: Change) -> Callable[[Turn, Officers, str], Awaitable[Reply]]:
    """A button that changes it at once, if it is as it was; else tells how it stands."""

    async def pressed(turn: Turn, officers: Officers, argument: str) -> Reply:
        row = await opened(turn, officers, argument)
        if row is None:
            return gone(turn)
        if not await change(turn, row):
            return await overtaken(turn, row)
        keep(turn, officers, row, deed)
        shown = await board(turn.unit, turn.library, row)
        if not is_maker(officers, row):
            note = turn.library.say("broadcast/steered", deed=deed)
            await tell_maker(turn, row, await board(turn.unit, turn.library, row, note))
        return shown

    return pressed


async def cancel(turn: Turn, officers: Officers, argument: str) -> Reply:
    """Ask once whether it is to end for good."""
    row = await opened(turn, officers, argument)
    if row is None:
        return gone(turn)
    counts = await turn.unit.broadcasts.counts(row.id)
    sure = turn.button("cast-end", f"staff:cast:end:{row.id}")
    stay = turn.button("cast-stay", f"staff:cast:see:{row.id}")
    facts = {"sent": counts.get("sent", 0), "left": counts.get("planned", 0)}
    return turn.say("broadcast/cancel", sure, stay, **facts)


async def table(turn: Turn, officers: Officers, argument: str) -> Reply:
    """Who got it and who did not, as a workbook."""
    row = await opened(turn, officers, argument)
    if row is None:
        return gone(turn)
    counts = await turn.unit.broadcasts.counts(row.id)
    keep(turn, officers, row, "table", sum(counts.values()))
    back = turn.button("casts", "staff:cast")
    reply = turn.say("broadcast/table", back, number=row.id, count=sum(counts.values()))
    return replace(reply, papers=(Paper(f"broadcast:{row.id}", "xlsx"),))
