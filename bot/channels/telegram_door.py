"""How Telegram's updates come in, asked for or brought: first stored, then confirmed."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from typing import Any

from telegram.error import (
    BadRequest,
    Conflict,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
)

from bot.channels import calls, door
from bot.channels.base import Checkup, Hear, part
from bot.channels.door import USUAL, Hook, Park, Patience, Update, hook_of
from bot.channels.telegram import Telegram, reason
from bot.channels.telegram_http import Unsent
from bot.channels.telegram_update import HANDLED
from content.speech import Word

logger = logging.getLogger(__name__)

AT_ONCE = 100  # updates in one answer: the Bot API's most
LAST = ("last_error_date", "last_error_message", "ip_address")  # of trouble with our hook
SLACK = 10.0  # seconds that an answer may stay away beyond the time it was asked to wait


async def introduce(telegram: Telegram, words: Iterable[Word], patience: Patience = USUAL) -> None:
    """Learn our name, and put our commands into the phone's list."""
    me = await door.insist(telegram.bot.get_me, patience, told)
    telegram.me = replace(telegram.me, id=me.id, name=me.username or "")
    commands = [
        (word.command, word.description) for word in words if word.command and not word.staff
    ]
    await door.insist(partial(telegram.bot.set_my_commands, commands), patience, told)
    logger.info("telegram knows us as bot %s", me.id)


async def poll(telegram: Telegram, hear: Hear, park: Park, patience: Patience = USUAL) -> None:
    """Ask for updates for ever. They are confirmed, by the next question, once they are stored."""
    await door.insist(telegram.bot.delete_webhook, patience, told)
    offset = 0
    while True:
        updates = await door.insist(partial(news, telegram, offset, patience.news), patience, told)
        await door.insist(partial(take, telegram, updates, hear, park), patience, told)
        offset = max([offset, *(update["update_id"] + 1 for update in updates)])


async def subscribe(telegram: Telegram, url: str, patience: Patience = USUAL) -> None:
    """Have Telegram bring its updates to our hook, which stands at ``url``."""
    ask = partial(telegram.bot.set_webhook, url, allowed_updates=HANDLED)
    await door.insist(partial(ask, secret_token=telegram.secret), patience, told)
    logger.info("telegram brings its updates from now on")


def hook(telegram: Telegram, hear: Hear, park: Park) -> Hook:
    """The web server's end of what Telegram brings."""
    return hook_of(telegram, number, lambda update: take(telegram, [update], hear, park))


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


async def checkup(telegram: Telegram) -> Checkup:
    """As whom Telegram knows us, and how it fares with our hook; raise CallFailed."""
    try:
        me = await telegram.bot.call("getMe", {})
        hook = await telegram.bot.call("getWebhookInfo", {})
    except TelegramError as error:
        raise failed(error) from None
    return seen(part({"me": me}, "me"), part({"hook": hook}, "hook"))


def seen(me: Mapping[str, Any], hook: Mapping[str, Any]) -> Checkup:
    """What Telegram says of us. https://core.telegram.org/bots/api#webhookinfo"""
    at, why, place = (hook.get(name) for name in LAST)
    trouble = f"{why} ({place})" if place else f"{why}"
    return Checkup(
        f"@{me.get('username', '')}",
        hook=str(hook.get("url") or ""),
        troubles=(trouble,) if why else (),
        troubled_at=datetime.fromtimestamp(at, UTC) if isinstance(at, int) else None,
        waiting=int(hook.get("pending_update_count") or 0),
    )


def failed(error: TelegramError) -> calls.CallFailed:
    """The same as what calls to other platforms come to."""
    match error:
        case InvalidToken():
            return calls.BadToken()
        case Unsent():
            return calls.Unsent(str(error))
        case NetworkError() if not isinstance(error, BadRequest):
            return calls.NoAnswer(str(error))
    return calls.Refused(0, reason(error))


def number(update: Update) -> str:
    """What Telegram calls an update by."""
    return str(update.get("update_id"))


async def take(telegram: Telegram, updates: Sequence[Update], hear: Hear, park: Park) -> None:
    """Have what updates say stored; then buttons may stop spinning."""
    await door.take(telegram, updates, number, hear, park)
    for update in updates:
        telegram.acknowledge(update)


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
