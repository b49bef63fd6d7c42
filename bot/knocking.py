"""Knocking: who allowed it is told that news came, though no page of ours is open there."""

from __future__ import annotations

import orjson
import structlog

from bot.channels.web_push import Subscription, WebPush
from bot.log import trace
from handlers.talk import Reply
from storage.unit import Store

logger = structlog.get_logger(__name__)

SHOWN = 120  # characters of what came; a small phone shows no more


class Knocker:
    """Keeps the browsers' subscriptions, and uses them."""

    def __init__(self, store: Store, push: WebPush) -> None:
        self.store, self.push = store, push

    async def key(self) -> str:
        """What browsers have to know of us to subscribe."""
        return (await self.push.sealer()).key

    def rings(self, given: Subscription) -> bool:
        """Whether it is at a push service that we call."""
        return self.push.services.call(given.endpoint) is not None

    async def take(self, address: str, given: Subscription, *, asked: bool) -> bool:
        """Keep a browser's subscription; False where it is not to be kept any more."""
        async with self.store.unit() as unit:
            return await unit.subscriptions.take(address, given.model_dump(), asked=asked)

    async def drop(self, address: str) -> None:
        """Forget it."""
        async with self.store.unit() as unit:
            await unit.subscriptions.drop(address)

    async def knock(self, address: str, reply: Reply) -> None:
        """Let a browser show that this came; raises nothing, since it is on the page anyway."""
        try:
            async with self.store.view() as unit:
                kept = await unit.subscriptions.of(address)
            if kept is None:
                return
            to = Subscription.model_validate(kept)
            if await self.push.send(to, orjson.dumps({"text": shown(reply)})) == "gone":
                async with self.store.unit() as unit:
                    await unit.subscriptions.drop(address, to.endpoint)
        except Exception as error:
            logger.error("knock_failed", error=type(error).__name__, trace=trace(error))


def shown(reply: Reply) -> str:
    """What a locked screen may show of it: nothing of what is private."""
    words = " ".join(reply.text.split()) if reply.news == "open" else ""
    if len(words) <= SHOWN:
        return words
    return words[:SHOWN].rpartition(" ")[0].rstrip(" .,;:–") + "…"
