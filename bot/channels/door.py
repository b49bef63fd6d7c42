"""How updates come in on any platform, asked for or brought: first stored, then confirmed."""

from __future__ import annotations

import asyncio
import json
import logging
import random
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from itertools import count
from typing import Any, TypeVar

import orjson
from aiohttp import web

from bot.channels.base import Channel, Hear
from handlers.talk import Incoming

logger = logging.getLogger(__name__)

# Keeps an update that could not be read, for staff: channel, update id, raw JSON.
Park = Callable[[str, str, str], Awaitable[None]]
Hook = Callable[[web.Request], Awaitable[web.StreamResponse]]
Update = Mapping[str, Any]
Answer = TypeVar("Answer")

MAX_BODY = 2**20  # bytes of a webhook call


@dataclass(frozen=True)
class Patience:
    """How long to wait: for news, and after failures (longer after each in a row)."""

    news: float = 25  # seconds of a long poll; Telegram allows up to 50
    first: float = 1
    longest: float = 60

    def after(self, failures: int, error: Exception) -> float:
        """Seconds until the next try: never before it is allowed, never everybody at once."""
        asked = getattr(error, "retry_after", None)
        if isinstance(asked, timedelta):
            return asked.total_seconds()
        grown = min(self.longest, self.first * 2.0 ** min(failures, 16))
        return grown * random.uniform(0.5, 1)  # noqa: S311 (no secret)


USUAL = Patience()


async def insist(
    attempt: Callable[[], Awaitable[Answer]],
    patience: Patience,
    told: Callable[[Exception], str],
) -> Answer:
    """Try until it succeeds, with ever longer waits; each failure is ``told`` to the operator."""
    for failures in count():
        try:
            return await attempt()
        except Exception as error:
            wait = patience.after(failures, error)
            logger.warning("%s; trying again in %.0f s", told(error), wait)
            await asyncio.sleep(wait)
    raise AssertionError("count() does not end")


async def take(
    channel: Channel,
    updates: Sequence[Update],
    number: Callable[[Update], str],
    hear: Hear,
    park: Park,
) -> None:
    """Have what updates say stored; those that cannot be read are parked and hold back nobody.

    ``number`` is what the platform calls an update by.
    """
    heard: list[Incoming] = []
    odd: list[Update] = []
    for update in updates:
        try:
            heard += channel.read(update)
        except Exception as error:
            fault = type(error).__name__
            logger.error("%s update %s cannot be read: %s", channel.name, number(update), fault)
            odd.append(update)
    if heard:
        await hear(heard)
    for update in odd:
        await park(channel.name, number(update), json.dumps(update))


def hook_of(
    channel: Channel, number: Callable[[Update], str], taken: Callable[[Update], Awaitable[None]]
) -> Hook:
    """The web server's end: 200 once an update is taken, 503 so that it is brought again."""

    async def bring(request: web.Request) -> web.StreamResponse:
        body = await request.clone(client_max_size=MAX_BODY).read()
        if not channel.trusts(request.headers, body):
            return web.Response(status=403)
        try:
            update = parsed(body)
        except ValueError:
            return web.Response(status=400)
        if not isinstance(update, dict):
            return web.Response(status=400)
        try:
            await taken(update)
        except Exception as error:
            fault = type(error).__name__
            logger.error("%s update %s was not stored: %s", channel.name, number(update), fault)
            return web.Response(status=503)
        return web.Response()

    return bring


def parsed(body: bytes) -> Any:
    """JSON as it comes from outside, with half characters and all; raise ValueError."""
    try:
        return orjson.loads(body)
    except orjson.JSONDecodeError:
        try:
            return json.loads(body.decode(errors="replace"))
        except RecursionError as deep:
            raise ValueError("nested too deeply") from deep
