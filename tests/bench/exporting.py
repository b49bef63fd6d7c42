"""How long ten thousand registrations take to become a file, and with how much memory."""

from __future__ import annotations

import asyncio
import os
import resource
import subprocess
import sys
import time
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from storage.tables import Person, Registration
from storage.unit import Store
from storage.upgrade import upgrade
from tests.bench.contest import status
from tests.cli.conftest import ANSWERS, MOMENT, PLANS

FORMATS = ("csv", "xlsx", "zip", "pdf", "docx")
WORDS = "đổ trụ, lắp dầm, rải mặt cầu và đường dẫn hai đầu; " * 6


@dataclass(frozen=True)
class Export:
    """What the whole command took: seconds, those of the processor alone, and MB."""

    seconds: float
    worked: float
    memory: float


async def exports(count: int) -> dict[str, Export]:
    """By format, how it went."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        await fill(folder, count)
        return {each: await asyncio.to_thread(exported, folder, each) for each in FORMATS}


async def fill(folder: Path, count: int) -> None:
    store = Store(f"sqlite+aiosqlite:///{folder / 'thidua.db'}", lambda: MOMENT)
    await upgrade(store.engine)
    async with store.unit() as unit:
        person = Person(created_at=MOMENT)
        unit.session.add(person)
        await unit.session.flush()
        unit.session.add_all(made(number, person.id) for number in range(count))
    await store.close()


def made(number: int, person_id: int) -> Registration:
    at = MOMENT + timedelta(minutes=10 * number)
    own = {"unit": f"HTX Tân Thuận {number % 500}", "content": WORDS, "social": WORDS}
    return Registration(
        code=f"M{number}",
        draft_id=f"d{number}",
        person_id=person_id,
        plan=PLANS[0],
        form="bang-dang-ky",
        answers={**ANSWERS, **own},
        submitted_at=at,
        changed_at=at,
        state=("submitted", "approved", "returned")[number % 3],
    )


def exported(folder: Path, format: str) -> Export:
    out = folder / f"dang-ky.{format}"
    command = [sys.executable, "-m", "bot", "registrations", "--plan", PLANS[0], "--out", str(out)]
    begun, used, memory = time.perf_counter(), worked(), 0.0
    env = {**os.environ, "THIDUA_DATA_DIR": str(folder)}
    with subprocess.Popen(command, env=env, stderr=subprocess.DEVNULL) as process:
        while process.poll() is None:
            with suppress(OSError, StopIteration, subprocess.TimeoutExpired):
                memory = max(memory, status(process.pid, "VmHWM"))
                process.wait(0.05)
    assert process.returncode == 0
    out.unlink()
    return Export(time.perf_counter() - begun, worked() - used, memory)


def worked() -> float:
    """Seconds of processor that our children have taken."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime
