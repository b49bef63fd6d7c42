"""kill -9 with Zalo at the door. What is brought is lost nowhere and counts once; of what is asked
for, the platform itself forgets what it told in the very moment of a death.
"""

from __future__ import annotations

import asyncio
import random
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from aiohttp import ClientError, ClientSession

from tests.crash.serving import GRACE, Serving
from tests.crash.story import RECEIVED, TURNS, check_memory, once, queued, script
from tests.fakes.zalo import TOKEN, ZaloApi, text
from tests.fakes.zalo.api import SHOWN

PEOPLE = {f"6ede{who:016}": who for who in range(1, 9)}
DEATHS = 2
LONGEST_LIFE = 0.5  # seconds
SECRET = "only-for-tests"
OPEN = "SELECT 1 FROM inbox WHERE done_at IS NULL UNION SELECT 1 FROM outbox WHERE due_at NOT NULL"


class Zalo(ZaloApi):
    """The platform, on which it takes a moment until a message is there."""

    async def do_sendMessage(self, asked: dict[str, Any]) -> Any:
        await asyncio.sleep(0.03)
        return await super().do_sendMessage(asked)

    async def waits(self, check: Callable[[], bool]) -> None:
        async with asyncio.timeout(GRACE), self.bell:
            await self.bell.wait_for(check)

    def repeated(self, bot: Serving) -> int:
        """How many replies came twice; all are there, in order."""
        for person in PEOPLE:
            meant = queued(bot, person)
            seen = [text_of(words, meant) for words in self.seen(person)]
            assert once(seen) == once(meant)
        return len(self.sent) - sum(len(queued(bot, person)) for person in PEOPLE)


def text_of(seen: str, meant: list[str]) -> str:
    """What was meant by a message: the words about its papers are put below when it leaves."""
    return max((text for text in meant if seen.startswith(text)), key=len, default=seen)


async def bring_all(bot: Serving, person: str, who: int) -> None:
    """All that somebody says, in order, each brought until it is taken, and then once more."""
    async with ClientSession(headers={SHOWN: SECRET}) as http:
        for number, words in enumerate(script(who)):
            taken = 0
            while taken < 2:
                await bot.up.wait()
                try:
                    update = text(f"{who}-{number}", words, person)
                    async with http.post(f"{bot.address}/hooks/zalo", json=update) as answer:
                        taken += answer.status == 200
                except (ClientError, OSError):
                    continue


async def test_killed_again_and_again_it_hears_and_answers_once_what_is_brought(
    tmp_path: Path,
) -> None:
    moments, in_flight = random.Random(4), 0
    async with Zalo() as api:
        bot = Serving(tmp_path, ZALO_TOKEN=TOKEN, ZALO_API=api.base, ZALO_SECRET=SECRET)
        bot.environment["THIDUA_PUBLIC_URL"] = bot.address
        await bot.start()
        async with asyncio.timeout(2 * GRACE), asyncio.TaskGroup() as group:
            for person, who in PEOPLE.items():
                group.create_task(bring_all(bot, person, who))
            for _ in range(DEATHS):
                await bot.dies_within(moments.uniform(0, LONGEST_LIFE))
                in_flight += bot.in_flight()
                await bot.start()
        await api.waits(lambda: all(api.seen(p)[-1].startswith(RECEIVED) for p in PEOPLE))
        assert await bot.stop() == 0
    check_memory(bot, PEOPLE)
    assert api.repeated(bot) <= in_flight


@pytest.mark.long
async def test_killed_while_it_asks_it_misses_what_was_told_in_that_moment_and_nothing_else(
    tmp_path: Path,
) -> None:
    moments, in_flight, said = random.Random(5), 0, len(PEOPLE) * TURNS
    async with Zalo() as api:
        bot = Serving(tmp_path, ZALO_TOKEN=TOKEN, ZALO_API=api.base)
        for turn in range(TURNS):
            for person, who in PEOPLE.items():
                await api.say(script(who)[turn], person)
        await bot.start()
        for _ in range(DEATHS):
            await bot.dies_within(moments.uniform(0, LONGEST_LIFE))
            in_flight += bot.in_flight()
            await bot.start()
        await api.waits(lambda: not api.pending and not bot.rows(OPEN))
        assert await bot.stop() == 0
    heard = {number for (number,) in bot.rows("SELECT update_id FROM inbox")}
    assert said - DEATHS <= len(heard) <= said
    assert bot.rows("SELECT count(*) FROM inbox WHERE fault != ''") == [(0,)]
    left = bot.rows("SELECT state, count(*), count(due_at) FROM outbox GROUP BY state")
    assert left == [("sent", len(heard), 0)]
    assert api.repeated(bot) <= in_flight
