"""A database that falls ill, written by hand."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from storage.unit import Store, Unit


class Fragile(Store):
    """A database that refuses to commit while it is ill."""

    ill = False

    @asynccontextmanager
    async def unit(self) -> AsyncIterator[Unit]:
        async with super().unit() as unit:
            yield unit
            if self.ill:
                raise OSError("disk full")
