"""A broadcast as it will be seen: on each channel, by how many, at what cost; and a trial."""

from __future__ import annotations

from handlers.broadcasting.estimate import Estimate
from handlers.broadcasting.known import Fields, Known
from handlers.broadcasting.message import message
from handlers.staff.announcing.opening import draft, gone
from handlers.staff.announcing.whom import channel, meant
from handlers.staff.announcing.wording import has_link
from handlers.staff.officers import Officers
from handlers.talk import Button, Reply
from handlers.turn import HERE, Turn
from storage.tables import Broadcast


async def show(turn: Turn, row: Broadcast, note: str = "") -> Reply:
    """The preview, and all that can be done with it."""
    estimate = await turn.reach.estimate(turn.library, row)
    looks = turn.reach.looks(message(turn.library, row, Known()))
    facts = {"note": note, "looks": looks, "linked": has_link(row.text)}
    facts |= {"whom": meant(turn, row), **cost(turn, estimate)}
    return turn.say("broadcast/preview", *deeds(turn, row), **facts)


def deeds(turn: Turn, row: Broadcast) -> list[Button]:
    """All that can be done with it."""
    what = ("now", "when", "test", "more")
    buttons = [turn.button(f"cast-{deed}", f"staff:cast:{deed}:{row.id}") for deed in what]
    return [*buttons, turn.button("later", f"staff:cast:later:{row.id}/text")]


def cost(turn: Turn, estimate: Estimate) -> dict[str, object]:
    """How many it reaches; and by what, how many not, and how long that takes, in words."""
    shares = [{"name": channel(turn, each.channel), **vars(each)} for each in estimate.shares]
    missed = {
        turn.library.say("broadcast/reason", reason=reason): people
        for reason, people in estimate.reasons.items()
    }
    facts = {"count": estimate.people, "shares": shares, "missed": missed, "today": turn.today}
    facts |= {"minutes": round(estimate.seconds / 60), "ends": estimate.ends.astimezone(HERE)}
    return {"count": estimate.people, "cost": turn.library.say("broadcast/cost", **facts)}


async def trial(turn: Turn, officers: Officers, argument: str) -> Reply:
    """Send it to who composes it, as it will arrive there."""
    row = await draft(turn, officers, argument)
    if row is None:
        return gone(turn)
    known = Fields.of(turn.library).known(turn.person.profile)
    own = message(turn.library, row, known)
    turn.others.append((turn.said.channel, turn.said.sender, own))
    return turn.say("broadcast/tried", *deeds(turn, row), named=bool(known.name and known.unit))
