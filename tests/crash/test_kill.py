"""kill -9 at any moment, by polling and by webhook: nothing is lost, nothing counts twice."""

from __future__ import annotations

import asyncio
import random
from dataclasses import replace
from pathlib import Path

import pytest

from bot.settings import utc_now
from bot.turns import PAUSES
from storage.inbox import Heard
from storage.unit import Store
from storage.upgrade import upgrade
from tests.crash.serving import GRACE, Serving
from tests.crash.story import RECEIVED, TURNS, check_memory, once, queued, script
from tests.fakes.telegram import TOKEN, BotApi

PEOPLE = {str(100_000 + who): who for who in range(1, 17)}
DEATHS = 3
LONGEST_LIFE = 0.6  # seconds from the people's words to the next death
IN_HAND = 128  # sends at the same time, at most
HOOK = {"TELEGRAM_WEBHOOK": "true", "TELEGRAM_SECRET": "only-for-tests"}


def assistant(api: BotApi, folder: Path, *, hook: bool = False) -> Serving:
    bot = Serving(folder, TELEGRAM_TOKEN=TOKEN, TELEGRAM_API=api.base)
    if hook:
        brought = {**HOOK, "PUBLIC_URL": bot.address}
        bot.environment |= {f"THIDUA_{name}": value for name, value in brought.items()}
    return bot


def speak(api: BotApi, start: int, end: int) -> None:
    """Everybody says a part of the story, at the same time."""
    for turn in range(start, end):
        for address, who in PEOPLE.items():
            api.say(int(address), script(who)[turn])


async def all_answered(api: BotApi) -> None:
    def last_words() -> bool:
        said = (api.texts(int(address)) for address in PEOPLE)
        return all(texts and texts[-1].startswith(RECEIVED) for texts in said)

    await api.until(last_words, GRACE)


@pytest.mark.parametrize(
    ("way", "seed"), [("polling", 1), pytest.param("webhook", 2, marks=pytest.mark.long)]
)
async def test_killed_again_and_again_it_hears_and_answers_all_once(
    way: str, seed: int, tmp_path: Path
) -> None:
    moments, in_flight = random.Random(seed), 0
    async with BotApi() as api:
        api.latency = 0.03
        bot = assistant(api, tmp_path, hook=way == "webhook")
        await bot.start()
        for death in range(DEATHS):
            speak(api, death * TURNS // DEATHS, (death + 1) * TURNS // DEATHS)
            await bot.dies_within(moments.uniform(0, LONGEST_LIFE))
            in_flight += bot.in_flight()
            await bot.start()
        await all_answered(api)
        assert await bot.stop() == 0
        check_memory(bot, PEOPLE)
        seen = {address: api.texts(int(address)) for address in PEOPLE}
    for address, texts in seen.items():
        assert once(texts) == queued(bot, address)
    repeated = sum(map(len, seen.values())) - TURNS * len(PEOPLE)
    assert repeated <= in_flight <= DEATHS * IN_HAND


async def test_told_to_stop_it_finishes_what_is_in_hand_and_repeats_nothing(tmp_path: Path) -> None:
    async with BotApi() as api:
        api.latency = 0.2
        bot = assistant(api, tmp_path)
        await bot.start()
        speak(api, 0, TURNS)
        await api.until(lambda: api.sends >= len(PEOPLE), GRACE)
        async with asyncio.timeout(10):
            assert await bot.stop() == 0
        assert bot.in_flight() == 0
        api.latency = 0
        await bot.start()
        await all_answered(api)
        assert await bot.stop() == 0
        check_memory(bot, PEOPLE)
        for address in PEOPLE:
            assert api.texts(int(address)) == queued(bot, address)


async def test_a_poisonous_update_is_parked_and_blocks_nobody(tmp_path: Path) -> None:
    first, *others = PEOPLE
    store = Store(f"sqlite+aiosqlite:///{tmp_path / 'thidua.db'}", utc_now)
    await upgrade(store.engine)
    async with store.unit() as unit:
        await unit.inbox.store([Heard("telegram", "1", first, {"shape": "of another time"})])
        (poison,) = await unit.inbox.open(1, ["telegram"])
        await unit.inbox.failed(replace(poison, attempts=len(PAUSES) - 1))  # all tries but one
    await store.close()
    async with BotApi() as api:
        bot = assistant(api, tmp_path)
        await bot.start()
        speak(api, 0, TURNS)
        await all_answered(api)
        assert await bot.stop() == 0
        apology, *answers = api.texts(int(first))
        assert [apology, *answers] == queued(bot, first)
        assert len(answers) == TURNS
        assert all(len(api.texts(int(other))) == TURNS for other in others)
    [(update, fault)] = bot.rows("SELECT update_id, fault FROM inbox WHERE fault != ''")
    assert (update, fault.partition(":")[0]) == ("1", "TypeError")
    assert bot.rows("SELECT count(*) FROM registration") == [(len(PEOPLE),)]
