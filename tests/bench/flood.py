"""A stand-in Telegram that hands out updates as fast as they are taken, and times the replies.

Leaner than ``tests.fakes.telegram``, which notes too much to keep out of the way. Only the first
reply to each update is timed; the others wait in no one's way.
"""

from __future__ import annotations

import asyncio
import time
from collections import defaultdict
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from typing import Any

import orjson
from aiohttp import web

from tests.fakes.telegram.asked import asked_of
from tests.fakes.telegram.town import ME, person

TOGETHER = 100  # updates in one answer
PATIENCE = 30.0  # seconds without a reply after which the rest counts as lost
FIRST_CHAT = 100_000
Talk = dict[int, list[str]]  # by chat: what was said there, in order


@dataclass(frozen=True)
class Load:
    """What comes in: how many updates from how many chats, how fast, and how slow a send is."""

    updates: int = 4000
    chats: int = 400
    latency: float = 0.0
    every: float = 0.0  # seconds between updates; 0: as fast as they are taken


class Flood:
    """One load on one bot."""

    def __init__(self, load: Load, texts: Sequence[str]) -> None:
        self.load, self.texts = load, texts
        self.begun = self.ended = 0.0
        self.given = 0
        self.due: defaultdict[int, list[float]] = defaultdict(list)  # when each chat's were said
        self.said: Talk = defaultdict(list)
        self.heard: Talk = defaultdict(list)
        self.waits: list[float] = []
        self.all_answered = asyncio.Event()

    async def answer(self, request: web.Request) -> web.Response:
        method, asked = request.match_info["method"], await asked_of(request)
        if method == "getUpdates":
            wait = float(asked.get("timeout") or 0)
            return done(await self.updates(max(1, int(asked.get("offset") or 0)), wait))
        if method == "sendMessage":
            return done(await self.reply(int(asked["chat_id"]), str(asked["text"])))
        return done(ME if method == "getMe" else True)

    async def updates(self, first: int, patience: float) -> list[dict[str, Any]]:
        """The updates from this one on, as soon as they are due."""
        self.begun = self.begun or time.perf_counter()
        if first > self.load.updates:
            await self.answered_within(patience)
            return []
        await asyncio.sleep(max(0, self.moment(first) - time.perf_counter()))
        last = first
        while last - first < TOGETHER and last <= self.load.updates and self.is_due(last):
            last += 1
        return [self.update(number) for number in range(first, last)]

    def moment(self, number: int) -> float:
        """When an update is said."""
        return self.begun + (number - 1) * self.load.every

    def is_due(self, number: int) -> bool:
        return self.moment(number) <= time.perf_counter()

    def update(self, number: int) -> dict[str, Any]:
        chat, text = FIRST_CHAT + number % self.load.chats, self.texts[number % len(self.texts)]
        if number > self.given:
            self.given = number
            now = time.perf_counter()
            self.due[chat].append(self.moment(number) if self.load.every else now)
            self.said[chat].append(text)
        message = {"message_id": number, "date": int(time.time()), "text": text}
        where = {"chat": {"id": chat, "type": "private", "first_name": "N"}, "from": person(chat)}
        return {"update_id": number, "message": message | where}

    async def reply(self, chat: int, text: str) -> dict[str, Any]:
        """Time a reply; it is on its way for as long as the load says."""
        turn, now = len(self.heard[chat]), time.perf_counter()
        self.heard[chat].append(text)
        if turn < len(self.due[chat]):
            self.waits.append(now - self.due[chat][turn])
        if self.load.latency:
            await asyncio.sleep(self.load.latency)
        self.ended = time.perf_counter()
        if len(self.waits) == self.load.updates:
            self.all_answered.set()
        return {"message_id": len(self.waits), "date": 0, "chat": {"id": chat, "type": "private"}}

    async def over(self) -> None:
        """Return once everything is answered, or nothing has been for a long time."""
        answered = -1
        while answered < len(self.waits) and not self.all_answered.is_set():
            answered = len(self.waits)
            await self.answered_within(PATIENCE)

    async def answered_within(self, patience: float) -> None:
        with suppress(TimeoutError):
            async with asyncio.timeout(patience):
                await self.all_answered.wait()

    @asynccontextmanager
    async def listening(self) -> AsyncIterator[str]:
        """Answer while the block runs; gives our address."""
        app = web.Application()
        app.router.add_route("*", "/bot{token}/{method}", self.answer)
        runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        try:
            yield f"http://127.0.0.1:{runner.addresses[0][1]}"
        finally:
            self.all_answered.set()
            await runner.cleanup()


def done(result: object) -> web.Response:
    body = orjson.dumps({"ok": True, "result": result})
    return web.Response(body=body, content_type="application/json")
