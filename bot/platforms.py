"""The messaging platforms that have a token: their channel, and how their updates come in."""

from __future__ import annotations

from collections.abc import AsyncIterator, Coroutine, Iterable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

from pydantic import SecretStr

from bot.app import App
from bot.channels.base import Channel
from bot.channels.door import Hook
from bot.settings import Settings
from content.speech import Word

if TYPE_CHECKING:  # what is loaded only for who has a token
    from bot.channels.messenger import Messenger
    from bot.channels.telegram import Telegram
    from bot.channels.zalo import ZaloBot

Jobs = list[Coroutine[Any, Any, None]]


class Platform(Protocol):
    """One of them, opened."""

    @property
    def channel(self) -> Channel: ...

    def hook(self, app: App) -> Hook | None:
        """The web server's end, where updates are brought to us."""
        ...

    def jobs(self, app: App, words: Iterable[Word]) -> Jobs:
        """What is to run beside everything else."""
        ...


@asynccontextmanager
async def telegram(settings: Settings) -> AsyncIterator[Platform | None]:
    """Telegram, as the settings describe it, open while the block runs."""
    if not settings.telegram_token:
        yield None
        return
    from bot.channels.telegram import Telegram

    token, secret = shown(settings.telegram_token), shown(settings.telegram_secret)
    async with Telegram(token, settings.telegram_api, settings.proxy, secret) as channel:
        yield OnTelegram(channel, brought(settings, settings.telegram_webhook, channel.name))


@dataclass(frozen=True)
class OnTelegram:
    channel: Telegram
    url: str  # where updates are brought to; empty: we ask for them

    def hook(self, app: App) -> Hook | None:
        from bot.channels.telegram_door import hook

        return hook(self.channel, app.intake.hear, app.intake.park) if self.url else None

    def jobs(self, app: App, words: Iterable[Word]) -> Jobs:
        from bot.channels.telegram_door import introduce, poll, subscribe

        if self.url:
            return [introduce(self.channel, words), subscribe(self.channel, self.url)]
        polling = poll(self.channel, app.intake.hear, app.intake.park)
        return [introduce(self.channel, words), polling]


@asynccontextmanager
async def zalo(settings: Settings) -> AsyncIterator[Platform | None]:
    """Zalo's Bot platform, as the settings describe it, open while the block runs."""
    if not settings.zalo_token:
        yield None
        return
    from bot.channels.zalo import ZaloBot

    token, secret = shown(settings.zalo_token), shown(settings.zalo_secret)
    async with ZaloBot(token, settings.zalo_api, settings.proxy, secret) as channel:
        yield OnZalo(channel, brought(settings, bool(secret), channel.name))


@dataclass(frozen=True)
class OnZalo:
    channel: ZaloBot
    url: str  # where updates are brought to; empty: we ask for them

    def hook(self, app: App) -> Hook | None:
        from bot.channels.zalo_door import hook

        return hook(self.channel, app.intake.hear, app.intake.park) if self.url else None

    def jobs(self, app: App, words: Iterable[Word]) -> Jobs:
        from bot.channels.zalo_door import introduce, poll, subscribe

        if self.url:
            return [introduce(self.channel), subscribe(self.channel, self.url)]
        return [introduce(self.channel), poll(self.channel, app.intake.hear, app.intake.park)]


@asynccontextmanager
async def messenger(settings: Settings) -> AsyncIterator[Platform | None]:
    """Messenger, as the settings describe it, open while the block runs."""
    if not settings.messenger_token:
        yield None
        return
    from bot.channels.messenger import Messenger

    token, verify = shown(settings.messenger_token), shown(settings.messenger_verify_token)
    secret, api = shown(settings.messenger_app_secret), settings.messenger_api
    async with Messenger(token, secret, verify, api, settings.proxy) as channel:
        yield OnMessenger(channel)


@dataclass(frozen=True)
class OnMessenger:
    channel: Messenger

    def hook(self, app: App) -> Hook | None:
        from bot.channels.messenger_door import hook

        return hook(self.channel, app.intake.hear, app.intake.park)

    def jobs(self, app: App, words: Iterable[Word]) -> Jobs:
        return []  # the address of the hook is set in Meta's console


def shown(secret: SecretStr | None) -> str:
    return secret.get_secret_value() if secret else ""


def brought(settings: Settings, wanted: bool, name: str) -> str:
    """Where a platform is to bring its updates to; empty where it is to be asked."""
    return f"{settings.site()}/hooks/{name}" if wanted else ""
