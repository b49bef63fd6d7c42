"""``/tamdung``: what a restored backup would send, and the owner's word on it."""

from __future__ import annotations

from content.lessons import cut
from content.library import Library
from handlers.kept import here
from handlers.staff.officers import MAY, Officers
from handlers.talk import Button, Reply
from handlers.turn import HERE, Turn
from storage import held
from storage.held import Held
from storage.tables import Hold, Staff

SHOWN, NAME = 3, 40  # broadcasts, and characters of each that call it to mind


def deciding(officers: Officers) -> Staff | None:
    """As whom somebody may decide about all that is held; None where they may not."""
    return next((each for each in officers if each.role in MAY["release"]), None)


def told(library: Library, hold: Hold, kept: Held, *, able: bool) -> Reply:
    """What would go out, and to whom it is to decide, the choice."""
    labels = library.labels
    release = Button(labels["hold-release"], "staff:release")
    drop = Button(labels["hold-drop"], "staff:discard")
    later = Button(labels["hold-later"], "staff:later")
    anything = kept.replies or kept.reminders or kept.broadcasts
    buttons = (release, drop, later) if anything else (release, later)
    broadcasts = [
        {
            "name": cut(each.broadcast.text, NAME),
            "day": here(each.broadcast.made_at),
            "sent": each.sent,
            "left": each.left,
        }
        for each in kept.broadcasts[:SHOWN]
    ]
    words = library.say(
        "hold/held",
        since=hold.since.astimezone(HERE),
        replies=kept.replies,
        reminders=kept.reminders,
        broadcasts=broadcasts,
        more=max(0, len(kept.broadcasts) - SHOWN),
        able=able,
    )
    return Reply(words, buttons if able else ())


async def show(turn: Turn, officers: Officers, argument: str) -> Reply:
    """What is held, as it is now."""
    hold = await turn.unit.holds.standing()
    if hold is None:
        return await over(turn)
    able = deciding(officers) is not None
    return told(turn.library, hold, await held.count(turn.unit), able=able)


async def later(turn: Turn, officers: Officers, argument: str) -> Reply:
    """Everything stays as it is."""
    return turn.say("hold/later") if await turn.unit.holds.standing() else await over(turn)


async def release(turn: Turn, officers: Officers, argument: str) -> Reply:
    """Let everything leave, what was held first."""
    officer = deciding(officers)
    if officer is None:
        return turn.say("hold/not_able")
    if not await turn.unit.holds.end(officer.id):
        return await over(turn)
    turn.unit.acts.add("released", staff_id=officer.id)
    return turn.say("hold/released")


async def discard(turn: Turn, officers: Officers, argument: str) -> Reply:
    """Drop what is held, and let everything else leave."""
    officer = deciding(officers)
    if officer is None:
        return turn.say("hold/not_able")
    if await turn.unit.holds.standing() is None:
        return await over(turn)
    cancelled = await held.drop(turn.unit)
    await turn.unit.holds.end(officer.id)
    turn.unit.acts.add("discarded", staff_id=officer.id)
    return turn.say("hold/dropped", left=cancelled)


async def over(turn: Turn) -> Reply:
    """Nothing is held: who let it go, and when, if it ever was."""
    last = await turn.unit.holds.last()
    ended = last[0].ended_at if last else None
    at = ended.astimezone(HERE) if ended else None
    return turn.say("hold/over", at=at, name=last[1] if last else "")
