"""Visitors over plain HTTP, and a phone with a real browser whose server can go and come back."""

from __future__ import annotations

import asyncio
import os
import shutil
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack

import pytest
import pytest_asyncio
from aiohttp import CookieJar, web
from aiohttp.test_utils import TestClient, TestServer
from aiohttp.typedefs import Handler
from playwright.async_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Page,
    async_playwright,
    expect,
)

from bot.web.limits import Limits
from bot.web.server import Doors, site
from tests.web.house import House
from tests.web.visiting import Client, Visit

LAUNCH = [
    "--no-sandbox",
    "--disable-background-networking",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.fixture
def house() -> House:
    return House()


@pytest.fixture
async def visit() -> AsyncIterator[Visit]:
    """Serve these doors and come in by them."""
    async with AsyncExitStack() as open_things:

        async def come(doors: Doors) -> Client:
            server = await open_things.enter_async_context(TestServer(site(doors)))
            jar = CookieJar(unsafe=True)  # keeps the cookies of an IP address too
            client: Client = TestClient(server, cookie_jar=jar)
            return await open_things.enter_async_context(client)

        yield come


@pytest.fixture
async def lan(house: House, visit: Visit) -> Client:
    """Somebody who has opened the page."""
    client = await visit(house.doors())
    await client.get("/")
    return client


expect.set_options(timeout=30_000)  # for machines with other things to do


class Village:
    """A house with its server on one port."""

    def __init__(self) -> None:
        self.house = House()
        self.limits = Limits()
        self.port = 0
        self.answers = asyncio.Event()  # not set: requests hang
        self.answers.set()
        self.runner: web.AppRunner | None = None

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    async def start(self) -> None:
        self.house.web.closed = False
        application = site(self.house.doors(limits=self.limits))
        application.middlewares.append(self.hang)
        self.runner = web.AppRunner(application, access_log=None)
        await self.runner.setup()
        await web.TCPSite(self.runner, "127.0.0.1", self.port).start()
        self.port = self.runner.addresses[0][1]

    @web.middleware
    async def hang(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        await self.answers.wait()
        return await handler(request)

    async def stop(self) -> None:
        if self.runner:
            await self.runner.cleanup()
        self.runner = None


class Phone:
    """A small screen. Whatever the browser complains of is noted, unless it is expected."""

    def __init__(self, context: BrowserContext, village: Village) -> None:
        self.context, self.village = context, village
        self.complaints: list[str] = []
        self.expected = "…"
        context.on("console", self.note)
        context.on("weberror", lambda error: self.complaints.append(str(error.error)))

    def note(self, message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"} and self.expected not in message.text:
            self.complaints.append(message.text)

    async def visit(self) -> Page:
        page = await self.context.new_page()
        await page.goto(self.village.address)
        return page


@pytest_asyncio.fixture(loop_scope="session", scope="session")
async def browser() -> AsyncIterator[Browser]:
    """Debian's Chromium, the one without windows if it is there: it takes half the time.

    Without any, these tests are skipped, but never where the CI runs them.
    """
    program = shutil.which("chromium-headless-shell") or shutil.which("chromium")
    if program is None:
        missing = pytest.fail if os.environ.get("CI") == "true" else pytest.skip
        missing("no chromium: apt-get install chromium-headless-shell")
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=program, args=LAUNCH)
        yield browser
        await browser.close()


@pytest_asyncio.fixture(loop_scope="session")
async def village() -> AsyncIterator[Village]:
    village = Village()
    await village.start()
    yield village
    await village.stop()


@pytest_asyncio.fixture(loop_scope="session")
async def phone(browser: Browser, village: Village) -> AsyncIterator[Phone]:
    context = await browser.new_context(viewport={"width": 360, "height": 740}, locale="vi-VN")
    context.set_default_timeout(8000)
    phone = Phone(context, village)
    yield phone
    await context.close()
    assert not phone.complaints
