"""The sender: drains the outbox. The only place from which anything leaves."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Protocol

import structlog
from prometheus_client import Counter as Metric

from bot import pulse
from bot.channels.base import Abilities, Channel
from bot.log import trace
from bot.sending.failing import after, first_tried
from bot.sending.lateness import TooLate, late_ones, send_late, skipped
from bot.sending.pace import Departure, Pace
from bot.sending.pushing import Pushing
from bot.turns import rung
from handlers.errors import Rejected, SendFailed, Uncertain, Unreachable, UsedUp
from handlers.talk import Made, Reply
from storage.outbox import LEASE, Claimed, Outcome
from storage.people import Where
from storage.unit import Store

logger = structlog.get_logger(__name__)

AT_ONCE = 128  # replies on their way at the same time
PUSHES = 32  # of them on their way at the same time on one channel: the others go on if it hangs
HURRY = LEASE.total_seconds() - 5  # for a reply with papers: after the lease it would leave twice
STUBBORN = 60  # seconds; a reply that could not leave by then tries it without its papers
PATIENCE = 1.0  # seconds until we look again for messages that have become due

SENT = Metric("thidua_sent", "Messages by what became of them", ["channel", "state"])


class Pack(Protocol):
    """How a reply leaves: with which of its papers along, and with what words for the others."""

    async def __call__(
        self, where: Where, reply: Reply, can: Abilities, *, along: bool
    ) -> tuple[Reply, list[Made]]: ...


class Sender:
    """Claims due messages, sends them side by side (each person's in order), settles them."""

    def __init__(
        self, store: Store, channels: Mapping[str, Channel], pack: Pack, pushing: Pushing
    ) -> None:
        self.store, self.channels, self.pack, self.pushing = store, channels, pack, pushing
        self.paces = {name: Pace(channel.can.pace) for name, channel in channels.items()}
        self.turns = {name: asyncio.Lock() for name in channels}  # to leave, one after the other
        self.waiting: Counter[str] = Counter()  # messages that wait for their turn, by channel
        self.pushes: Counter[str] = Counter()  # under way
        self.bell = asyncio.Event()  # rung when there may be something to do
        self.sending: set[asyncio.Task[None]] = set()
        self.late: set[int] = set()  # of what is under way, what comes too late for their people
        self.outcomes: list[Outcome] = []
        self.gone: list[tuple[str, str]] = []
        self.stopping = False

    async def run(self) -> None:
        """Send what is due, for ever; when told to stop, finish what is in hand."""
        while not (self.stopping and not self.sending and not self.outcomes):
            self.bell.clear()
            try:
                busy = await self.round()
            except Exception as error:
                logger.error("sender_failed", error=type(error).__name__, trace=trace(error))
                await asyncio.sleep(1)
                continue
            if not busy:
                await rung(self.bell, self.patience())

    def stop(self) -> None:
        """Claim nothing more; ``run`` returns once everything in hand is settled."""
        self.stopping = True
        self.bell.set()

    async def round(self) -> bool:
        """Settle what came back and send what is due; return whether there was anything."""
        now = self.now()
        usable = [name for name, pace in self.paces.items() if pace.open(now)]
        if not self.outcomes and not await self.anything_due(usable):
            return False
        done, self.outcomes = self.outcomes, []
        gone, self.gone = self.gone, []
        try:
            async with self.store.unit() as unit:
                await unit.outbox.settle(done)
                await unit.people.unreachable(gone)
                await self.pushing.settled(unit, done)
                free = self.free()  # now: we may have been told to stop
                rows = await unit.outbox.claim(free, usable) if free and usable else []
                taken = await self.pushing.take(unit, self.rooms(rows))
                late = await late_ones(unit, [*rows, *taken.rows], self.channels)
        except Exception:
            self.outcomes, self.gone = done + self.outcomes, gone + self.gone
            raise
        self.late |= late
        for row in [*rows, *taken.rows]:
            self.launch(row)
        return bool(done or rows or taken.seen)

    def launch(self, row: Claimed) -> None:
        self.waiting[row.channel] += 1
        self.pushes[row.channel] += row.unasked
        task = asyncio.create_task(self.send(row))
        self.sending.add(task)
        task.add_done_callback(self.sending.discard)

    def now(self) -> float:
        return self.store.clock().timestamp()

    def free(self) -> int:
        """How many more replies may set out."""
        under_way = len(self.sending) - self.pushes.total()
        return 0 if self.stopping else max(0, AT_ONCE - under_way)

    def rooms(self, replies: Sequence[Claimed] = ()) -> dict[str, int]:
        """How many pushes may set out on each channel, beside these replies."""
        ahead, now = self.waiting + Counter(row.channel for row in replies), self.now()
        rooms = {
            name: min(pace.room(now) - ahead[name], PUSHES - self.pushes[name])
            for name, pace in self.paces.items()
        }
        return {} if self.stopping else {name: room for name, room in rooms.items() if room > 0}

    def patience(self) -> float:
        """Seconds until we look again though nobody rang: until a channel has room for pushes."""
        now = self.now()
        if self.pushing.some and self.rooms():
            return 0.0  # there is room by now
        return min([PATIENCE, *(wait for pace in self.paces.values() if (wait := pace.opens(now)))])

    async def anything_due(self, usable: list[str]) -> bool:
        rooms = self.rooms()
        if self.stopping or (rooms and self.pushing.some):
            return not self.stopping
        async with self.store.view() as unit:
            if self.free() and usable and await unit.outbox.is_due(usable):
                return True
            return await self.pushing.wait(unit, [*rooms])

    async def send(self, row: Claimed) -> None:
        """Send one message and note what became of it."""
        pace, messages = self.paces[row.channel], 1 + len(row.body.get("papers", ()))
        async with self.turns[row.channel]:
            await asyncio.sleep(pace.wait(self.now(), messages, push=row.unasked))
            departure = pace.depart(self.now(), messages, push=row.unasked)
            self.waiting[row.channel] -= 1
            self.bell.set()  # there may be room for the next
        await asyncio.sleep(departure.at - self.now())
        if pace.open(self.now()):
            outcome = await self.attempt(row, departure)
        else:  # the platform complained while this one waited for its turn
            due = moment(pace.until)
            outcome = Outcome(row.id, "queued", due_at=due, broadcast_id=row.broadcast_id)
        pace.answered(departure, self.now())
        self.pushes[row.channel] -= row.unasked
        self.late.discard(row.id)
        SENT.labels(row.channel, outcome.state).inc()
        if outcome.state == "sent":
            pulse.SENT.labels(row.channel).set(self.now())
        self.outcomes.append(outcome)
        self.bell.set()

    async def attempt(self, row: Claimed, departure: Departure) -> Outcome:
        pace = self.paces[row.channel]
        try:
            reply = Reply.from_json(row.body)
            ref = await self.deliver(row, reply)
        except TooLate:
            logger.warning("too_late", channel=row.channel, outbox=row.id)
            return skipped(row)
        except Exception as error:
            outcome = after(row, error, self.store.clock())
            self.note(row, error, outcome, departure)
            return outcome
        pace.worked()
        return Outcome(
            row.id,
            "sent",
            broadcast_id=row.broadcast_id,
            refusal=0,
            ref=ref or "",
            board=reply.board if ref else 0,
        )

    def note(self, row: Claimed, error: Exception, outcome: Outcome, departure: Departure) -> None:
        """Keep what a failure tells of the person, and of the channel."""
        pace, which = self.paces[row.channel], {"channel": row.channel, "outbox": row.id}
        logger.warning("send_failed", **which, error=outcome.reason)
        if outcome.state == "failed" and not isinstance(error, Rejected):
            logger.error("given_up", **which, error=type(error).__name__)
        match error:
            case Unreachable():
                self.gone.append((row.channel, row.address))
                pace.worked()
            case Rejected():
                pace.worked()
            case SendFailed(retry_after=float() | int() as wait):
                pace.complained(self.now(), wait)
            case SendFailed():
                pace.failed(departure, self.now())

    async def deliver(self, row: Claimed, reply: Reply) -> str | None:
        channel = self.channels[row.channel]
        if row.id in self.late:
            return await send_late(channel, row, await self.linked(row, reply))
        if not reply.papers or channel.can.replay:  # which shows the row itself
            return await channel.send(row.address, reply)
        try:
            async with asyncio.timeout(HURRY):
                return await self.deliver_papers(row, reply)
        except TimeoutError as error:
            raise Uncertain("took too long") from error

    async def linked(self, row: Claimed, reply: Reply) -> Reply:
        """A reply with words for each of its papers."""
        if not reply.papers:
            return reply
        can = self.channels[row.channel].can
        packed, _ = await self.pack((row.channel, row.address), reply, can, along=False)
        return packed

    async def deliver_papers(self, row: Claimed, reply: Reply) -> str | None:
        """Send a reply with its papers; what is wrong with them never holds back its text."""
        channel, now = self.channels[row.channel], self.store.clock()
        where = row.channel, row.address
        along = (now - first_tried(row, now)).total_seconds() < STUBBORN
        packed, files = await self.pack(where, reply, channel.can, along=along)
        try:
            return await channel.send(row.address, packed, files)
        except Rejected as error:
            if isinstance(error, (Unreachable, UsedUp)) or not (files or packed.picture):
                raise
            logger.warning("papers_refused", channel=row.channel, outbox=row.id)
            return await channel.send(row.address, await self.linked(row, reply))


def moment(seconds: float) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)
