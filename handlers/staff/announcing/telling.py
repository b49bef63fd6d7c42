"""What officers are told of a broadcast who did not just press something."""

from __future__ import annotations

from handlers.staff.officers import MAY
from handlers.staff.reviewing import tell
from handlers.talk import Reply
from handlers.turn import Turn
from storage.tables import Broadcast


async def tell_maker(turn: Turn, row: Broadcast, reply: Reply) -> None:
    """Tell who made it, if that is an officer still."""
    for each in await turn.unit.staff.all():
        if each.id == row.staff_id:
            await tell(turn, each.person_id, reply)


async def seconds(turn: Turn, row: Broadcast) -> set[int]:
    """Who may confirm it: people who may send for its plan, but not its maker."""
    officers = await turn.unit.staff.all()
    able = {
        each.person_id
        for each in officers
        if each.plan in (row.plan, "") and each.role in MAY["broadcast"]
    }
    return able - {each.person_id for each in officers if each.id == row.staff_id}
