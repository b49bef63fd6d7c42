"""A phone with a real browser, in front of a server on loopback that can go away and come back."""

from __future__ import annotations

import os
import shutil
from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from aiohttp import web
from playwright.async_api import Browser, BrowserContext, ConsoleMessage, Page, async_playwright

from bot.limits import Limits
from bot.web import site
from tests.web.house import House

LAUNCH = [
    "--no-sandbox",
    "--disable-background-networking",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-component-update",
    "--disable-sync",
]


class Village:
    """A house with its server on one port."""

    def __init__(self) -> None:
        self.house = House()
        self.limits = Limits()
        self.port = 0
        self.runner: web.AppRunner | None = None

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    async def start(self) -> None:
        self.house.web.closed = False
        self.runner = web.AppRunner(site(self.house.doors(limits=self.limits)), access_log=None)
        await self.runner.setup()
        await web.TCPSite(self.runner, "127.0.0.1", self.port).start()
        self.port = self.runner.addresses[0][1]

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


@pytest_asyncio.fixture(loop_scope="module", scope="module")
async def browser() -> AsyncIterator[Browser]:
    """Debian's Chromium; missing, it skips these tests, but never where the CI runs them."""
    program = shutil.which("chromium")
    if program is None:
        missing = pytest.fail if os.environ.get("CI") == "true" else pytest.skip
        missing("no chromium: apt-get install chromium")
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=program, args=LAUNCH)
        yield browser
        await browser.close()


@pytest_asyncio.fixture(loop_scope="module")
async def village() -> AsyncIterator[Village]:
    village = Village()
    await village.start()
    yield village
    await village.stop()


@pytest_asyncio.fixture(loop_scope="module")
async def phone(browser: Browser, village: Village) -> AsyncIterator[Phone]:
    context = await browser.new_context(viewport={"width": 360, "height": 740}, locale="vi-VN")
    context.set_default_timeout(8000)
    phone = Phone(context, village)
    yield phone
    await context.close()
    assert not phone.complaints
