"""Brings updates to a webhook: in order for each chat, chats side by side, again until taken."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from time import time
from typing import Any

from aiohttp import ClientError, ClientSession, ClientTimeout

from tests.fakes.telegram.town import Town

LONGEST_WAIT = 60.0  # seconds between two tries, as with the real one
WRONG = "Wrong response from the webhook: "
SECRET = "X-Telegram-Bot-Api-Secret-Token"


@dataclass
class Courier:
    """Carries what happens in the town to one address."""

    town: Town
    session: ClientSession
    url: str
    secret: str
    retry: float  # seconds until an update is brought again; twice as many each time
    brought: list[tuple[int, int]] = field(default_factory=list)  # update id, what was answered
    lanes: dict[int, asyncio.Queue[dict[str, Any]]] = field(default_factory=dict)
    tasks: list[asyncio.Task[None]] = field(default_factory=list)

    def carry(self, update: dict[str, Any]) -> None:
        chat = chat_of(update)
        if chat not in self.lanes:
            self.lanes[chat] = asyncio.Queue()
            self.tasks.append(asyncio.create_task(self.serve(self.lanes[chat])))
        self.lanes[chat].put_nowait(update)

    async def serve(self, lane: asyncio.Queue[dict[str, Any]]) -> None:
        while True:
            update = await lane.get()
            wait = self.retry
            while not await self.bring(update):
                await asyncio.sleep(wait)
                wait = min(2 * wait, LONGEST_WAIT)
            self.town.pending.pop(update["update_id"], None)
            self.town.ring()

    async def bring(self, update: dict[str, Any]) -> bool:
        """Whether the bot took it."""
        wait, headers = ClientTimeout(total=60), {SECRET: self.secret} if self.secret else {}
        try:
            async with self.session.post(
                self.url, json=update, headers=headers, timeout=wait
            ) as answer:
                status = answer.status
        except (ClientError, TimeoutError, OSError):
            status = 0
        self.brought.append((update["update_id"], status))
        self.town.ring()
        return 200 <= status < 300

    def told(self) -> dict[str, Any]:
        """How it fares, as the bot is told when it asks."""
        here = {"url": self.url, "ip_address": "127.0.0.1"}
        failed = [status for _, status in self.brought if not 200 <= status < 300]
        if not failed:
            return here
        return {
            **here,
            "last_error_date": int(time()),
            "last_error_message": f"{WRONG}{failed[-1]}",
        }

    async def stop(self) -> None:
        for task in self.tasks:
            task.cancel()
        await asyncio.gather(*self.tasks, return_exceptions=True)


def chat_of(update: dict[str, Any]) -> int:
    """Whose lane an update waits in; 0 for one that belongs to no chat."""
    for part in update.values():
        if isinstance(part, dict):
            chat = part.get("chat") or part.get("message", {}).get("chat") or part.get("from")
            return int(chat["id"]) if chat else 0
    return 0
