"""The assistant and its peers under the same load, one after another."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.bench.flood import Flood, Load, Talk
from tests.crash.serving import Serving
from tests.crash.story import queued

HERE = Path(__file__).parent
AIOGRAM = Path("build/aiogram")  # wants another pydantic than we do


@dataclass(frozen=True)
class Figures:
    """What one bot did under one load."""

    bot: str
    updates: int
    per_second: float
    p95: float  # seconds that a person waits; the slowest twentieth wait longer
    lost: int
    out_of_order: int
    memory: float  # MB, at its highest


@dataclass(frozen=True)
class Runner:
    """A bot under way: how much memory it took, and what it wanted to say to each chat."""

    memory: Callable[[], float]
    meant: Callable[[Flood], Talk]


Bot = Callable[[str], AbstractAsyncContextManager[Runner]]


async def measure(name: str, bot: Bot, load: Load) -> Figures:
    """Put one bot under one load."""
    flood = Flood(load, (HERE / "questions.txt").read_text(encoding="utf-8").splitlines())
    async with flood.listening() as address, bot(address) as runner:
        await flood.over()
        memory, meant = runner.memory(), runner.meant(flood)
    wrong = [
        text != wanted
        for chat, heard in flood.heard.items()
        for text, wanted in zip(heard, meant[chat], strict=False)
    ]
    waits = sorted(flood.waits)
    return Figures(
        bot=name,
        updates=load.updates,
        per_second=len(waits) / (flood.ended - flood.begun),
        p95=waits[int(len(waits) * 0.95)],
        lost=load.updates - len(waits),
        out_of_order=sum(wrong),
        memory=memory,
    )


@asynccontextmanager
async def assistant(address: str) -> AsyncIterator[Runner]:
    """All of it: search, memory on the disk, the web chat beside."""
    with TemporaryDirectory() as folder:
        bot = Serving(Path(folder), TELEGRAM_TOKEN="1:a", TELEGRAM_API=address)
        await bot.start()

        def meant(flood: Flood) -> Talk:
            return {chat: queued(bot, str(chat)) for chat in flood.heard}

        try:
            yield Runner(lambda: peak(bot.process.pid), meant)
        finally:
            await bot.stop()


def peer(script: str, *more: str, python: Path = Path(sys.executable)) -> Bot:
    """One of the echoes in ``peers/``."""

    @asynccontextmanager
    async def running(address: str) -> AsyncIterator[Runner]:
        command = str(python), str(HERE / "peers" / script), address, *more
        process = await asyncio.create_subprocess_exec(*command, stderr=asyncio.subprocess.DEVNULL)
        try:
            yield Runner(lambda: peak(process.pid), lambda flood: flood.said)
        finally:
            process.kill()
            await process.wait()

    return running


async def aiogram() -> Path:
    """The Python that has aiogram, made at the first call; raises where there is no network."""
    python = AIOGRAM / "bin" / "python"
    if not (AIOGRAM / "ready").exists():
        await run(sys.executable, "-m", "venv", AIOGRAM)
        await run(python, "-m", "pip", "install", "--quiet", "aiogram")
        (AIOGRAM / "ready").touch()
    return python


async def run(*command: str | Path) -> None:
    process = await asyncio.create_subprocess_exec(*command)
    if await process.wait():
        raise OSError(f"failed: {' '.join(map(str, command))}")


def peak(pid: int) -> float:
    return status(pid, "VmHWM")


def status(pid: int, line: str) -> float:
    """A line of what Linux tells of a process's memory, in MB."""
    lines = Path(f"/proc/{pid}/status").read_text(encoding="ascii").splitlines()
    return next(int(each.split()[1]) / 1024 for each in lines if each.startswith(f"{line}:"))
