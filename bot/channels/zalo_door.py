"""How Zalo's updates come in: asked for, one at a time, or brought to our hook.

Asked for, an update is gone from the platform once it was told: what is told in the very moment
of a crash is lost. Whoever needs more has them brought.
"""

from __future__ import annotations

import logging
from functools import partial

from bot.channels import door
from bot.channels.base import Checkup, Hear, cleaned, part
from bot.channels.calls import BadToken, CallFailed, Refused, Unsent
from bot.channels.door import USUAL, Hook, Park, Patience, Update, hook_of
from bot.channels.zalo import ZaloBot
from bot.channels.zalo_update import called

logger = logging.getLogger(__name__)

IDLE = 408  # what the platform says when nobody has said anything
STRANGER = 401  # what it says to whose token it does not know
UNSET = 404  # what it says of a webhook that there is not
SAID = 200  # characters of why our hook could not be reached
SLACK = 10.0  # seconds that an answer may stay away beyond the time it was asked to wait


async def introduce(zalo: ZaloBot, patience: Patience = USUAL) -> None:
    """Make sure of our token, and tell the operator as whom Zalo knows us."""
    me = await door.insist(partial(zalo.call, "getMe", {}), patience, told)
    logger.info("zalo knows us as %s", part({"me": me}, "me").get("account_name"))


async def poll(zalo: ZaloBot, hear: Hear, park: Park, patience: Patience = USUAL) -> None:
    """Ask for updates for ever."""
    await door.insist(partial(let_go, zalo), patience, told)
    while True:
        updates = await door.insist(partial(news, zalo, patience.news), patience, told)
        if updates:
            await door.insist(partial(door.take, zalo, updates, called, hear, park), patience, told)


async def let_go(zalo: ZaloBot) -> None:
    """Of a webhook: there is either that, or asking."""
    try:
        await zalo.call("deleteWebhook", {})
    except Refused as refused:
        if refused.code != UNSET:
            raise


async def news(zalo: ZaloBot, wait: float) -> list[Update]:
    """The next update, as soon as there is one; nothing after ``wait`` seconds without."""
    try:
        told = await zalo.call("getUpdates", {"timeout": str(int(wait))}, wait + SLACK)
    except Refused as refused:
        if refused.code == IDLE:
            return []
        raise
    each = told if isinstance(told, list) else [told]  # one, by the platform's pages
    return [update for update in each if isinstance(update, dict) and update]


async def subscribe(zalo: ZaloBot, url: str, patience: Patience = USUAL) -> None:
    """Have Zalo bring its updates to our hook, which stands at ``url``."""
    asked = {"url": url, "secret_token": zalo.secret}
    answer = await door.insist(partial(zalo.call, "setWebhook", asked), patience, told)
    tried = part({"answer": answer}, "answer").get("verification")  # newer; kept if it fails, too
    if isinstance(tried, dict) and tried.get("ok") is False:
        said = cleaned(f"{tried.get('outcome', '')} {tried.get('hint', '')}")[:SAID]
        logger.warning("zalo tried %s in vain: %s", url, said)
    logger.info("zalo brings its updates from now on")


def hook(zalo: ZaloBot, hear: Hear, park: Park) -> Hook:
    """The web server's end of what Zalo brings."""
    return hook_of(zalo, called, lambda update: door.take(zalo, [update], called, hear, park))


async def checkup(zalo: ZaloBot) -> Checkup:
    """As whom Zalo knows us, and where it brings its updates; raise CallFailed."""
    try:
        me = part({"me": await zalo.call("getMe", {})}, "me")
    except Refused as refused:
        raise (BadToken() if refused.code == STRANGER else refused) from None
    name = me.get("account_name") or me.get("display_name") or me.get("id", "")
    try:
        set_up = part({"hook": await zalo.call("getWebhookInfo", {})}, "hook")
    except Refused as refused:
        if refused.code != UNSET:
            raise
        set_up = {}
    return Checkup(str(name), hook=str(set_up.get("url") or ""))


def told(error: Exception) -> str:
    """What an operator can do about a failure; only the name of one that might quote a person."""
    match error:
        case Refused(code=code) if code == STRANGER:
            return "Zalo does not know our token: compare THIDUA_ZALO_TOKEN with Bot Manager's"
        case Refused(code=400 | 409):
            return f"Zalo refuses ({error}): does anybody else use our token, or bring its updates?"
        case Refused(code=429):
            return "Zalo's messages of this month are used up"
        case Unsent():
            return f"Zalo cannot be reached ({error}): check network, proxy and API address"
        case CallFailed():
            return f"Zalo is out of order: {error}"
    return f"what Zalo told us was not stored: {type(error).__name__}"
