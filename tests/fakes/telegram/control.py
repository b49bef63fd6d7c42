"""Steering a stand-in that runs as a process of its own: people's doings and faults, by HTTP."""

from __future__ import annotations

import json
from dataclasses import asdict
from functools import partial
from typing import Any

from aiohttp import web

from tests.fakes.telegram.api import BotApi
from tests.fakes.telegram.faults import Fault
from tests.fakes.telegram.town import NoSuchButton


def steered(api: BotApi) -> list[web.RouteDef]:
    """``/control/…``: GET seen?chat=1, state; POST say, press, update, faults.

    say takes ``{"chat", "text"}`` or a list of them, press ``{"chat", "label"}`` (404 lists the
    labels), faults any of rate, latency, blocked, next (faults), nth (``{"50": fault}``).
    """

    async def seen(request: web.Request) -> web.Response:
        chat = request.query.get("chat")
        chats = [int(chat)] if chat else list(api.chats)
        shown = {c: [asdict(m) for m in api.seen(c)] for c in chats}
        return web.json_response(shown, dumps=partial(json.dumps, default=len))  # of a file

    async def state(request: web.Request) -> web.Response:
        return web.json_response(
            {
                "pending": len(api.pending),
                "sends": api.sends,
                "spinning": len(api.spinning),
                "refused": api.refused,
                "webhook": api.courier.url if api.courier else "",
            }
        )

    async def say(request: web.Request) -> web.Response:
        said = await request.json()
        lines = said if isinstance(said, list) else [said]
        return web.json_response([api.say(line["chat"], line["text"]) for line in lines])

    async def press(request: web.Request) -> web.Response:
        tap = await request.json()
        try:
            return web.json_response(api.press(tap["chat"], tap["label"]))
        except NoSuchButton as missing:
            return web.json_response({"error": str(missing)}, status=404)

    async def update(request: web.Request) -> web.Response:
        return web.json_response(api.happen(await request.json()))

    async def faults(request: web.Request) -> web.Response:
        goes_wrong(api, await request.json())
        return web.json_response(True)

    doings = [web.post(f"/control/{do.__name__}", do) for do in (say, press, update, faults)]
    return [web.get("/control/seen", seen), web.get("/control/state", state), *doings]


def goes_wrong(api: BotApi, wanted: dict[str, Any]) -> None:
    api.rate = wanted.get("rate", api.rate)
    api.latency = wanted.get("latency", api.latency)
    api.blocked = set(wanted.get("blocked", api.blocked))
    api.next.extend(Fault(**fault) for fault in wanted.get("next", ()))
    if "nth" in wanted:
        api.nth = {int(n): Fault(**fault) for n, fault in wanted["nth"].items()}
