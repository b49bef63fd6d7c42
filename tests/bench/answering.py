"""How long one answer takes, over every phrasing of the content; and how soon all is ready."""

from __future__ import annotations

import asyncio
import statistics
import sys
import time
from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TypeVar

from aiohttp import ClientSession

from content.library import Library, load
from handlers.answers import word
from handlers.ask import ask
from handlers.context import Context
from tests.bench.contest import status
from tests.crash.serving import Serving

TODAY = date(2025, 4, 15)  # the plans were alive
Result = TypeVar("Result")


def timed(job: Callable[[], Result]) -> tuple[float, Result]:
    """The seconds that something takes, and its result."""
    start = time.perf_counter()
    result = job()
    return time.perf_counter() - start, result


def answers(every: int) -> dict[str, float]:
    """Reading, indexing and answering, in seconds; each ``every``-th phrasing is asked."""
    reading, library = timed(load)
    indexing, _ = timed(lambda: library.index)
    phrasings = [
        (plan.id, phrasing)
        for plan in library.plans.values()
        for entry in plan.entries
        for phrasing in entry.ask
    ]
    took = sorted(timed(partial(answer, library, *asked))[0] for asked in phrasings[::every])
    return {
        "load": reading,
        "index": indexing,
        "median": statistics.median(took),
        "p95": took[int(len(took) * 0.95)],
        "asked": len(took),
    }


def answer(library: Library, plan: str, phrasing: str) -> None:
    word(library, ask(library, phrasing, Context(plan)), TODAY)


async def start() -> dict[str, float]:
    """From the command to the first answer of /health, on a new and on a known memory, and MB."""
    with TemporaryDirectory() as folder:
        first, _ = await healthy(Path(folder))
        again, memory = await healthy(Path(folder))
    begun = time.perf_counter()
    command = sys.executable, "-m", "bot", "ask", "hạn nộp hồ sơ"
    process = await asyncio.create_subprocess_exec(*command, stdout=asyncio.subprocess.DEVNULL)
    await process.wait()
    asking = time.perf_counter() - begun
    return {"first": first, "again": again, "memory": memory, "ask": asking}


async def healthy(folder: Path) -> tuple[float, float]:
    """Seconds until /health answers, and MB then."""
    bot = Serving(folder)
    begun = time.perf_counter()
    await bot.start()
    async with ClientSession() as session, session.get(f"{bot.address}/health") as answer:
        answer.raise_for_status()
    took, memory = time.perf_counter() - begun, status(bot.process.pid, "VmRSS")
    await bot.stop()
    return took, memory
