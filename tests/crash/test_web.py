"""The web chat under kill -9: what was answered 202 counts once, and every reply is read once."""

from __future__ import annotations

import asyncio
import random
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from uuid import uuid4

import orjson
from aiohttp import ClientError, ClientSession, CookieJar

from tests.crash.serving import GRACE, Serving
from tests.crash.story import TURNS, check_memory, queued, script

VISITORS = 10  # each of them says less than a page may say at once
DEATHS = 3
LONGEST_LIFE = 0.4  # seconds
CUT = (ClientError, OSError)


class Page:
    """An open page: says a thing until it is taken, and comes back to read on after each cut."""

    def __init__(self, bot: Serving, session: ClientSession, who: int) -> None:
        self.bot, self.session, self.who = bot, session, who
        self.address = ""
        self.read: dict[int, list[str]] = {}  # by the number of the event

    async def open(self) -> None:
        """Get the cookie, which holds our address."""
        async with self.session.get(self.bot.address) as answer:
            self.address = answer.cookies["thidua"].value.partition(".")[0]

    async def say_all(self) -> None:
        for text in script(self.who):
            await self.say({"id": str(uuid4()), "text": text})

    async def say(self, message: dict[str, str]) -> None:
        """Return once it was answered 202."""
        status = 0
        while status != 202:
            await self.bot.up.wait()
            try:
                url = f"{self.bot.address}/chat/messages"
                async with self.session.post(url, json=message) as answer:
                    status = answer.status
            except CUT:
                continue

    async def read_all(self) -> None:
        while len(self.read) < TURNS:
            await self.bot.up.wait()
            try:
                await self.read_on()
            except CUT:
                continue

    async def read_on(self) -> None:
        """Read events from where we stopped, until the line is cut or all are there."""
        stopped = {"Last-Event-ID": str(max(self.read, default=0))}
        url = f"{self.bot.address}/chat/events"
        async with self.session.get(url, headers=stopped) as stream:
            number = 0
            async for line in stream.content:
                name, _, value = line.decode().strip().partition(": ")
                if name == "id":
                    number = int(value)
                elif name == "data" and number:
                    self.read.setdefault(number, []).append(orjson.loads(value)["text"])
                    number = 0
                if len(self.read) == TURNS:
                    return


@asynccontextmanager
async def pages(bot: Serving) -> AsyncIterator[list[Page]]:
    """Visitors with an open page each."""
    jars = [CookieJar(unsafe=True) for _ in range(VISITORS)]  # takes cookies from an IP address
    sessions = [ClientSession(cookie_jar=jar) for jar in jars]
    try:
        opened = [Page(bot, session, who) for who, session in enumerate(sessions, start=1)]
        for page in opened:
            await page.open()
        yield opened
    finally:
        for session in sessions:
            await session.close()


async def test_killed_again_and_again_no_page_misses_or_repeats_anything(tmp_path: Path) -> None:
    moments, bot = random.Random(3), Serving(tmp_path)
    await bot.start()
    async with pages(bot) as visitors:
        async with asyncio.timeout(2 * GRACE), asyncio.TaskGroup() as group:
            for page in visitors:
                group.create_task(page.say_all())
                group.create_task(page.read_all())
            for _ in range(DEATHS):
                await bot.dies_within(moments.uniform(0, LONGEST_LIFE))
                await bot.start()
        assert await bot.stop() == 0
    check_memory(bot, {page.address: page.who for page in visitors})
    for page in visitors:
        assert list(page.read.values()) == [[text] for text in queued(bot, page.address)]
