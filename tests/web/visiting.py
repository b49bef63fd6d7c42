"""Coming in by the web server's door, over real HTTP."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable
from typing import Any
from uuid import uuid4

from aiohttp import ClientResponse, web
from aiohttp.test_utils import TestClient

from bot.web.server import Doors

Client = TestClient[web.Request, None]
Visit = Callable[[Doors], Awaitable[Client]]


def said(text: str = "", **more: Any) -> dict[str, Any]:
    return {"id": str(uuid4())} | ({"text": text} if text else {}) | more


async def post(client: Client, **said: Any) -> ClientResponse:
    return await client.post("/chat/messages", json=said)


async def events(answer: ClientResponse, count: int) -> list[tuple[int, dict[str, Any]]]:
    """The next replies on a line."""
    found: list[tuple[int, dict[str, Any]]] = []
    async with asyncio.timeout(5):
        while len(found) < count:
            block = (await answer.content.readuntil(b"\n\n")).decode()
            fields = dict(line.split(": ", 1) for line in block.strip().splitlines())
            if "id" in fields:
                found.append((int(fields["id"]), json.loads(fields["data"])))
    return found
