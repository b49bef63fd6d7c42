"""Messages that are queued, claimed and settled, as the sender does it."""

from __future__ import annotations

from datetime import timedelta

from storage.outbox import Claimed, Outcome
from storage.tables import Outbox
from storage.unit import Store

BROADCAST = 10
WEB = ("web",)
A_DAY = 86400  # seconds


async def say(store: Store, address: str, *texts: str, channel: str = "web") -> None:
    async with store.unit() as unit:
        unit.outbox.add(channel, address, [{"text": text} for text in texts])


async def plan(store: Store, address: str, text: str, after: float, priority: int) -> None:
    """What nobody waits for, or not yet."""
    async with store.unit() as unit:
        due, body = unit.now + timedelta(seconds=after), {"text": text}
        row = Outbox(channel="web", address=address, body=body, created_at=unit.now)
        row.due_at, row.priority = due, priority
        unit.session.add(row)


async def claim(store: Store, limit: int = 100, channels: tuple[str, ...] = WEB) -> list[Claimed]:
    async with store.unit() as unit:
        replies = await unit.outbox.claim(limit, channels)
        pushes = [p for name in channels for p in await unit.pushes.pick(name, limit, last=0)]
        fitting = pushes[: limit - len(replies)]
        await unit.outbox.lease(fitting)
        return replies + fitting


async def due(store: Store) -> bool:
    """Whether anything wants to leave."""
    async with store.view() as unit:
        return await unit.outbox.is_due(WEB) or await unit.pushes.wait(WEB)


async def claimed(store: Store, limit: int = 100) -> list[str]:
    return texts(await claim(store, limit))


async def settle(store: Store, *outcomes: Outcome) -> None:
    async with store.unit() as unit:
        await unit.outbox.settle(outcomes)


async def drained(store: Store) -> list[str]:
    """Everything that is due, sent one round after the other."""
    left: list[str] = []
    while rows := await claim(store):
        left += texts(rows)
        await settle(store, *(Outcome(row.id, "sent") for row in rows))
    return left


def texts(rows: list[Claimed]) -> list[str]:
    return [row.body["text"] for row in rows]


async def begun(store: Store, after: int, limit: int = 50) -> list[tuple[int, str]]:
    async with store.view() as unit:
        rows = await unit.outbox.begun_after("web", "Lan", after, limit)
    return [(number, body["text"]) for number, body in rows]
