"""Our processes behind an Official Account, one after the other, killed at any moment."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import replace

from bot.channels.door import Patience
from bot.channels.zalo_oa import Keys, ZaloOA
from bot.channels.zalo_oa_tokens import NoToken, Shelf
from bot.sealing import Seal
from storage.unit import Store, Unit
from tests.fakes.zalo_oa import APP_ID, APP_SECRET, FIRST, SECRET, ZaloOaApi

SEAL = Seal("k" * 32, "tests")
KEYS = Keys(APP_ID, APP_SECRET, SECRET, FIRST)
QUICK = Patience(first=0.01, longest=0.02)


class House:
    """Our processes, one after the other, over one database."""

    def __init__(self, api: ZaloOaApi, address: str) -> None:
        self.api, self.address = api, address

    @asynccontextmanager
    async def process(self, seed: str = FIRST, seal: Seal = SEAL) -> AsyncIterator[ZaloOA]:
        """What is going on when the block ends, ends with it as if we were killed."""
        store = Unsteady(self.address, self.api.clock)
        oa = ZaloOA(replace(KEYS, refresh=seed), Shelf(store, seal), self.api.base, self.api.base)
        oa.tokens.patience = QUICK
        async with oa:
            try:
                yield oa
            finally:
                for flight in [*oa.tokens.flights]:
                    flight.cancel()
                    with suppress(asyncio.CancelledError, NoToken):
                        await flight
        await store.close()


class Unsteady(Store):
    """A memory that cannot be written for a while."""

    broken = 0  # times

    @asynccontextmanager
    async def unit(self) -> AsyncIterator[Unit]:
        if self.broken:
            self.broken -= 1
            raise OSError("disk full")
        async with super().unit() as unit:
            yield unit
