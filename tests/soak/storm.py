"""The storm: faults, deaths, people who ask and people who want no more; then the reckoning."""

from __future__ import annotations

import asyncio
import random
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path
from statistics import quantiles

from tests.soak.daylight import Daylight, until
from tests.soak.village import FIRST, TEXT, settle_in
from tests.soak.weather import FAULTS, Weather

BLOCKED = 100  # of so many people one blocked us
STOP = "DỪNG"
ASK = "xin chào"
LONGEST = 900.0  # seconds
LATEST = 0.3  # seconds until 95 of 100 replies are there


@dataclass
class Story:
    """What was done to it, and what came of it."""

    deaths: list[float] = field(default_factory=list)
    births: list[float] = field(default_factory=list)
    in_flight: int = 0  # rows that were being sent at the deaths
    seen_in_flight: int = 0  # sends that the server had not answered then
    asked: dict[int, float] = field(default_factory=dict)  # who asked when
    stopped: dict[int, float] = field(default_factory=dict)  # who wanted no more, and when


async def storm(folder: Path, people: int, pace: int) -> list[str]:
    """Send to everybody, in the storm; what was wrong."""
    await settle_in(folder, people)
    story, chance = Story(), random.Random(2)
    async with Weather(pace, FAULTS) as api:
        api.blocked = {FIRST + n for n in range(1, people + 1) if n % BLOCKED == 0}
        bot = Daylight(folder, api, pace)
        began = time.monotonic()
        await bot.start()
        living = [
            asyncio.create_task(each)
            for each in (deaths(bot, api, story, chance), life(api, story, people, chance))
        ]
        await until(lambda: not bot.left(), LONGEST)
        for task in living:
            task.cancel()
        await asyncio.gather(*living, return_exceptions=True)
        took = time.monotonic() - began
        await bot.up.wait()
        await asyncio.sleep(3)
        await bot.stop()
    sys.stdout.write(f"storm: {people} people in {took:.0f} s, {len(story.deaths)} deaths\n")
    return reckoning(bot, api, story, people)


async def deaths(bot: Daylight, api: Weather, story: Story, chance: random.Random) -> None:
    """It dies every few seconds, and starts again."""
    while True:
        await asyncio.sleep(chance.uniform(3, 8))
        await asyncio.shield(death(bot, api, story))


async def death(bot: Daylight, api: Weather, story: Story) -> None:
    story.seen_in_flight += api.under_way
    story.deaths.append(time.monotonic())
    await bot.dies_within(0)
    leased = "SELECT count(*) FROM outbox WHERE state = 'sending' AND broadcast_id = 1"
    story.in_flight += bot.rows(leased)[0][0]
    await bot.start()
    story.births.append(time.monotonic())


async def life(api: Weather, story: Story, people: int, chance: random.Random) -> None:
    """Somebody asks something, somebody wants no more: several times a second."""
    everyone = [FIRST + n for n in range(1, people + 1) if n % BLOCKED]
    chance.shuffle(everyone)
    for n, who in enumerate(everyone):
        stops = n % 5 == 0
        (story.stopped if stops else story.asked)[who] = time.monotonic()
        api.say(who, STOP if stops else ASK)
        await asyncio.sleep(0.15)


def reckoning(bot: Daylight, api: Weather, story: Story, people: int) -> list[str]:
    """Print what happened; what of it should not have."""
    states = bot.states()
    rows = bot.rows("SELECT address, state, reason FROM outbox WHERE broadcast_id = 1")
    got = {int(who): texts(api, int(who)).count(TEXT) for who, _, _ in rows}
    missed = [who for who, state, _ in rows if state == "sent" and not got[int(who)]]
    twice = [who for who, state, _ in rows if got[int(who)] > 1]
    failed = [who for who, state, _ in rows if state == "failed" and int(who) not in api.blocked]
    lost = sum(state == "uncertain" and why == "lost" for _, state, why in rows)
    cut = states.get("uncertain", 0) - lost
    late = [who for who, at in story.stopped.items() if pushed_after_answer(api, who, at)]
    p95, p95_free = waits(api, story, []), waits(api, story, api.told_to_wait)
    lines = [
        f"rows {states}; the server gave {dict(api.given)}",
        f"missed {len(missed)}, twice {len(twice)}, uncertain after deaths {lost}"
        f" (being sent at them {story.in_flight}, unanswered by the server"
        f" {story.seen_in_flight}), after cut lines {cut}",
        f"fullest second {api.fullest()} of {api.most}, 429 of our making {api.floods}",
        f"{len(story.stopped)} wanted no more, reached afterwards {len(late)}",
        f"replies while alive: 95 of 100 within {p95 * 1000:.0f} ms; but for the seconds when the"
        f" platform told us to wait {p95_free * 1000:.0f} ms",
    ]
    sys.stdout.write("".join(f"  {line}\n" for line in lines))
    broken = {
        "rows are missing": len(rows) != people,
        "people were missed": missed,
        "people got it twice": twice,
        "some failed who could be reached": failed,
        "more uncertain than were being sent": lost > story.in_flight,
        "more cut off than lines were cut": cut > api.given["before"] + api.given["after"],
        "the cap was exceeded": api.fullest() > api.most or api.floods,
        "some were reached who wanted no more": late,
        "replies are slow": p95_free > LATEST,
        "it is not over": bot.rows("SELECT state FROM broadcast") != [("done",)],
    }
    return [what for what, so in broken.items() if so]


def texts(api: Weather, who: int) -> list[str]:
    return [text for _, text in api.came[who]]


def pushed_after_answer(api: Weather, who: int, at: float) -> bool:
    """Whether somebody got the broadcast after they had been told that they get no more."""
    answered = [when for when, text in api.came[who] if text != TEXT and when >= at]
    return bool(answered) and any(
        text == TEXT and when > answered[0] for when, text in api.came[who]
    )


def waits(api: Weather, story: Story, told: list[float]) -> float:
    """Seconds within which 95 of 100 had their reply, of those who asked while it was alive, and
    not while it had been told to wait.
    """
    idle = [*zip(story.deaths, [*story.births, float("inf")], strict=False)]
    idle += [(at, at + 1) for at in told]
    took = []
    for who, at in story.asked.items():
        came = [when for when, text in api.came[who] if text != TEXT and when >= at]
        if came and all(came[0] < begin or at > end for begin, end in idle):
            took.append(came[0] - at)
    return quantiles(took, n=20)[-1]
