"""The least a bot can be: aiohttp, no order, no memory. Argument: the address."""

import asyncio
import sys
from typing import Any

from aiohttp import ClientSession, TCPConnector

AT_ONCE = 256


async def echo(session: ClientSession, message: dict[str, Any]) -> None:
    said = {"chat_id": message["chat"]["id"], "text": message["text"]}
    async with session.post("sendMessage", json=said) as answer:
        await answer.read()


async def main(address: str) -> None:
    connector = TCPConnector(limit=AT_ONCE)
    async with (
        ClientSession(f"{address}/bot1:a/", connector=connector) as session,
        asyncio.TaskGroup() as group,
    ):
        offset = 0
        while True:
            asked = {"offset": offset, "timeout": 2}
            async with session.post("getUpdates", json=asked) as answer:
                updates = (await answer.json())["result"]
            for update in updates:
                offset = update["update_id"] + 1
                group.create_task(echo(session, update["message"]))


asyncio.run(main(sys.argv[1]))
