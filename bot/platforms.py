"""The messaging platforms that have a token: their channel, and how their updates come in."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine, Iterable, Mapping
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from pydantic import SecretStr

from bot.app import App
from bot.channels.base import Channel, Checkup, Hear
from bot.channels.door import Hook, Park
from bot.channels.limits import abilities, values
from bot.channels.push_services import Services
from bot.channels.web_push import WebPush
from bot.settings import Settings
from content.speech import Word
from storage.unit import Store

Jobs = list[Coroutine[Any, Any, None]]


@dataclass(frozen=True)
class Platform:
    """One of them, opened: how updates are brought to our web server, if they are, what is to run
    beside everything else, what it says of us (raises CallFailed), and where it is to bring
    updates to; empty where it is asked for them.
    """

    channel: Channel
    hook: Callable[[App], Hook] | None
    jobs: Callable[[App, Iterable[Word]], Jobs]
    checkup: Callable[[], Awaitable[Checkup]]
    url: str


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

        hook = (lambda app: door.hook(channel, *ears(app))) if url else None
        yield Platform(channel, hook, jobs, partial(door.checkup, channel), url)


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

        hook = (lambda app: door.hook(channel, *ears(app))) if url else None
        yield Platform(channel, hook, jobs, partial(door.checkup, channel), url)


@asynccontextmanager
async def messenger(settings: Settings) -> AsyncIterator[Platform | None]:
    """Messenger, as the settings describe it, open while the block runs."""
    if not settings.messenger_token:
        yield None
        return
    from bot.channels import messenger_door as door
    from bot.channels.messenger import Messenger
    from bot.channels.messenger_message import Look, Template

    token, verify = shown(settings.messenger_token), shown(settings.messenger_verify_token)
    secret, api = shown(settings.messenger_app_secret), settings.messenger_api
    async with Messenger(token, secret, verify, api, settings.proxy) as channel:
        channel.utility = Template.of(settings.messenger_utility)
        can = abilities(channel.name, settings.messenger_limits)
        channel.can = replace(can, belated=channel.utility is not None)

        def jobs(app: App, words: Iterable[Word]) -> Jobs:
            library = app.knowledge.library
            numbers = values(channel.name, settings.messenger_limits)
            channel.look = Look(numbers, settings.site(), library.labels["open-link"])
            return [door.introduce(channel, library.say("talk/greeting"), words)]

        # The address of the hook is set in Meta's console.
        url = brought(settings, True, channel.name)
        hook, checkup = lambda app: door.hook(channel, *ears(app)), partial(door.checkup, channel)
        yield Platform(channel, hook, jobs, checkup, url)


@asynccontextmanager
async def zalo_oa(settings: Settings, store: Store) -> AsyncIterator[Platform | None]:
    """A Zalo Official Account, as the settings describe it, open while the block runs."""
    if not settings.zalo_oa_app_id:
        yield None
        return
    from bot.channels import zalo_oa_door as door
    from bot.channels.zalo_oa import Keys, ZaloOA
    from bot.channels.zalo_oa_tokens import Shelf
    from bot.sealing import Seal

    secrets = (settings.zalo_oa_app_secret, settings.zalo_oa_secret, settings.zalo_oa_refresh_token)
    keys = Keys(settings.zalo_oa_app_id, *map(shown, secrets))
    shelf = Shelf(store, Seal(settings.secret(), "zalo_oa tokens"))
    apis = settings.zalo_oa_api, settings.zalo_oa_oauth
    async with ZaloOA(keys, shelf, *apis, settings.proxy) as channel:
        channel.can = abilities(channel.name, settings.zalo_oa_limits)

        async def left(sender: str) -> None:
            async with store.unit() as unit:
                await unit.people.unreachable([(channel.name, sender)])

        def jobs(app: App, words: Iterable[Word]) -> Jobs:
            return [door.introduce(channel), door.keep_alive(channel)]

        # The address of the hook is set in Zalo's console.
        hook, checkup = partial(door.hook, channel, left=left), partial(door.checkup, channel)
        url = brought(settings, True, channel.name)
        yield Platform(channel, lambda app: hook(*ears(app)), jobs, checkup, url)


Door = Callable[[Settings, Store], AbstractAsyncContextManager[Platform | None]]


def without(
    door: Callable[[Settings], AbstractAsyncContextManager[Platform | None]],
) -> Door:
    """A door that needs nothing of what is remembered."""
    return lambda settings, store: door(settings)


PLATFORMS: Mapping[str, Door] = {
    "zalo": without(zalo),
    "zalo_oa": zalo_oa,
    "messenger": without(messenger),
    "telegram": without(telegram),
}


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
