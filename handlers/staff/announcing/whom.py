"""Whom a broadcast is for, in words."""

from __future__ import annotations

from handlers.broadcasting.whom import Whom
from handlers.turn import Turn
from storage.tables import Broadcast


def chosen(row: Broadcast) -> bool:
    """Whether it was said whom it is for; to choose everybody is to say so."""
    return "to" in row.whom


def meant(turn: Turn, row: Broadcast) -> str:
    """Whom it is for, in words."""
    whom = Whom.model_validate(row.whom)
    kinds = {kind.id: kind.label for kind in turn.library.broadcasts.kinds}
    return turn.library.say(
        "broadcast/to",
        to=turn.library.labels[f"cast-to-{whom.to or 'all'}"],
        kind=kinds.get(whom.kind, ""),
        place=whom.place,
        channel=whom.channel and channel(turn, whom.channel),
        seen=whom.seen,
    )


def channel(turn: Turn, name: str) -> str:
    """What people call a channel."""
    return turn.library.say("broadcast/sheet", part=name)
