"""How Messenger's events come in: brought to our hook, whose address Meta makes sure of first.

https://developers.facebook.com/docs/messenger-platform/webhooks
"""

from __future__ import annotations

import hmac
from collections.abc import Mapping
from typing import Any

from aiohttp import web

from bot.channels import door
from bot.channels.base import Checkup, Hear, part
from bot.channels.calls import BadToken, Refused
from bot.channels.door import Hook, Park, Update, hook_of, parsed
from bot.channels.messenger import Messenger, check
from bot.channels.messenger_update import events, number

NEEDED = ("messages", "messaging_postbacks")  # what we want to be told of
STRANGER = 190  # an access token that is wrong or has expired


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


async def checkup(messenger: Messenger) -> Checkup:
    """Which page our token is of, and whether its app is told what we need; raise CallFailed.

    The address of the hook is not said to whoever has but the page's token.
    """
    try:
        me = await look(messenger, "me", fields="id,name")
    except Refused as refused:
        raise (BadToken() if refused.code == STRANGER else refused) from None
    try:
        apps = await look(messenger, "me/subscribed_apps")
    except Refused:  # to look at it takes a permission more than to answer
        fields = {*NEEDED}
    else:
        fields = {each for app in listed(apps, "data") for each in listed(app, "subscribed_fields")}
    missing = tuple(name for name in NEEDED if name not in fields)
    return Checkup(str(me.get("name") or me.get("id", "")), missing=missing)


async def look(messenger: Messenger, place: str, **asked: str) -> Mapping[str, Any]:
    """What stands there in Meta's graph; raise CallFailed."""
    graph = messenger.address.rpartition("/me/")[0]
    status, body = await messenger.asked("GET", f"{graph}/{place}", params=asked | messenger.key())
    check(status, body)
    return part({"answer": parsed(body)}, "answer")


def listed(whole: Any, name: str) -> list[Any]:
    """The list of that name within something; an empty one where there is none."""
    found = whole.get(name) if isinstance(whole, dict) else None
    return found if isinstance(found, list) else []
