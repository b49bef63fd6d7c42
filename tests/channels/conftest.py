"""The platforms that stand in for the real ones, and the house behind a door."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager, suppress
from pathlib import Path

import pytest
from aiohttp import web

from bot.app import App
from bot.channels.base import Channel
from bot.channels.door import Hook
from bot.knowledge import Knowledge
from content.library import Library
from storage.unit import Store
from tests.databases import sqlite
from tests.fakes.clock import Time
from tests.fakes.telegram import BotApi

Housed = Callable[[Channel], AbstractAsyncContextManager[App]]


@pytest.fixture
async def api() -> AsyncIterator[BotApi]:
    async with BotApi() as api:
        yield api


@asynccontextmanager
async def running(*works: Awaitable[None]) -> AsyncIterator[None]:
    """Works that go on while the block runs."""
    tasks = [asyncio.ensure_future(work) for work in works]
    try:
        yield
    finally:
        for task in tasks:
            task.cancel()
        for task in tasks:
            with suppress(asyncio.CancelledError):
                await task


@asynccontextmanager
async def served(door: Hook) -> AsyncIterator[str]:
    """The address of a web server with a hook of ours behind it."""
    app = web.Application(client_max_size=1000)
    app.router.add_route("*", "/hooks/here", door)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    yield f"http://127.0.0.1:{runner.addresses[0][1]}/hooks/here"
    await runner.cleanup()


@pytest.fixture
def housed(tmp_path: Path, library: Library) -> Housed:
    """The whole house behind a channel, at work while the block runs."""

    @asynccontextmanager
    async def house(channel: Channel) -> AsyncIterator[App]:
        store = Store(sqlite(tmp_path), Time())
        app = App(store, Knowledge(library), {channel.name: channel})
        await app.open()
        async with running(app.intake.run(), app.turns.run(), app.sender.run()):
            yield app
        await store.close()

    return house
