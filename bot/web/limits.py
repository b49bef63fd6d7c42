"""How often and how many at once: small limits in memory that forget by themselves."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class Rate:
    """So many at once, then so many a second."""

    burst: int
    refill: float


PERSON = Rate(burst=20, refill=1)
PLACE = Rate(burst=300, refill=20)
PHOTOS = Rate(burst=10, refill=0.1)


@dataclass(frozen=True)
class Limits:
    """How much one person, and one IP address (a whole village behind one mast), may ask of us."""

    person: Rate = PERSON
    place: Rate = PLACE
    photos: Rate = PHOTOS  # of one person
    lines: int = 500  # open pages of one IP address


class Pace:
    """A token bucket for each key. Beyond ``most`` keys the longest unused are forgotten."""

    def __init__(self, rate: Rate, clock: Callable[[], datetime], most: int = 20_000) -> None:
        self.rate, self.clock, self.most = rate, clock, most
        self.buckets: dict[str, tuple[float, datetime]] = {}  # the longest unused first

    def take(self, key: str) -> float:
        """Use one token; the seconds to wait where there is none, else 0."""
        now = self.clock()
        left, since = self.buckets.pop(key, (float(self.rate.burst), now))
        passed = max(0.0, (now - since).total_seconds())
        left = min(self.rate.burst, left + self.rate.refill * passed)
        wait = max(0.0, (1 - left) / self.rate.refill)
        self.buckets[key] = (left if wait else left - 1, now)
        if len(self.buckets) > self.most:
            del self.buckets[next(iter(self.buckets))]
        return wait


class Seats:
    """How many of something one key may hold at once."""

    def __init__(self, most: int) -> None:
        self.most = most
        self.held: Counter[str] = Counter()

    @contextmanager
    def one(self, key: str) -> Iterator[bool]:
        """Hold a seat while the block runs; False where all are taken."""
        free = self.held[key] < self.most
        self.held[key] += free
        try:
            yield free
        finally:
            self.held[key] -= free
            if not self.held[key]:
                del self.held[key]
