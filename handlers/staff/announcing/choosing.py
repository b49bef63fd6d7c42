"""Whom a broadcast is for: how far they are with registering, then narrower."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress

from pydantic import ValidationError

from handlers.broadcasting.whom import STAGES, Whom
from handlers.staff.announcing import preview
from handlers.staff.announcing.opening import draft, gone, more
from handlers.staff.announcing.whom import channel, meant
from handlers.staff.officers import Officers
from handlers.talk import Button, Reply
from handlers.turn import Turn
from storage.tables import Broadcast

OFFERED = ("", "none", "draft", "registered", "returned", "approved")  # of STAGES; "": everybody
SEEN = (30, 90, 365)  # days
NARROWING = ("kind", "place", "channel", "seen")


def ask(turn: Turn, row: Broadcast, note: str = "") -> Reply:
    """The question whom it is for."""
    labels = [(stage, turn.library.labels[f"cast-to-{stage or 'all'}"]) for stage in OFFERED]
    buttons = [Button(label, f"staff:cast:to:{row.id}/{stage}") for stage, label in labels]
    later = turn.button("later", f"staff:cast:later:{row.id}/whom")
    facts = {"plan": turn.library.plans[row.plan], "note": note}
    return turn.say("broadcast/whom", *buttons, later, **facts)


async def change(turn: Turn, officers: Officers, argument: str) -> Reply:
    """Choose anew whom it is for."""
    row = await draft(turn, officers, argument)
    return ask(turn, row) if row else gone(turn)


async def stage(turn: Turn, officers: Officers, argument: str) -> Reply:
    """How far they are with registering; what was narrower stays."""
    row = await draft(turn, officers, argument)
    if row is None:
        return gone(turn)
    if (said := more(argument)) and said not in STAGES:
        return ask(turn, row)
    await keep(turn, row, to=said)
    return await preview.show(turn, row)


async def keep(turn: Turn, row: Broadcast, **narrower: object) -> None:
    """Keep these, beside what else was chosen; raise ValidationError for what there is not."""
    whom = Whom.model_validate({**row.whom, **narrower})
    known = {**whom.as_json(), "to": whom.to}  # even where it is everybody: it was asked
    await turn.unit.broadcasts.change(row, "draft", whom=known)


async def narrow(turn: Turn, officers: Officers, argument: str) -> Reply:
    """Ask for one thing that narrows it down, or which of them it is to be."""
    row = await draft(turn, officers, argument)
    if row is None:
        return gone(turn)
    by = more(argument)
    if by not in NARROWING:
        return narrowing(turn, row)
    options = [
        Button(label, f"staff:cast:set:{row.id}/{by}/{value}") for value, label in choices(turn, by)
    ]
    back = turn.button("back", f"staff:cast:narrow:{row.id}")
    later = turn.button("later", f"staff:cast:later:{row.id}/{by}")
    return turn.say("broadcast/narrow_by", *options, back, later, by=by)


def narrowing(turn: Turn, row: Broadcast) -> Reply:
    """What it is narrowed down to, and by what else it can be."""
    ways = [turn.button(f"cast-by-{by}", f"staff:cast:narrow:{row.id}/{by}") for by in NARROWING]
    done = turn.button("cast-done", f"staff:cast:open:{row.id}")
    return turn.say("broadcast/narrow", *ways, done, whom=meant(turn, row))


def choices(turn: Turn, by: str) -> Iterator[tuple[str, str]]:
    """What can be chosen there, with its words; at last: no matter."""
    match by:
        case "kind":
            yield from ((kind.id, kind.label) for kind in turn.library.broadcasts.kinds)
        case "channel":
            yield from ((name, channel(turn, name)) for name in turn.reach.channels)
        case "seen":
            yield from ((f"{days}", turn.library.say("broadcast/days", days=days)) for days in SEEN)
    yield "", turn.library.labels["cast-any"]


async def settle(turn: Turn, officers: Officers, argument: str) -> Reply:
    """One of the choices."""
    row = await draft(turn, officers, argument)
    if row is None:
        return gone(turn)
    by, _, value = more(argument).partition("/")
    return await narrowed(turn, row, by, value)


async def narrowed(turn: Turn, row: Broadcast, by: str, value: str) -> Reply:
    """Keep it, or ask again where there is no such thing."""
    with suppress(ValidationError):  # an old button: what there is no more is not chosen
        await keep(turn, row, **{by: value or (None if by == "seen" else "")})
    return narrowing(turn, row)
