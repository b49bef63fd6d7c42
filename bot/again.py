"""Work that is done again and again, beside everything else."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

import structlog

from bot.log import trace

logger = structlog.get_logger(__name__)


async def again(work: Callable[[], Awaitable[object]], seconds: float, failed: str) -> None:
    """Do this with a pause of so many seconds, for ever; what goes wrong is logged by that name."""
    while True:
        try:
            await work()
        except Exception as error:
            logger.error(failed, error=type(error).__name__, trace=trace(error))
        await asyncio.sleep(seconds)
