"""``thidua serve``: the web chat and every channel that has a token, until we are told to stop."""

from __future__ import annotations

import asyncio
import signal
from collections.abc import AsyncIterator, Callable, Coroutine, Iterable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import replace
from typing import Any

import structlog
from aiohttp import web

from bot.app import App
from bot.broadcasts.boards import Boards, telling
from bot.broadcasts.planning import Planner
from bot.channels.base import Channel
from bot.channels.web import WebChannel
from bot.holding import take_up
from bot.knocking import Knocker
from bot.knowledge import Knowledge
from bot.links import Links
from bot.nudges import nudge
from bot.platforms import PLATFORMS, Platform, web_push
from bot.run import settle
from bot.settings import BadSettings, Settings
from bot.tidy import tidy
from bot.web.server import Doors, site
from content.library import Library
from storage.unit import Store

logger = structlog.get_logger(__name__)

GRACE = 10  # seconds for what is in hand when we are told to stop


async def serve(settings: Settings, library: Library, ready: Callable[[str], None]) -> None:
    """Run until SIGTERM or SIGINT; ``ready`` hears the page's address once it answers."""
    settings.data_dir.mkdir(parents=True, exist_ok=True)
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for signal_number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(signal_number, stop.set)
    store = Store(settings.database(), settings.clock())
    async with AsyncExitStack() as stack:
        stack.push_async_callback(store.close)
        doors = [door(settings, store) for door in PLATFORMS.values()]
        opened = [await stack.enter_async_context(door) for door in doors]
        platforms = [platform for platform in opened if platform]
        knocker = Knocker(store, await stack.enter_async_context(web_push(settings)))
        page = WebChannel(knocker.knock)
        channels: dict[str, Channel] = {page.name: page}
        channels |= {each.channel.name: each.channel for each in platforms}
        knowledge = Knowledge(library.ready(), settings.content())
        settle()
        links = Links(settings.secret(), store.clock, settings.site())
        app = App(store, knowledge, channels, links)
        await app.open()
        await take_up(app)
        pages = site(replace(doors_of(app, page, platforms, settings), bell=knocker))
        address = await stack.enter_async_context(listening(pages, settings))
        replaying = [name for name, channel in channels.items() if channel.can.replay]
        counted = [name for name, channel in channels.items() if channel.can.quota]
        jobs = [app.intake.run(), app.turns.run(), app.learning.run(), app.photos.run()]
        jobs += [tidy(store, knowledge, replaying, counted), knowledge.watch()]
        abilities = {name: channel.can for name, channel in channels.items()}
        told = telling(knowledge, app.turns.queue)
        jobs += [Planner(store, knowledge, abilities, app.sender.bell, told).run()]
        jobs += [Boards(store, knowledge, channels).run()]
        jobs += [nudge(store, knowledge, app.turns, app.sender.bell)]
        for platform in platforms:
            jobs += platform.jobs(app, library.words)
        ready(address)
        await work(app, jobs, stop)


def doors_of(
    app: App, page: WebChannel, platforms: Iterable[Platform], settings: Settings
) -> Doors:
    hooks = {each.channel.name: each.hook(app) for each in platforms if each.hook}
    public = str(settings.public_url or "")
    return Doors(
        hear=app.intake.hear,
        replies_after=app.replies_after,
        web=page,
        hooks=hooks,
        healthy=app.healthy,
        document=app.knowledge.document,
        paper=app.papers.opened,
        secret=settings.secret(),
        clock=app.store.clock,
        secure=public.startswith("https:"),
        trusted_proxy=bool(public),
    )


@asynccontextmanager
async def listening(application: web.Application, settings: Settings) -> AsyncIterator[str]:
    """Answer on the port while the block runs; gives the page's address."""
    runner = web.AppRunner(application, access_log=None, shutdown_timeout=2)
    await runner.setup()
    try:
        site = web.TCPSite(runner, settings.host, settings.port)
        try:
            await site.start()
        except OSError as error:
            raise BadSettings(
                f"THIDUA_PORT: {settings.host}:{settings.port} không mở được"
                f" ({error.strerror}); tắt chương trình đang dùng cổng đó hoặc chọn cổng khác"
            ) from error
        port = runner.addresses[0][1]
        yield f"http://{settings.host}:{port}"
    finally:
        await runner.cleanup()


async def work(app: App, jobs: list[Coroutine[Any, Any, None]], stop: asyncio.Event) -> None:
    """Run the jobs until told to stop, or one fails; then finish the sends in hand."""
    sending = asyncio.create_task(app.sender.run())
    try:
        async with asyncio.TaskGroup() as group:
            tasks = [group.create_task(job) for job in jobs]
            await stop.wait()
            logger.info("stopping")
            async with app.store.writing:  # a write broken off would keep the database locked
                for task in tasks:
                    task.cancel()
    finally:
        app.sender.stop()
        try:
            async with asyncio.timeout(GRACE):
                await sending
        except TimeoutError:
            logger.warning("stopped_while_sending", messages=len(app.sender.sending))
