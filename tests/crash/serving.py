"""``thidua serve`` as a process of its own: started, killed, stopped, started again."""

from __future__ import annotations

import asyncio
import os
import signal
import socket
import sqlite3
import sys
from asyncio import FIRST_COMPLETED
from pathlib import Path
from typing import Any

GRACE = 30.0  # seconds for what a busy machine does in one or two
HOUSE = Path(__file__).parents[2]
READY = "Thi Đua đang chạy"


class Serving:
    """One assistant with its memory in ``folder``; it may die as often as it likes."""

    def __init__(self, folder: Path, **settings: object) -> None:
        self.folder, self.port = folder, free_port()
        ours = {"DATA_DIR": folder, "PORT": self.port, **settings}
        outside = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
        self.environment = outside | {f"THIDUA_{name}": str(ours[name]) for name in ours}
        self.up = asyncio.Event()  # set while it answers
        self.told: list[str] = []

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    async def start(self) -> None:
        """Return once it answers; raise with what it said where it ends instead."""
        self.process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "bot", "serve"),
            stderr=asyncio.subprocess.PIPE,
            env=self.environment,
            cwd=HOUSE,
        )
        self.listening = asyncio.create_task(self.listen())
        answers = asyncio.create_task(self.up.wait())
        await asyncio.wait({answers, self.listening}, timeout=GRACE, return_when=FIRST_COMPLETED)
        if not answers.done():
            answers.cancel()
            raise RuntimeError("".join(self.told[-20:]))

    async def listen(self) -> None:
        """Note what it tells the operator, until it ends."""
        assert self.process.stderr
        async for line in self.process.stderr:
            self.told.append(line.decode())
            if READY in self.told[-1]:
                self.up.set()
        await self.process.wait()

    async def dies_within(self, seconds: float) -> None:
        """Let it live that long, then end it in the middle of whatever it does."""
        asyncio.get_running_loop().call_later(seconds, self.end, signal.SIGKILL)
        await self.gone()

    async def stop(self) -> int:
        """Ask it to end; return its exit code."""
        self.end(signal.SIGTERM)
        return await self.gone()

    def end(self, how: signal.Signals) -> None:
        self.up.clear()
        self.process.send_signal(how)

    async def gone(self) -> int:
        async with asyncio.timeout(GRACE):
            await self.listening
        return self.process.returncode or 0

    def rows(self, query: str, *values: object) -> list[Any]:
        """What its memory holds."""
        with sqlite3.connect(self.folder / "thidua.db") as memory:
            return memory.execute(query, values).fetchall()

    def in_flight(self) -> int:
        """Messages that were being sent when it died, or had left and were not yet noted down."""
        leased = "SELECT count(*) FROM outbox WHERE state = 'sending'"
        return int(self.rows(leased)[0][0])


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])
