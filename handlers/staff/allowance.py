"""``/kenh``: what is left of each channel's month; and the morning on which it becomes scarce."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from content.library import Library
from handlers import wishes
from handlers.notices import Notice
from handlers.reaching import name
from handlers.staff.officers import MAY, Officers, not_able
from handlers.standing import Standing
from handlers.talk import Button, Reply
from handlers.turn import HERE, Turn
from storage.told import Known

SCARCE = f"{wishes.OFFICE}scarce"
DOOR = "staff:channels"


async def show(turn: Turn, officers: Officers, argument: str) -> Reply:
    """Each channel in a line."""
    if not concerned(officers):
        return not_able(turn)
    standings = await turn.reach.standings()
    rows = [told(turn.library, each) for each in standings]
    return turn.say(
        "staff/channels", turn.button("queue", "staff:queue"), rows=rows, today=turn.today
    )


def concerned(officers: Officers) -> bool:
    """Whether any of these may write to many, and so has to know what that may cost."""
    return any(each.role in MAY["broadcast"] for each in officers)


def notices(
    library: Library, known: Known, standings: Sequence[Standing], now: datetime
) -> list[Notice]:
    """That few of a channel's messages are left, or none: each once a month; not on days off."""
    today = now.astimezone(HERE).date()
    if not concerned(known.staff) or library.reminding.is_off(today, office=True):
        return []
    month = today.replace(day=1)
    heard = {step for step, each in known.of(SCARCE).items() if each.day == month}
    steps = {step_of(each): each for each in standings if each.scarce}
    fresh = [each for step, each in steps.items() if step not in heard]
    if not fresh or not wishes.wants(known.person, SCARCE):
        return []
    door = Button(library.labels["channels"], DOOR)
    facts = {"rows": [told(library, each) for each in fresh]}
    new = tuple(map(step_of, fresh))
    return [Notice(SCARCE, new, month, today, "office-scarce", facts, door, (door,))]


def step_of(standing: Standing) -> str:
    """How the ledger calls it that they were told of a channel."""
    return f"{standing.channel}/{'few' if standing.left else 'none'}"


def told(library: Library, standing: Standing) -> dict[str, object]:
    """What is told of a channel."""
    heard = standing.traffic.heard
    return {
        "name": name(library, standing.channel),
        "quota": standing.quota,
        "left": standing.left,
        "most": standing.most,
        "people": standing.people,
        "heard": heard and heard.astimezone(HERE),
    }
