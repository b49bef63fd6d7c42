"""Pushes on their way out: taken in hand just in time, looked at once more, stopped if refused."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import NamedTuple, Protocol

from storage.outbox import Claimed, Outcome
from storage.unit import Unit

LOOK = timedelta(seconds=1)  # how often we look for pushes while replies keep us busy


class Recheck(Protocol):
    """What is asked about pushes at the moment of sending."""

    def may_disturb(self, now: datetime) -> bool:
        """Whether any may leave at this hour."""
        ...

    async def __call__(self, unit: Unit, rows: Sequence[Claimed]) -> Mapping[int, Outcome]:
        """By their ids, what becomes of those that are not to leave now: skipped, or due later."""
        ...

    async def stop(self, unit: Unit, broadcast: int, last: Outcome) -> None:
        """Pause a broadcast of which too many were refused in a row, and tell its maker why."""
        ...


class Taken(NamedTuple):
    """Pushes that are to leave now, of so many that were looked at."""

    rows: list[Claimed]
    seen: int


NOTHING = Taken([], 0)


class Pushing:
    """Which pushes leave next, and what their outcomes mean for the others."""

    def __init__(self, recheck: Recheck) -> None:
        self.recheck = recheck
        self.last: dict[str, int] = {}  # by channel, the broadcast whose turn was last
        self.some = False  # whether there were any when we looked last
        self.looked: datetime | None = None

    async def wait(self, unit: Unit, channels: Sequence[str]) -> bool:
        """Whether there may be something to do on these channels now."""
        if not channels or not self.recheck.may_disturb(unit.now):
            return False
        self.some, self.looked = await unit.pushes.wait(channels), unit.now
        return self.some

    async def take(self, unit: Unit, rooms: Mapping[str, int]) -> Taken:
        """Lease the next ones: of each channel as many as there is room for.

        Where there were none, it costs replies nothing to see so again.
        """
        fresh = self.looked is not None and unit.now - self.looked < LOOK
        awake = self.recheck.may_disturb(unit.now)
        self.some = self.some and awake  # or we would look without a pause until morning
        if not rooms or not awake or (fresh and not self.some):
            return NOTHING
        await unit.pushes.lost([*rooms])
        seen = [row for name, room in rooms.items() for row in await self.pick(unit, name, room)]
        self.some, self.looked = bool(seen), unit.now
        if not seen:
            return NOTHING
        stays = await self.recheck(unit, seen)
        rows = [row for row in seen if row.id not in stays]
        await unit.outbox.settle([*stays.values()])
        await unit.outbox.lease(rows)
        return Taken(rows, len(seen))

    async def pick(self, unit: Unit, channel: str, room: int) -> list[Claimed]:
        rows = await unit.pushes.pick(channel, room, self.last.get(channel, 0))
        turns = [row.broadcast_id for row in rows if row.broadcast_id is not None]
        self.last[channel] = turns[-1] if turns else self.last.get(channel, 0)
        return rows

    async def settled(self, unit: Unit, outcomes: Sequence[Outcome]) -> None:
        """Stop the broadcasts that are refused; what comes back to a cancelled one stays."""
        refused = {each.broadcast_id: each for each in outcomes if each.refusal}
        for broadcast in await unit.pushes.weigh(outcomes):
            await self.recheck.stop(unit, broadcast, refused[broadcast])
        back = [each.broadcast_id for each in outcomes if each.state == "queued"]
        if of := {number for number in back if number is not None}:
            await unit.broadcasts.stay(of)
