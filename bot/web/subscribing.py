"""Where a page says how its browser is reached while it is closed, and that it is to be no more."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from aiohttp import web
from pydantic import ValidationError

from bot.channels.web_push import Subscription
from bot.web.manners import Refused

LARGEST = 8 * 1024  # bytes of what a page says of it


class Given(Subscription):
    """A subscription; ``asked``: the person wanted it just now, by a tap."""

    asked: bool = False


class Bell(Protocol):
    """Who keeps subscriptions and rings by them: ``bot.knocking.Knocker``."""

    async def key(self) -> str:
        """What browsers have to know of us."""
        ...

    def rings(self, given: Subscription) -> bool:
        """Whether it is at a push service that we call."""
        ...

    async def take(self, address: str, given: Subscription, *, asked: bool) -> bool:
        """Keep it; False where it is not to be kept any more."""
        ...

    async def drop(self, address: str) -> None:
        """Forget it."""
        ...


class Subscribing:
    """``/chat/push``; ``visitor`` says who asks, or refuses."""

    def __init__(self, bell: Bell, visitor: Callable[[web.Request], str]) -> None:
        self.bell, self.visitor = bell, visitor

    def routes(self) -> list[web.RouteDef]:
        path = "/chat/push"
        return [
            web.get(path, self.key, allow_head=False),
            web.put(path, self.take),
            web.delete(path, self.drop),
        ]

    async def key(self, request: web.Request) -> web.Response:
        self.visitor(request)
        return web.json_response({"key": await self.bell.key()})

    async def take(self, request: web.Request) -> web.Response:
        """404 where the person had it forgotten, 409 where the browser knows another key of us."""
        address = self.visitor(request)
        try:
            given = Given.model_validate_json(await request.clone(client_max_size=LARGEST).read())
        except ValidationError:
            raise Refused(400, "not_understood") from None
        if not self.bell.rings(given):
            raise Refused(400, "unknown_service")
        if given.key != await self.bell.key():
            raise Refused(409, "other_key")
        kept = Subscription(**given.model_dump(exclude={"asked"}))
        if not await self.bell.take(address, kept, asked=given.asked):
            raise Refused(404, "not_kept")
        return web.Response(status=204)

    async def drop(self, request: web.Request) -> web.Response:
        await self.bell.drop(self.visitor(request))
        return web.Response(status=204)
