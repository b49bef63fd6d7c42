"""How an Official Account's events come in, and how its tokens stay alive.

The address of the hook is set in the console of developers.zalo.me. Zalo waits 2 seconds for a 200,
which is said once an event is stored, and brings it again after 30 s, 5, 15, 30 and 60 min.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable

from aiohttp import web

from bot.channels import door
from bot.channels.base import Checkup, Hear
from bot.channels.calls import CallFailed, Refused, Unsent
from bot.channels.door import Hook, Park, Patience, Update, hook_of
from bot.channels.zalo_oa import SHOWN, ZaloOA
from bot.channels.zalo_oa_answer import STALE
from bot.channels.zalo_oa_tokens import EARLY, NoToken
from bot.channels.zalo_oa_update import gone, number

logger = logging.getLogger(__name__)

OFTEN = 600.0  # seconds between two looks at how long a token will live
PROBE = 2  # bytes, "{}", by which the console makes sure that we are there; nobody signs them
OURS = "/v2.0/oa/getoa"
NOT_YET = "chưa có token đang dùng được; thidua serve sẽ lấy, xem lại sau một phút"
RENEWING = "Zalo không nhận token đang giữ ({refused}); thidua serve sẽ đổi ở tin kế tiếp"
SLOW = Patience(first=5, longest=600)
SELDOM = 100  # calls with a wrong signature, until that is told again

Left = Callable[[str], Awaitable[None]]  # is told who wants to hear no more


def hook(oa: ZaloOA, hear: Hear, park: Park, left: Left) -> Hook:
    """The web server's end of what Zalo brings."""

    async def taken(event: Update) -> None:
        if who := gone(event):
            await left(who)
        else:
            await door.take(oa, [event], number, hear, park)

    brought = hook_of(oa, number, taken)

    async def answer(request: web.Request) -> web.StreamResponse:
        size = request.content_length
        if request.method != "POST" or (size is not None and size <= PROBE):
            return web.Response()  # says nothing, and does nothing
        response = await brought(request)
        if response.status != web.HTTPForbidden.status_code:
            oa.distrusted = 0
        elif SHOWN in request.headers:  # whoever shows nothing is nobody's concern
            distrust(oa)
        return response

    return answer


def distrust(oa: ZaloOA) -> None:
    """Somebody else called our hook, or the operator has set another secret than the account's."""
    if oa.distrusted % SELDOM == 0:
        logger.warning("zalo_oa: an event without Zalo's signature: compare THIDUA_ZALO_OA_SECRET")
    oa.distrusted += 1


async def introduce(oa: ZaloOA, patience: Patience = SLOW) -> None:
    """Make sure of our token, and tell the operator as whom Zalo knows us."""
    known = await door.insist(lambda: oa.call("GET", OURS), patience, told)
    logger.info("zalo_oa: zalo knows us as %s", known.get("name"))


async def keep_alive(oa: ZaloOA, patience: Patience = SLOW, often: float = OFTEN) -> None:
    """Have a new token long before the old one expires, also where nobody writes; for ever."""
    while True:
        await door.insist(lambda: oa.tokens.access(left=EARLY), patience, told)
        await asyncio.sleep(often)


async def checkup(oa: ZaloOA) -> Checkup:
    """What Zalo says of us, and what is wrong; gets no token, for that is the running server's.

    Raise CallFailed. Where it brings events to, and what it still takes, no page tells how to ask.
    """
    token = await oa.tokens.glance()
    if not token:
        return Checkup("", troubles=tuple(oa.troubles()) or (NOT_YET,))
    try:
        known = await oa.once("GET", OURS, {}, token)
    except Refused as refused:
        if refused.code not in STALE:
            raise
        return Checkup("", troubles=(*oa.troubles(), RENEWING.format(refused=refused)))
    unproved = ("OA chưa xác thực",) if known.get("is_verified") is False else ()
    return Checkup(str(known.get("name", "")), troubles=(*oa.troubles(), *unproved))


def told(error: Exception) -> str:
    """What an operator can do about a failure; only the name of one that might quote a person."""
    match error:
        case NoToken() | Refused():
            return f"zalo_oa: {error} (what to do: /health, troubles)"
        case Unsent():
            return f"zalo_oa: Zalo cannot be reached ({error}): check network, proxy, API address"
        case CallFailed():
            return f"zalo_oa: Zalo is out of order: {error}"
    return f"zalo_oa: {type(error).__name__}"
