"""The last look at what nobody asked for: whether it may leave still, and a broadcast go on."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime

import structlog

from bot.channels.base import Abilities
from bot.channels.choosing import QUOTA, UNREACHABLE
from bot.knowledge import Knowledge
from bot.log import trace
from bot.sending import quota
from bot.sending.recalling import MUTED, missed, still
from handlers import wishes
from handlers.talk import Reply
from handlers.turn import HERE
from storage.outbox import Claimed, Outcome
from storage.pushes import BLOCKED, Whose
from storage.unit import Unit

logger = structlog.get_logger(__name__)

GONE = "gone"  # this person is known no more, or not there
STALE = "stale"  # it would come too late to be of use
FAULT = "fault"  # we could not find out whether it may
Queue = Callable[[Unit, str, str, Reply], None]


class LastLook:
    """Asked at the moment of sending; answers from what is so then."""

    def __init__(
        self, knowledge: Knowledge, queue: Queue, abilities: Mapping[str, Abilities]
    ) -> None:
        self.knowledge, self.queue, self.abilities = knowledge, queue, abilities

    def may_disturb(self, now: datetime) -> bool:
        return self.knowledge.library.reminding.may_disturb(now.astimezone(HERE))

    async def __call__(self, unit: Unit, rows: Sequence[Claimed]) -> Mapping[int, Outcome]:
        whose = await unit.pushes.whose(rows)
        here = {row.channel: can for row in rows if (can := self.abilities.get(row.channel))}
        spent = await quota.spent(unit, here, self.knowledge.library.broadcasts.kept)
        why = {
            row.id: QUOTA if row.channel in spent else await self.why(unit, row, whose[row.id])
            for row in rows
        }
        return {
            number: Outcome(number, "skipped", reason) for number, reason in why.items() if reason
        }

    async def why(self, unit: Unit, row: Claimed, whose: Whose) -> str:
        """Why this is not to leave; what is wrong with one person holds up nobody else."""
        try:
            return await self.skipped(unit, row, whose)
        except Exception as error:
            logger.error(
                "push_fault", outbox=row.id, error=type(error).__name__, trace=trace(error)
            )
            return FAULT

    async def skipped(self, unit: Unit, row: Claimed, whose: Whose) -> str:
        """Why this is not to leave any more; empty where it is."""
        if nowhere := undeliverable(row, whose, unit.now):
            if nowhere == STALE and row.broadcast_id is None and row.person_id is not None:
                await missed(unit, row.person_id, row.about)
            return nowhere
        if row.broadcast_id is None and row.person_id is not None:
            return await still(unit, self.knowledge.library, row.person_id, row.about)
        wanted = whose.person and wishes.wants(whose.person, f"broadcast:{whose.plan}")
        return "" if wanted else MUTED

    async def stop(self, unit: Unit, broadcast: int, last: Outcome) -> None:
        row = await unit.broadcasts.get(broadcast)
        why = "blocked" if last.refusal == BLOCKED else last.state
        reason = self.knowledge.library.say("broadcast/refused", why=why)
        if row is None or not await unit.broadcasts.change(
            row, "paused", reason=reason, refusals=0
        ):
            return
        logger.error("broadcast_stopped", broadcast=broadcast, reason=last.reason)
        if places := await unit.staff.reached(row.staff_id) if row.staff_id else []:
            told = self.knowledge.library.say("broadcast/stopped", number=row.id, reason=reason)
            self.queue(unit, *places[0], Reply(told))


def undeliverable(row: Claimed, whose: Whose, now: datetime) -> str:
    """Why this would reach nobody in time; empty where it would."""
    if row.until and row.until <= now:
        return STALE
    if whose.person is None or whose.place is None:
        return GONE
    return UNREACHABLE if whose.place.unreachable_since else ""
