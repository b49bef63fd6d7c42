"""Housekeeping: what nobody needs any more goes."""

from __future__ import annotations

import asyncio
from datetime import timedelta

from storage.unit import Store

EVERY = 3600.0  # seconds
UPDATES = timedelta(days=7)  # ids of handled updates; platforms deliver again for a day at most
MESSAGES = timedelta(days=30)  # settled messages; a page of the web chat reads back that far


async def tidy(store: Store) -> None:
    """Forget handled updates and settled messages once they are old, every hour."""
    while True:
        async with store.unit() as unit:
            await unit.inbox.forget(unit.now - UPDATES)
            await unit.outbox.forget(unit.now - MESSAGES)
        await asyncio.sleep(EVERY)
