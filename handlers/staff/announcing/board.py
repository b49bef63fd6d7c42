"""How far a broadcast is: one message, kept true in its place where a channel lets us."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from content.library import Library
from handlers.broadcasting.report import LET_BE
from handlers.talk import Button, Reply
from handlers.turn import HERE, Turn
from storage.recipients import UNSENT
from storage.tables import Broadcast
from storage.unit import Unit

BEGUN = ("planning", "running", "paused", "done", "cancelled")  # a message tells how far it is
RESTING = ("paused", "done", "cancelled")  # whom it did not reach is counted
STEPS = 10  # parts of the bar that fills


async def board(unit: Unit, library: Library, row: Broadcast, note: str = "") -> Reply:
    """How it stands, and what may be done with it now."""
    counts = await unit.broadcasts.counts(row.id)
    calls = await to_call(unit, row) if row.state in RESTING else 0
    waits = {"calls": calls, "held": await unit.holds.standing() is not None}
    facts = {"note": note, **waits, "opening": opening(unit, library), **standing(row, counts)}
    words = library.say("broadcast/board", **facts)
    shown = Reply(words, buttons(library, row, counts))
    return replace(shown, board=row.id) if row.state in BEGUN else shown


def opening(unit: Unit, library: Library) -> datetime | None:
    """From when on people may be disturbed again; None where they may be now."""
    now = unit.now.astimezone(HERE)
    return None if library.reminding.may_disturb(now) else library.reminding.opening(now)


async def to_call(unit: Unit, row: Broadcast) -> int:
    """How many nothing reached, who did not ask for that."""
    reasons = await unit.broadcasts.reasons(row.id)
    return sum(
        people
        for (state, reason, _), people in reasons.items()
        if state == "failed" or (state == "skipped" and reason not in LET_BE)
    )


async def overtaken(turn: Turn, row: Broadcast) -> Reply:
    """Somebody was first: how it stands now."""
    note = turn.library.say("broadcast/overtaken")
    return await board(turn.unit, turn.library, row, note)


def standing(row: Broadcast, counts: Mapping[str, int]) -> dict[str, object]:
    """What a board tells of, in numbers."""
    total = sum(counts.values())
    left = sum(counts.get(state, 0) for state in UNSENT)
    return {
        "state": row.state,
        "number": row.id,
        "begins": beginning(row.text),
        "reason": row.reason,
        "due": row.due_at and row.due_at.astimezone(HERE),
        "total": total,
        "left": left,
        "filled": (total - left) * STEPS // total if total else 0,
        "steps": STEPS,
        **{what: counts.get(what, 0) for what in ("sent", "failed", "skipped", "uncertain")},
    }


def beginning(text: str, most: int = 40) -> str:
    """The first words of a text, on one line."""
    line = " ".join(text.split())
    return line if len(line) <= most else f"{line[:most].rsplit(' ', 1)[0]}…"


def buttons(library: Library, row: Broadcast, counts: Mapping[str, int]) -> tuple[Button, ...]:
    """What may be done with it as it stands."""
    deeds = {
        "checking": ("recall", "cancel"),
        "waiting": ("cancel",),
        "planning": ("pause", "cancel", "see"),
        "running": ("pause", "cancel", "see"),
        "paused": ("go", "cancel", "see"),
        "done": ("again", "table") if counts.get("failed") else ("table",),
        "cancelled": ("table",) if counts else (),
    }
    named = [
        Button(library.labels[f"cast-{deed}"], f"staff:cast:{deed}:{row.id}")
        for deed in deeds.get(row.state, ())
    ]
    return *named, Button(library.labels["casts"], "staff:cast")
