"""Pace: how fast one channel may be used, as the platform counts it. Pure, in seconds."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass

SECOND = 1.002  # over which platforms count; timers ring up to a thousandth early
LATEST = 1.0  # a message without an answer by then is taken to be there
WARY = 60.0  # how long a channel keeps to its pace after a complaint
PUSHING = 5.0  # the same after a message that nobody asked for
AHEAD = 0.05  # pushes are taken in hand at most so long before they leave: a crash leaves few
FEW = 16  # of them at a time where there is no pace
PATIENT = 5  # failures in a row after which a channel is given a rest from pushes
LONGEST_REST = 300.0
SET_BACK = 300.0  # a departure so far ahead means that the clock was set back


@dataclass
class Departure:
    """When a message leaves, and when its answer came, if it has."""

    at: float
    answered: float | None = None


class Pace:
    """No second on the platform's clock holds more than ``most``, while we have to be careful.

    That is while pushes go out, and for a while after a complaint; at other times replies leave at
    once. A message may reach the platform later than it left: from the time that its answer took,
    beyond the quickest of late, follows by how much at most, and so long it counts.
    """

    def __init__(self, most: float) -> None:
        self.most = most
        self.until = 0.0  # a complaint: nothing leaves before
        self.wary_until = 0.0
        self.even = 0.0  # the next departure that is evenly spaced
        self.failures = 0
        self.rests_until = 0.0  # no pushes before
        self.left: deque[Departure] = deque()
        self.took: deque[float] = deque(maxlen=100)  # seconds until answers of late

    def complained(self, now: float, seconds: float) -> None:
        """The platform asked us to wait."""
        self.until = now + seconds
        self.wary_until = max(self.wary_until, self.until + WARY)

    def open(self, now: float) -> bool:
        """Whether anything may leave now."""
        return now >= self.until

    def wait(self, now: float, messages: int = 1, *, push: bool = False) -> float:
        """Seconds until something that is so many messages may leave."""
        return self.next(now, messages) - now if push or now < self.wary_until else 0.0

    def depart(self, now: float, messages: int = 1, *, push: bool = False) -> Departure:
        """It leaves now; or at ``at``, where those before it turned out to be late."""
        self.forget(now)
        leaves = Departure(now + self.wait(now, messages, push=push))
        if push:
            self.wary_until = max(self.wary_until, leaves.at + PUSHING)
        if self.most:
            # A timer that rang a little late is made up for; the full second holds all the same.
            in_time = self.even if 0 <= leaves.at - self.even < AHEAD else leaves.at
            self.even = in_time + messages / self.most
            self.left.extend([leaves] * messages)
        return leaves

    def forget(self, now: float) -> None:
        if self.left and self.left[-1].at > now + SET_BACK:
            self.left.clear()
            self.even = self.until = self.wary_until = self.rests_until = 0.0
        while self.left and self.left[0].at < now - SECOND - LATEST:
            self.left.popleft()

    def next(self, now: float, messages: int = 1) -> float:
        """When something that is so many messages may leave, evenly spaced."""
        if not self.most:
            return now
        counted = sorted((self.counts_from(each, now) for each in self.left), reverse=True)
        room = max(int(self.most) - messages, 0)
        full = counted[room] + SECOND if len(counted) > room else now
        return max(now, self.even, full)

    def counts_from(self, departure: Departure, now: float) -> float:
        """The latest moment at which the platform may have seen it."""
        ended = now if departure.answered is None else departure.answered
        late = ended - departure.at - min(self.took, default=0.0)
        return departure.at + min(max(late, 0.0), LATEST)

    def answered(self, departure: Departure, now: float) -> None:
        """The platform answered, whatever it said, or it is known that it will not."""
        departure.answered = max(now, departure.at)
        self.took.append(departure.answered - departure.at)

    def failed(self, departure: Departure, now: float) -> None:
        """Nobody was there to take it: after a few such, pushes rest, longer each time."""
        if departure.at < self.rests_until:
            return  # it left before we knew
        self.failures += 1
        if self.failures >= PATIENT:
            rest = min(LONGEST_REST, 2.0 ** min(self.failures - PATIENT, 10))
            self.rests_until = now + rest

    def worked(self) -> None:
        self.failures = 0
        self.rests_until = 0.0

    def room(self, now: float) -> int:
        """How many pushes may be taken in hand now, to leave very soon."""
        if not self.open(now) or now < self.rests_until:
            return 0
        if self.failures >= PATIENT:
            return 1  # to see whether it is back
        if not self.most:
            return FEW
        spare = now + AHEAD - self.next(now)
        return 0 if spare < 0 else 1 + int(spare * self.most)

    def opens(self, now: float) -> float:
        """Seconds until pushes may be taken in hand."""
        return max(0.0, self.until - now, self.rests_until - now, self.next(now) - AHEAD - now)
