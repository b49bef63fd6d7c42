"""``thidua serve`` for a soak: by day, whatever the hour, and at a pace of our choice."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

from handlers.turn import HERE
from tests.crash.serving import Serving
from tests.fakes.telegram import TOKEN, BotApi

MORNING = datetime(2025, 4, 15, 8, tzinfo=HERE)


class Daylight(Serving):
    """It is morning when the first one starts, and later when it starts again."""

    def __init__(self, folder: Path, api: BotApi, pace: int) -> None:
        super().__init__(
            folder, TELEGRAM_TOKEN=TOKEN, TELEGRAM_API=api.base, TELEGRAM_LIMITS=f"pace={pace}"
        )
        self.began = time.monotonic()

    async def start(self) -> None:
        now = MORNING + timedelta(seconds=time.monotonic() - self.began)
        self.environment["THIDUA_NOW"] = now.isoformat()
        await super().start()

    def states(self) -> dict[str, int]:
        """How many rows of the broadcast are in which state."""
        counted = "SELECT state, count(*) FROM outbox WHERE broadcast_id = 1 GROUP BY state"
        return dict(self.rows(counted))

    def left(self) -> int:
        """How many have not had their turn."""
        states = self.states()
        return sum(states.get(state, 0) for state in ("planned", "queued", "sending"))


async def until(so: Callable[[], bool], within: float) -> None:
    """Wait until something is so; raise TimeoutError."""
    async with asyncio.timeout(within):
        while not so():  # noqa: ASYNC110 what another process wrote rings no bell
            await asyncio.sleep(0.5)
