"""How long it takes to plan a broadcast to a hundred thousand people, and with how much memory."""

from __future__ import annotations

import asyncio
import os
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import orjson
from sqlalchemy import insert

from bot.broadcasts.planning import Planner
from bot.channels.base import Abilities
from bot.knowledge import Knowledge
from bot.run import run
from content.library import load
from storage.tables import Address, Person
from storage.unit import Store
from storage.upgrade import upgrade
from tests.bench.contest import status
from tests.cli.conftest import MOMENT, PLANS

ABILITIES = {
    "telegram": Abilities(max_text=4096, max_buttons=12, pace=30),
    "web": Abilities(max_text=4000, max_buttons=12, certain=False),
}
TEXT = "{tên} ơi, {đơn vị} còn 12 ngày để gửi bảng đăng ký công trình. Cần giúp thì nhắn lại nhé."
PERSON = {"created_at": MOMENT, "plan": PLANS[0], "consents": {}, "talk": {}}
AT_ONCE = 5000  # people written at once


@dataclass(frozen=True)
class Planning:
    """What it took: seconds, and MB of memory before it and at most."""

    seconds: float
    before: float
    most: float


async def planning(people: int) -> Planning:
    """In a process of its own, so that what others needed is not counted."""
    command = [sys.executable, "-m", "tests.bench.planning", f"{people}"]
    process = await asyncio.create_subprocess_exec(*command, stdout=asyncio.subprocess.PIPE)
    told, _ = await process.communicate()
    assert process.returncode == 0
    return Planning(**orjson.loads(told))


async def planned(folder: Path, people: int) -> Planning:
    store = Store(f"sqlite+aiosqlite:///{folder / 'thidua.db'}", lambda: MOMENT)
    await upgrade(store.engine)
    await fill(store, people)
    knowledge = Knowledge(load(), folder)
    planner = Planner(store, knowledge, ABILITIES, asyncio.Event())
    async with store.unit() as unit:
        row = await unit.broadcasts.add(PLANS[0], {}, text=TEXT)
        await unit.broadcasts.change(row, "planning")
    before, begun = status(os.getpid(), "VmHWM"), time.perf_counter()
    await planner.round()
    seconds = time.perf_counter() - begun
    async with store.view() as unit:
        assert await unit.broadcasts.counts(row.id) == {"planned": people}
    await store.close()
    return Planning(seconds, before, status(os.getpid(), "VmHWM"))


async def fill(store: Store, people: int) -> None:
    for first in range(1, people + 1, AT_ONCE):
        ids = range(first, min(first + AT_ONCE, people + 1))
        told = [{"person": f"Nguyễn Văn {n}", "unit": f"HTX Tân Thuận {n}"} for n in ids]
        async with store.unit() as unit:
            rows = [{**PERSON, "id": n, "profile": each} for n, each in zip(ids, told, strict=True)]
            await unit.session.execute(insert(Person), rows)
            places = [{"channel": "telegram", "sender": f"{n}", "person_id": n} for n in ids]
            await unit.session.execute(insert(Address), places)


if __name__ == "__main__":
    with TemporaryDirectory() as name:
        found = run(planned(Path(name), int(sys.argv[1])))
        sys.stdout.buffer.write(orjson.dumps(vars(found)))
