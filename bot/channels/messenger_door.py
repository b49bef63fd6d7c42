"""How Messenger's events come in: brought to our hook, whose address Meta makes sure of first.

https://developers.facebook.com/docs/messenger-platform/webhooks
"""

from __future__ import annotations

import hmac

from aiohttp import web

from bot.channels import door
from bot.channels.base import Hear
from bot.channels.door import Hook, Park, Update, hook_of
from bot.channels.messenger import Messenger
from bot.channels.messenger_update import events, number


def hook(messenger: Messenger, hear: Hear, park: Park) -> Hook:
    """The web server's end of what Messenger brings; each event stands for itself."""

    async def taken(update: Update) -> None:
        await door.take(messenger, [*events(update)], number, hear, park)

    brought = hook_of(messenger, lambda update: str(update.get("object")), taken)

    async def answer(request: web.Request) -> web.StreamResponse:
        return await brought(request) if request.method == "POST" else sure(messenger, request)

    return answer


def sure(messenger: Messenger, request: web.Request) -> web.Response:
    """Say back what was asked to who knows our word."""
    asked = request.query
    word = asked.get("hub.verify_token", "").encode(errors="replace")
    known = hmac.compare_digest(word, messenger.verify.encode())
    if asked.get("hub.mode") == "subscribe" and known:
        return web.Response(text=asked.get("hub.challenge", ""))
    return web.Response(status=403)
