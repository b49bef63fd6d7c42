"""How a channel stands by our own count: what of its allowance is left, when it last heard."""

from __future__ import annotations

from dataclasses import dataclass, field

from storage.traffic import Traffic

SCARCE = 20  # per cent of a month's messages; below, they are called scarce


@dataclass(frozen=True)
class Standing:
    """One channel: the month's messages and the people that its platform allows, and our use."""

    channel: str
    quota: int = 0  # none: as many as one likes
    used: int = 0
    most: int = 0  # people; none: anybody
    people: int = 0
    traffic: Traffic = field(default_factory=Traffic)

    @property
    def left(self) -> int | None:
        """How many messages of the month are left; None: as many as one likes."""
        return max(0, self.quota - self.used) if self.quota else None

    @property
    def scarce(self) -> bool:
        """Whether few are left, or none."""
        return self.left is not None and self.left * 100 < self.quota * SCARCE
