"""Every button of broadcasts, and what it does."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from handlers.staff.announcing import (
    choosing,
    composing,
    confirming,
    linking,
    listing,
    preview,
    seconding,
    steering,
    timing,
)
from handlers.staff.announcing.steering import steer
from handlers.staff.officers import Officers
from handlers.talk import Reply
from handlers.turn import Turn

Action = Callable[[Turn, Officers, str], Awaitable[Reply]]

ACTIONS: dict[str, Action] = {
    "": listing.show,
    "open": listing.open_one,
    "new": composing.begin,
    "rewrite": composing.rewrite,
    "more": composing.other,
    "later": composing.later,
    "drop": composing.drop,
    "buttons": linking.choose,
    "whom": choosing.change,
    "to": choosing.stage,
    "narrow": choosing.narrow,
    "set": choosing.settle,
    "test": preview.trial,
    "now": timing.now,
    "when": timing.ask,
    "at": timing.tapped,
    "send": confirming.send,
    "approve": seconding.approve,
    "return": seconding.send_back,
    "recall": seconding.recall,
    "see": steering.see,
    "pause": steer("pause", steering.pause),
    "go": steer("go", steering.go_on),
    "cancel": steering.cancel,
    "end": steer("end", steering.end),
    "again": steer("again", steering.again),
    "table": steering.table,
}


async def press(turn: Turn, officers: Officers, argument: str) -> Reply:
    """A button of broadcasts; a foreign one leads to the list."""
    action, _, rest = argument.partition(":")
    return await ACTIONS.get(action, listing.show)(turn, officers, rest)
