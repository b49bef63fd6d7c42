"""What every stand-in for a platform does: answer by HTTP, here and only while it is open."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Self

from aiohttp import web


class StandIn:
    """Open it (``async with``), give its ``base`` to the bot."""

    def __init__(self) -> None:
        self.bell = asyncio.Condition()
        self.port = 0  # any that is free
        self.photos: dict[str, bytes] = {}  # what people sent, by its name in a link

    def routes(self) -> list[web.RouteDef]:
        raise NotImplementedError

    async def __aenter__(self) -> Self:
        app = web.Application()
        app.add_routes([*self.routes(), web.get("/photos/{name}", self.photo)])
        self.runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
        await self.runner.setup()
        await web.TCPSite(self.runner, "127.0.0.1", self.port).start()
        self.base = f"http://127.0.0.1:{self.runner.addresses[0][1]}"
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.runner.cleanup()

    async def photo(self, request: web.Request) -> web.Response:
        found = self.photos.get(request.match_info["name"])
        return web.Response(status=404) if found is None else web.Response(body=found)

    async def until(self, there: Callable[[], bool]) -> None:
        """Wait until something is so; it is looked at whenever anything happens here."""
        async with asyncio.timeout(5), self.bell:
            await self.bell.wait_for(there)

    async def ring(self) -> None:
        async with self.bell:
            self.bell.notify_all()
