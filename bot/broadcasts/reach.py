"""What the channels know of a broadcast before it leaves: whom they bring it to, how it looks."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace

from bot.broadcasts.recipients import cast_of
from bot.channels.base import Abilities, fit
from content.library import Library
from handlers.broadcasting.estimate import Estimate, Share, ends
from handlers.talk import Reply
from handlers.turn import HERE
from storage.tables import Broadcast
from storage.unit import Unit

BOUNDLESS = 10**9  # characters
UNPACED = 20.0  # messages a second where a channel sets no pace: what we send by ourselves


@dataclass(frozen=True)
class Look:
    """How it looks on some channels that show it alike."""

    channels: tuple[str, ...]
    text: str
    labels: tuple[str, ...]


class Reach:
    """The channels that there are, as far as composing a broadcast asks about them."""

    def __init__(self, abilities: Mapping[str, Abilities]) -> None:
        self.abilities = abilities

    async def estimate(self, unit: Unit, library: Library, row: Broadcast) -> Estimate:
        """Whom it would reach as it is now: everybody is looked at, and nothing is written."""
        cast = await cast_of(unit, library, self.abilities, row)
        left, after = dict(cast.left), 0
        by_channel: Counter[str] = Counter()
        reasons: Counter[str] = Counter()
        while page := await unit.audience.page(row.plan, cast.whom.to, after):
            for each in cast.recipients(page, unit.now):
                (by_channel if each.channel else reasons)[each.channel or each.reason] += 1
            after = page[-1].id
        seconds = max((count / self.pace(name) for name, count in by_channel.items()), default=0.0)
        begins = max(unit.now, row.due_at or unit.now).astimezone(HERE)
        return Estimate(
            tuple(Share(name, by_channel[name], left.get(name)) for name in sorted(by_channel)),
            reasons,
            seconds,
            library.reminding.opening(begins),
            ends(library.reminding, begins, seconds),
        )

    def pace(self, channel: str) -> float:
        return self.abilities[channel].pace or UNPACED

    def looks(self, reply: Reply) -> list[Look]:
        """How a reply looks on each channel."""
        alike: dict[tuple[str, tuple[str, ...]], list[str]] = {}
        for name, can in self.abilities.items():
            [shown] = fit(reply, replace(can, max_text=BOUNDLESS))
            labels = tuple(button.label for button in shown.buttons)
            alike.setdefault((shown.text, labels), []).append(name)
        return [Look(tuple(names), *look) for look, names in alike.items()]

    def room(self, reply: Reply) -> int:
        """How many characters are left for it in one message of the smallest channel; below zero:
        so many too many.
        """
        return min(room(reply, can) for can in self.abilities.values())


def room(reply: Reply, can: Abilities) -> int:
    """The same of one channel."""
    [whole] = fit(replace(reply, papers=()), replace(can, max_text=BOUNDLESS))
    return can.room(reply) - len(whole.text)
