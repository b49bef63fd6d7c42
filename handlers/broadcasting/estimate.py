"""What a broadcast would take: whom it reaches by what, whom not and why, and until when."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from content.library import Library
from content.reminding import Policy
from handlers.turn import HERE


@dataclass(frozen=True)
class Share:
    """How many one channel brings it to, and how many messages it has left for that this month."""

    channel: str
    people: int
    left: int | None = None  # none: as many as one likes


@dataclass(frozen=True)
class Estimate:
    """Whom a broadcast would reach if it left now, by what, for how many seconds, until when."""

    shares: tuple[Share, ...]
    reasons: Mapping[str, int]  # why others are not reached, and how many
    seconds: float
    begins: datetime
    ends: datetime

    @property
    def people(self) -> int:
        return sum(share.people for share in self.shares)

    @property
    def missed(self) -> int:
        return sum(self.reasons.values())


def useful(library: Library, now: datetime) -> datetime:
    """Until when what is to leave from now on is of use to anybody."""
    return library.reminding.opening(now.astimezone(HERE)) + library.broadcasts.useful


def ends(policy: Policy, begins: datetime, seconds: float) -> datetime:
    """When so many seconds of sending are over, if nothing leaves at quiet hours."""
    now, left = policy.opening(begins.astimezone(HERE)), timedelta(seconds=seconds)
    while (room := policy.closing(now) - now) < left:
        left -= room
        now = policy.opening(policy.closing(now))
    return now + left
