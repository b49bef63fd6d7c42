"""The sender: drains the outbox. The only place from which anything leaves."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Protocol

import structlog
from prometheus_client import Counter

from bot.channels.base import Abilities, Channel
from bot.log import trace
from bot.turns import rung
from handlers.errors import Rejected, SendFailed, Uncertain, Unreachable
from handlers.talk import Made, Reply
from storage.outbox import LEASE, Claimed, Outcome
from storage.people import Where
from storage.unit import Store

logger = structlog.get_logger(__name__)

AT_ONCE = 128  # messages on their way at the same time
LONGEST = 300  # seconds between two attempts
WARIEST = 3600  # the same where each may have arrived: nobody wants a reply dozens of times
OUTAGE = 86400  # seconds; platforms come back within a day, and older answers help nobody
FAULT = 1800  # seconds; what fails here and not on the way will fail again, and others wait
WARY = timedelta(seconds=60)  # how long a channel keeps to its pace after a complaint
HURRY = LEASE.total_seconds() - 5  # for a reply with papers: after the lease it would leave twice
STUBBORN = 60  # seconds; a reply that could not leave by then tries it without its papers
PATIENCE = 1.0  # seconds until we look again for messages that have become due

SENT = Counter("thidua_sent", "Messages by what became of them", ["channel", "state"])


class Pack(Protocol):
    """How a reply leaves: with which of its papers along, and with what words for the others."""

    async def __call__(
        self, where: Where, reply: Reply, can: Abilities, *, along: bool
    ) -> tuple[Reply, list[Made]]: ...


class Brake:
    """One channel's complaints: full stop for as long as it asks, then its documented pace."""

    def __init__(self, pace: float) -> None:
        self.pace = pace
        self.until: datetime | None = None
        self.wary_until: datetime | None = None
        self.next_slot: datetime | None = None

    def complained(self, now: datetime, seconds: float) -> None:
        self.until = now + timedelta(seconds=seconds)
        self.wary_until = self.until + WARY

    def open(self, now: datetime) -> bool:
        """Whether anything may leave now."""
        return self.until is None or now >= self.until

    def delay(self, now: datetime, messages: int = 1) -> float:
        """Seconds that the next one, which takes so many messages, has to wait for its slot."""
        if not self.pace or self.wary_until is None or now >= self.wary_until:
            return 0.0
        slot = max(now, self.next_slot or now)
        self.next_slot = slot + timedelta(seconds=messages / self.pace)
        return (slot - now).total_seconds()


class Sender:
    """Claims due messages, sends them side by side (each person's in order), settles them."""

    def __init__(self, store: Store, channels: Mapping[str, Channel], pack: Pack) -> None:
        self.store, self.channels, self.pack = store, channels, pack
        self.brakes = {name: Brake(channel.can.pace) for name, channel in channels.items()}
        self.bell = asyncio.Event()  # rung when there may be something to do
        self.sending: set[asyncio.Task[None]] = set()
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
                await rung(self.bell, PATIENCE)

    def stop(self) -> None:
        """Claim nothing more; ``run`` returns once everything in hand is settled."""
        self.stopping = True
        self.bell.set()

    async def round(self) -> bool:
        """Settle what came back and send what is due; return whether there was anything."""
        now = self.store.clock()
        usable = [name for name, brake in self.brakes.items() if brake.open(now)]
        if not self.outcomes and not await self.anything_due(usable):
            return False
        done, self.outcomes = self.outcomes, []
        gone, self.gone = self.gone, []
        try:
            async with self.store.unit() as unit:
                await unit.outbox.settle(done)
                await unit.people.unreachable(gone)
                free = self.free()  # now: we may have been told to stop
                rows = await unit.outbox.claim(free, usable) if free and usable else []
        except Exception:
            self.outcomes, self.gone = done + self.outcomes, gone + self.gone
            raise
        for row in rows:
            task = asyncio.create_task(self.send(row))
            self.sending.add(task)
            task.add_done_callback(self.sending.discard)
        return bool(done or rows)

    def free(self) -> int:
        """How many more messages may set out."""
        return 0 if self.stopping else AT_ONCE - len(self.sending)

    async def anything_due(self, usable: list[str]) -> bool:
        if not self.free() or not usable:
            return False
        async with self.store.view() as unit:
            return await unit.outbox.is_due(usable)

    async def send(self, row: Claimed) -> None:
        """Send one message and note what became of it."""
        brake = self.brakes[row.channel]
        if delay := brake.delay(self.store.clock(), 1 + len(row.body.get("papers", ()))):
            await asyncio.sleep(delay)
        if brake.open(self.store.clock()):
            outcome = await self.attempt(row)
        else:  # the platform complained while this one waited for its slot
            outcome = Outcome(row.id, "queued", due_at=brake.until)
        SENT.labels(row.channel, outcome.state).inc()
        self.outcomes.append(outcome)
        self.bell.set()

    async def attempt(self, row: Claimed) -> Outcome:
        try:
            await self.deliver(row, Reply.from_json(row.body))
        except Exception as error:
            return self.failed(row, error)
        return Outcome(row.id, "sent")

    async def deliver(self, row: Claimed, reply: Reply) -> None:
        channel = self.channels[row.channel]
        if not reply.papers or channel.can.replay:  # which shows the row itself
            await channel.send(row.address, reply)
            return
        try:
            async with asyncio.timeout(HURRY):
                await self.deliver_papers(row, reply)
        except TimeoutError as error:
            raise Uncertain("took too long") from error

    async def deliver_papers(self, row: Claimed, reply: Reply) -> None:
        """Send a reply with its papers; what is wrong with them never holds back its text."""
        channel, now = self.channels[row.channel], self.store.clock()
        where = row.channel, row.address
        along = (now - first_tried(row, now)).total_seconds() < STUBBORN
        packed, files = await self.pack(where, reply, channel.can, along=along)
        try:
            await channel.send(row.address, packed, files)
        except Rejected as error:
            if isinstance(error, Unreachable) or not files:
                raise
            logger.warning("papers_refused", channel=row.channel, outbox=row.id)
            packed, _ = await self.pack(where, reply, channel.can, along=False)
            await channel.send(row.address, packed)

    def failed(self, row: Claimed, error: Exception) -> Outcome:
        """Try again later; or settle, where the message or the person will never take it.

        The pauses grow with the time since the first attempt.
        """
        now, kind = self.store.clock(), type(error).__name__
        reason = f"{kind}: {trace(error)}"
        logger.warning("send_failed", channel=row.channel, outbox=row.id, error=reason)
        if isinstance(error, Unreachable):
            self.gone.append((row.channel, row.address))
        if isinstance(error, Rejected):
            return Outcome(row.id, "failed", reason)
        tried = (now - first_tried(row, now)).total_seconds()
        if tried >= (OUTAGE if isinstance(error, SendFailed) else FAULT):
            logger.error("given_up", channel=row.channel, outbox=row.id, error=kind)
            return Outcome(row.id, "failed", reason)
        wait = min(WARIEST if isinstance(error, Uncertain) else LONGEST, max(1.0, tried))
        if isinstance(error, SendFailed) and error.retry_after is not None:
            wait = error.retry_after
            self.brakes[row.channel].complained(now, wait)
        return Outcome(row.id, "queued", reason, now + timedelta(seconds=wait))


def first_tried(row: Claimed, now: datetime) -> datetime:
    return now if row.begun is None else datetime.fromtimestamp(row.begun / 1000, UTC)
