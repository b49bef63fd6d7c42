"""What officers are told of a broadcast who did not just press something."""

from __future__ import annotations

from dataclasses import replace

from content.library import Library
from handlers.reaching import tell
from handlers.staff.announcing.board import board
from handlers.staff.officers import MAY
from handlers.talk import Reply
from handlers.turn import Turn
from storage.people import Where
from storage.tables import Broadcast
from storage.unit import Unit


async def tell_maker(turn: Turn, row: Broadcast, reply: Reply) -> None:
    """Tell who made it, if that is an officer still."""
    maker = await maker_of(turn.unit, row)
    if maker is not None:
        await tell(turn, maker, reply)


async def maker_of(unit: Unit, row: Broadcast) -> int | None:
    """The person who made it, if that is an officer still."""
    officers = await unit.staff.all()
    return next((each.person_id for each in officers if each.id == row.staff_id), None)


async def news(unit: Unit, library: Library, row: Broadcast) -> tuple[Where, Reply] | None:
    """What its maker is told without having pressed anything, and where: it begins, it is over,
    it was too late. None where nobody is to be told.
    """
    maker = await maker_of(unit, row)
    if maker is None and row.staff_id is not None:  # somebody has to know
        maker = min(await senders(unit, row), default=None)
    places = await unit.people.reached(maker) if maker is not None else []
    if not places:
        return None
    told = await board(unit, library, row, library.say("broadcast/news", state=row.state))
    over = row.state == "done"  # the one that was kept true till then stays it
    return places[0], replace(told, board=0) if over else told


async def seconds(turn: Turn, row: Broadcast) -> set[int]:
    """Who may confirm it: people who may send for its plan, but not its maker."""
    return await senders(turn.unit, row) - {await maker_of(turn.unit, row)}


async def senders(unit: Unit, row: Broadcast) -> set[int]:
    """The people who may send for its plan."""
    return {
        each.person_id
        for each in await unit.staff.all()
        if each.plan in (row.plan, "") and each.role in MAY["broadcast"]
    }
