"""The last word on a broadcast: its maker's, and above a set size that of a second officer."""

from __future__ import annotations

from handlers.reaching import tell
from handlers.staff.announcing import preview
from handlers.staff.announcing.board import board
from handlers.staff.announcing.opening import gone, is_maker, keep, more, opened
from handlers.staff.announcing.seconding import second_look
from handlers.staff.announcing.starting import begin, due
from handlers.staff.announcing.telling import seconds
from handlers.staff.announcing.whom import meant
from handlers.staff.officers import Officers
from handlers.talk import Reply
from handlers.turn import Turn
from storage.tables import Broadcast


async def ask(turn: Turn, officers: Officers, row: Broadcast, note: str = "") -> Reply:
    """What is about to be done, to how many and when; nothing has been done yet."""
    estimate = await turn.reach.estimate(turn.library, row)
    back = turn.button("back", f"staff:cast:open:{row.id}")
    later = turn.button("later", f"staff:cast:later:{row.id}/when")
    send = [turn.button("cast-send", f"staff:cast:send:{row.id}/{row.stamp}")]
    two, others = is_many(turn, estimate.people), await seconds(turn, row)
    if not estimate.people or (two and not others):
        send = []
    facts = {"note": note, "whom": meant(turn, row), **preview.cost(turn, estimate)}
    facts |= {"due": due(row), "two": two, "alone": not others, "most": second(turn)}
    return turn.say("broadcast/confirm", *send, back, later, **facts)


def second(turn: Turn) -> int:
    return turn.library.broadcasts.second


def is_many(turn: Turn, people: int) -> bool:
    """Whether a second officer has to look at it."""
    return people >= second(turn)


async def send(turn: Turn, officers: Officers, argument: str) -> Reply:
    """Its maker's last word on it as it was shown."""
    row = await opened(turn, officers, argument)
    if row is None or not is_maker(officers, row):
        return gone(turn)
    if row.state != "draft":  # pressed before
        return await board(turn.unit, turn.library, row)
    if more(argument) != f"{row.stamp}":
        return await ask(turn, officers, row, turn.library.say("broadcast/overtaken"))
    estimate = await turn.reach.estimate(turn.library, row)
    others = await seconds(turn, row)
    if not estimate.people or (is_many(turn, estimate.people) and not others):
        return await ask(turn, officers, row)
    if not is_many(turn, estimate.people):
        return await begin(turn, officers, row, "made", estimate.people)
    if await turn.unit.broadcasts.change(row, "checking"):
        keep(turn, officers, row, "asked", estimate.people)
        words = await second_look(turn, row)
        for person_id in sorted(others):
            await tell(turn, person_id, words)
    return await board(turn.unit, turn.library, row)
