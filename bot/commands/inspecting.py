"""Looking after the channels: each platform is asked what it says of us, beside our own count."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import AsyncExitStack
from dataclasses import dataclass
from functools import partial

from bot.channels.base import Abilities, Checkup
from bot.channels.calls import CallFailed, Calling, NoAnswer
from bot.channels.web import WebChannel
from bot.platforms import PLATFORMS
from bot.settings import Settings
from bot.standings import standings
from handlers.standing import Standing
from storage.unit import Store

PATIENCE = 7.0  # seconds for all that a platform is asked; they are asked at the same time
ANYWHERE = {"": "127.0.0.1", "0.0.0.0": "127.0.0.1", "::": "::1"}  # noqa: S104 (to be asked, not bound)
OFF = Abilities(max_text=0)


class Silent(CallFailed):
    """It has not answered for as long as we waited."""


@dataclass(frozen=True)
class Inspected:
    """One channel: whether it is on, what it says of us or why it does not, and our own count.

    ``url`` is where updates are to be brought; empty: we ask for them.
    """

    standing: Standing
    on: bool = True
    url: str = ""
    said: Checkup | CallFailed | None = None


async def inspect(settings: Settings, store: Store, patience: float = PATIENCE) -> list[Inspected]:
    """Every channel that there could be. Nothing is changed, neither here nor there: whoever polls
    or is brought updates is not disturbed.
    """
    async with AsyncExitStack() as stack:
        opened = {
            name: await stack.enter_async_context(door(settings, store))
            for name, door in PLATFORMS.items()
        }
        there = {name: each for name, each in opened.items() if each}
        checkups = {name: each.checkup for name, each in there.items()}
        checkups[WebChannel.name] = partial(of_page, settings)
        said = await asyncio.gather(*(asked(each, patience) for each in checkups.values()))
    words = dict(zip(checkups, said, strict=True))
    abilities = {WebChannel.name: WebChannel.can} | {
        name: each.channel.can if each else OFF for name, each in opened.items()
    }
    async with store.view() as unit:
        found = await standings(unit, abilities)
    return [
        Inspected(
            each,
            on=each.channel in words,
            url=there[each.channel].url if each.channel in there else "",
            said=words.get(each.channel),
        )
        for each in found
    ]


async def asked(checkup: Callable[[], Awaitable[Checkup]], patience: float) -> Checkup | CallFailed:
    """What a platform says of us, or why it does not."""
    try:
        async with asyncio.timeout(patience):
            return await checkup()
    except TimeoutError:
        return Silent()
    except CallFailed as error:
        return error
    except Exception as error:  # whatever else it says, the other channels are told of
        return NoAnswer(type(error).__name__)


async def of_page(settings: Settings) -> Checkup:
    """Whether our own server answers here, and by which address people know it."""
    address = home(settings)
    async with Calling() as caller:
        status, _ = await caller.asked("GET", f"{address}/health")
    if status != 200:
        raise NoAnswer(f"/health: {status}")
    return Checkup(settings.site() or address)


def home(settings: Settings) -> str:
    """Where our own server stands, seen from this machine."""
    host = ANYWHERE.get(settings.host, settings.host)
    return f"http://{f'[{host}]' if ':' in host else host}:{settings.port}"
