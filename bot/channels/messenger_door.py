"""How Messenger's events come in: brought to our hook, whose address Meta makes sure of first.

https://developers.facebook.com/docs/messenger-platform/webhooks
"""

from __future__ import annotations

import hmac
import logging
from collections.abc import Iterable, Mapping
from functools import partial
from typing import Any

from aiohttp import web

from bot.channels import door
from bot.channels.base import Checkup, Hear, cleaned, part
from bot.channels.calls import BadToken, CallFailed, Refused, Unsent
from bot.channels.door import USUAL, Hook, Park, Patience, Update, hook_of
from bot.channels.messenger import Messenger, checked
from bot.channels.messenger_message import Request, profile
from bot.channels.messenger_update import events, number
from content.speech import Word

logger = logging.getLogger(__name__)

NEEDED = ("messages", "messaging_postbacks")  # what we want to be told of
STRANGER = 190  # an access token that is wrong or has expired
REASON = 200  # characters of what Meta holds against the page


async def introduce(
    messenger: Messenger, greeting: str, words: Iterable[Word], patience: Patience = USUAL
) -> None:
    """Put a greeting, a button to begin and our commands where people look first. Everything works
    without them, too.
    """
    menu = [(word.description, word.value) for word in words if word.command and not word.staff]
    asked = profile(greeting, menu, messenger.look)
    await door.insist(partial(show, messenger, asked), patience, told)


async def show(messenger: Messenger, asked: Request) -> None:
    """Have the page's profile changed; what Meta refuses, it would refuse again."""
    try:
        await messenger.call("messenger_profile", asked)
    except Refused as refused:
        logger.warning("the greeting and the menu were not taken: %s", told(refused))
    else:
        logger.info("messenger has our greeting and our menu")


def hook(messenger: Messenger, hear: Hear, park: Park) -> Hook:
    """The web server's end of what Messenger brings; each event stands for itself."""

    async def taken(update: Update) -> None:
        happened = [*events(update)]
        warn(happened)
        await door.take(messenger, happened, number, hear, park)

    brought = hook_of(messenger, lambda update: str(update.get("object")), taken)

    async def answer(request: web.Request) -> web.StreamResponse:
        return await brought(request) if request.method == "POST" else sure(messenger, request)

    return answer


def sure(messenger: Messenger, request: web.Request) -> web.Response:
    """Say back what was asked to who knows our word."""
    asked = request.query
    word = asked.get("hub.verify_token", "").encode(errors="replace")
    known = hmac.compare_digest(word, messenger.verify.encode())
    if asked.get("hub.mode") == "subscribe" and messenger.verify and known:
        return web.Response(text=asked.get("hub.challenge", ""))
    return web.Response(status=403)


async def checkup(messenger: Messenger) -> Checkup:
    """Which page our token is of, and whether its app is told what we need; raise CallFailed.

    The address of the hook is not said to whoever has but the page's token.
    """
    try:
        me = await look(messenger, "", fields="id,name")
    except Refused as refused:
        raise (BadToken() if refused.code == STRANGER else refused) from None
    try:
        apps = await look(messenger, "/subscribed_apps")
    except Refused:  # to look at it takes a permission more than to answer
        fields = {*NEEDED}
    else:
        fields = {each for app in listed(apps, "data") for each in listed(app, "subscribed_fields")}
    missing = tuple(name for name in NEEDED if name not in fields)
    return Checkup(str(me.get("name") or me.get("id", "")), missing=missing)


async def look(messenger: Messenger, place: str, **asked: str) -> Mapping[str, Any]:
    """What Meta's graph has of the page; raise CallFailed."""
    key = {"access_token": messenger.token}
    answer = await messenger.asked("GET", f"{messenger.page}{place}", params=asked | key)
    return part({"answer": checked(*answer)}, "answer")


def listed(whole: Any, name: str) -> list[Any]:
    """The list of that name within something; an empty one where there is none."""
    found = whole.get(name) if isinstance(whole, dict) else None
    return found if isinstance(found, list) else []


def warn(happened: Iterable[Update]) -> None:
    """Tell the operator what Meta holds against the page, for it may soon send nothing more."""
    for event in happened:
        if action := part(event, "policy_enforcement"):
            why = cleaned(f"{action.get('action')}: {action.get('reason')}")[:REASON]
            logger.error("Meta has taken a measure against our page: %s", why)


def told(error: Exception) -> str:
    """What an operator can do about a failure."""
    match error:
        case Refused(code=code) if code == STRANGER:
            return "Meta does not know our token: compare THIDUA_MESSENGER_TOKEN with the page's"
        case Unsent():
            return f"Messenger cannot be reached ({error}): check network, proxy and API address"
        case CallFailed():
            return f"Messenger is out of order: {error}"
    return f"Messenger failed us: {type(error).__name__}"
