"""The messaging platforms that have a token: their channel, and how their updates come in."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Coroutine, Iterable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

from pydantic import SecretStr

from bot.app import App
from bot.channels.base import Channel, Hear
from bot.channels.door import Hook, Park
from bot.channels.limits import abilities
from bot.channels.push_services import Services
from bot.channels.web_push import WebPush
from bot.settings import Settings
from content.speech import Word

Jobs = list[Coroutine[Any, Any, None]]


@dataclass(frozen=True)
class Platform:
    """One of them, opened: how updates are brought to our web server, if they are, and what is to
    run beside everything else.
    """

    channel: Channel
    hook: Callable[[App], Hook] | None
    jobs: Callable[[App, Iterable[Word]], Jobs]


@asynccontextmanager
async def telegram(settings: Settings) -> AsyncIterator[Platform | None]:
    """Telegram, as the settings describe it, open while the block runs."""
    if not settings.telegram_token:
        yield None
        return
    from bot.channels import telegram_door as door
    from bot.channels.telegram import Telegram

    token, secret = shown(settings.telegram_token), shown(settings.telegram_secret)
    async with Telegram(token, settings.telegram_api, settings.proxy, secret) as channel:
        channel.can = abilities(channel.name, settings.telegram_limits)
        url = brought(settings, settings.telegram_webhook, channel.name)

        def jobs(app: App, words: Iterable[Word]) -> Jobs:
            polled = door.poll(channel, *ears(app)) if not url else door.subscribe(channel, url)
            return [door.introduce(channel, words), polled]

        yield Platform(channel, (lambda app: door.hook(channel, *ears(app))) if url else None, jobs)


@asynccontextmanager
async def zalo(settings: Settings) -> AsyncIterator[Platform | None]:
    """Zalo's Bot platform, as the settings describe it, open while the block runs."""
    if not settings.zalo_token:
        yield None
        return
    from bot.channels import zalo_door as door
    from bot.channels.zalo import ZaloBot

    token, secret = shown(settings.zalo_token), shown(settings.zalo_secret)
    async with ZaloBot(token, settings.zalo_api, settings.proxy, secret) as channel:
        channel.can = abilities(channel.name, settings.zalo_limits)
        url = brought(settings, bool(secret), channel.name)

        def jobs(app: App, words: Iterable[Word]) -> Jobs:
            polled = door.poll(channel, *ears(app)) if not url else door.subscribe(channel, url)
            return [door.introduce(channel), polled]

        yield Platform(channel, (lambda app: door.hook(channel, *ears(app))) if url else None, jobs)


@asynccontextmanager
async def messenger(settings: Settings) -> AsyncIterator[Platform | None]:
    """Messenger, as the settings describe it, open while the block runs."""
    if not settings.messenger_token:
        yield None
        return
    from bot.channels import messenger_door as door
    from bot.channels.messenger import Messenger

    token, verify = shown(settings.messenger_token), shown(settings.messenger_verify_token)
    secret, api = shown(settings.messenger_app_secret), settings.messenger_api
    async with Messenger(token, secret, verify, api, settings.proxy) as channel:
        channel.can = abilities(channel.name, settings.messenger_limits)
        # The address of the hook is set in Meta's console.
        yield Platform(channel, lambda app: door.hook(channel, *ears(app)), lambda app, words: [])


def web_push(settings: Settings) -> WebPush:
    """Web Push, as the settings describe it: who answers for us is found at our address."""
    subject = settings.site() if settings.site().startswith("https:") else "https://localhost"
    services = Services(settings.push_services)
    return WebPush(settings.secret(), subject, services, settings.proxy)


def ears(app: App) -> tuple[Hear, Park]:
    """Where what comes in is stored, and where what nobody can read."""
    return app.intake.hear, app.intake.park


def shown(secret: SecretStr | None) -> str:
    return secret.get_secret_value() if secret else ""


def brought(settings: Settings, wanted: bool, name: str) -> str:
    """Where a platform is to bring its updates to; empty where it is to be asked."""
    return f"{settings.site()}/hooks/{name}" if wanted else ""
