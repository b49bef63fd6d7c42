"""How Telegram's updates come in, asked for or brought: first stored, then confirmed."""

from __future__ import annotations

import asyncio
import json
import logging
import random
from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import partial
from itertools import count
from typing import Any, TypeVar

from aiohttp import web
from telegram.error import Conflict, InvalidToken, RetryAfter, TelegramError

from bot.channels.base import Hear
from bot.channels.telegram import Telegram, reason
from bot.channels.telegram_http import Unsent, parsed
from bot.channels.telegram_update import HANDLED
from content.schema import Word
from handlers.talk import Incoming

logger = logging.getLogger(__name__)

# Keeps an update that could not be read, for staff: channel, update id, raw JSON.
Park = Callable[[str, str, str], Awaitable[None]]
Hook = Callable[[web.Request], Awaitable[web.StreamResponse]]
Update = Mapping[str, Any]
Answer = TypeVar("Answer")

MAX_BODY = 2**20  # bytes of a webhook call
AT_ONCE = 100  # updates in one answer: the Bot API's most
SLACK = 10.0  # seconds that an answer may stay away beyond the time it was asked to wait


@dataclass(frozen=True)
class Patience:
    """How long to wait: for news, and after failures (longer after each in a row)."""

    news: float = 25  # seconds of a long poll; Telegram allows up to 50
    first: float = 1
    longest: float = 60

    def after(self, failures: int, error: Exception) -> float:
        """Seconds until the next try: never before it is allowed, never everybody at once."""
        if isinstance(error, RetryAfter) and isinstance(error.retry_after, timedelta):
            return error.retry_after.total_seconds()
        grown = min(self.longest, self.first * 2.0 ** min(failures, 16))
        return grown * random.uniform(0.5, 1)  # noqa: S311 (no secret)


async def introduce(
    telegram: Telegram, words: Iterable[Word], patience: Patience = Patience()
) -> None:
    """Learn our name, and put our commands into the phone's list."""
    me = await insist(telegram.bot.get_me, patience)
    telegram.me = replace(telegram.me, id=me.id, name=me.username or "")
    commands = [
        (word.command, word.description) for word in words if word.command and not word.staff
    ]
    await insist(partial(telegram.bot.set_my_commands, commands), patience)
    logger.info("telegram knows us as bot %s", me.id)


async def poll(telegram: Telegram, hear: Hear, park: Park, patience: Patience = Patience()) -> None:
    """Ask for updates for ever. They are confirmed, by the next question, once they are stored."""
    await insist(telegram.bot.delete_webhook, patience)
    offset = 0
    while True:
        updates = await insist(partial(news, telegram, offset, patience.news), patience)
        await insist(partial(take, telegram, updates, hear, park), patience)
        offset = max([offset, *(update["update_id"] + 1 for update in updates)])


async def subscribe(telegram: Telegram, url: str, patience: Patience = Patience()) -> None:
    """Have Telegram bring its updates to our hook, which stands at ``url``."""
    ask = partial(telegram.bot.set_webhook, url, allowed_updates=HANDLED)
    await insist(partial(ask, secret_token=telegram.secret), patience)
    logger.info("telegram brings its updates from now on")


def hook(telegram: Telegram, hear: Hear, park: Park) -> Hook:
    """The web server's end: 200 once an update is stored, 503 so that Telegram brings it again."""

    async def bring(request: web.Request) -> web.StreamResponse:
        if not telegram.trusts(request.headers, b""):
            return web.Response(status=403)
        body = await request.clone(client_max_size=MAX_BODY).read()
        try:
            update = parsed(body)
        except ValueError:
            return web.Response(status=400)
        if not isinstance(update, dict):
            return web.Response(status=400)
        try:
            await take(telegram, [update], hear, park)
        except Exception as error:
            logger.error("telegram update %s: %s", update.get("update_id"), told(error))
            return web.Response(status=503)
        return web.Response()

    return bring


async def news(telegram: Telegram, offset: int, wait: float) -> list[Update]:
    """The next updates, as soon as there are any; none after ``wait`` seconds."""
    asked = {
        "offset": offset,
        "limit": AT_ONCE,
        "timeout": int(wait),
        "allowed_updates": list(HANDLED),
    }
    updates = await telegram.bot.call("getUpdates", asked, wait + SLACK)
    return [update for update in updates if isinstance(update.get("update_id"), int)]


async def take(telegram: Telegram, updates: Sequence[Update], hear: Hear, park: Park) -> None:
    """Have what updates say stored; those that cannot be read are parked and hold back nobody."""
    heard: list[Incoming] = []
    odd: list[Update] = []
    for update in updates:
        try:
            heard += telegram.read(update)
        except Exception as error:
            number, fault = update.get("update_id"), type(error).__name__
            logger.error("telegram update %s cannot be read: %s", number, fault)
            odd.append(update)
    if heard:
        await hear(heard)
    for update in odd:
        await park(telegram.name, str(update.get("update_id")), json.dumps(update))
    for update in updates:
        telegram.acknowledge(update)


async def insist(attempt: Callable[[], Awaitable[Answer]], patience: Patience) -> Answer:
    """Try until it succeeds, with ever longer waits; each failure is told to the operator."""
    for failures in count():
        try:
            return await attempt()
        except Exception as error:
            wait = patience.after(failures, error)
            logger.warning("%s; trying again in %.0f s", told(error), wait)
            await asyncio.sleep(wait)
    raise AssertionError("count() does not end")


def told(error: Exception) -> str:
    """What an operator can do about a failure; only the name of one that might quote a person."""
    match error:
        case InvalidToken():
            return (
                "Telegram does not know our token: compare THIDUA_TELEGRAM_TOKEN with BotFather's"
            )
        case Conflict():
            return "another program polls Telegram with our token: stop it, or use a bot of its own"
        case RetryAfter():
            return "Telegram asks for a pause"
        case Unsent():
            return f"Telegram cannot be reached ({error}): check network, proxy and API address"
        case TelegramError():
            return f"Telegram is out of order: {reason(error)}"
    return f"what Telegram told us was not stored: {type(error).__name__}"
