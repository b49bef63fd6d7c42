"""The words and buttons of a broadcast as they are composed: whether they can be sent so."""

from __future__ import annotations

import re
from collections.abc import Sequence

from handlers.broadcasting.message import message
from handlers.broadcasting.words import SLOTS_SHOWN, longest, unknown
from handlers.turn import Turn
from storage.tables import Broadcast

LEAST = 12  # characters; who types fewer meant something else
LINK = re.compile(r"https?://|www\.|(?<![\w@.])[\w-]+\.(?:com|vn|net|org|info|edu|me|ly)\b")


def refusal(turn: Turn, row: Broadcast, text: str, buttons: Sequence[list[str]]) -> str:
    """Why a broadcast cannot say this with these buttons below it; empty where it can."""
    strange, short = next(unknown(text), ""), len(text.strip()) < LEAST
    so = Broadcast(
        plan=row.plan, text=text, buttons=[*buttons], file=row.file, whom={}, made_at=row.made_at
    )
    over = -turn.reach.room(message(turn.library, so, longest()))
    if not (strange or short or over > 0):
        return ""
    facts = {"strange": strange, "short": short, "over": over, "slots": SLOTS_SHOWN}
    return turn.library.say("broadcast/unfit", **facts)


def has_link(text: str) -> bool:
    """Whether people would be sent elsewhere by it."""
    return bool(LINK.search(text.lower()))
