"""The stand-in as a process of its own, as tests that kill the bot need it."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest
from aiohttp import ClientSession

from bot.channels.telegram import Telegram
from handlers.errors import SendFailed, Unreachable
from handlers.talk import Button, Reply
from tests.fakes.telegram import TOKEN


@asynccontextmanager
async def stand_in() -> AsyncIterator[str]:
    """The address of a stand-in that runs beside us."""
    command = (sys.executable, "-m", "tests.fakes.telegram", "--port", "0")
    process = await asyncio.create_subprocess_exec(*command, stdout=asyncio.subprocess.PIPE)
    assert process.stdout
    try:
        yield (await process.stdout.readline()).decode().strip()
    finally:
        process.kill()
        await process.communicate()


async def test_people_and_faults_are_steered_from_outside() -> None:
    async with (
        stand_in() as base,
        ClientSession(f"{base}/control/") as outside,
        Telegram(TOKEN, base) as telegram,
    ):

        async def tell(order: str, wish: Any) -> Any:
            async with outside.post(order, json=wish) as answer:
                return await answer.json()

        async def look(order: str) -> Any:
            async with outside.get(order) as answer:
                return await answer.json()

        first, second = await tell("say", [{"chat": 7, "text": text} for text in ("một", "hai")])
        assert second == first + 1
        await telegram.send("7", Reply("Chọn", (Button("Có", "yes"),)))
        await tell("press", {"chat": 7, "label": "Có"})
        await tell("update", {"message": {"chat": {"id": 7, "type": "private"}, "dice": {}}})
        assert "['Có']" in (await tell("press", {"chat": 7, "label": "Thôi"}))["error"]
        await tell("faults", {"blocked": [8], "next": [{"status": 500}], "nth": {"3": {}}})
        for fault, chat in ((SendFailed, "7"), (SendFailed, "7"), (Unreachable, "8")):
            with pytest.raises(fault):
                await telegram.send(chat, Reply("nữa"))
        [message] = (await look("seen?chat=7"))["7"]
        state = await look("state")
    assert (message["text"], message["rows"]) == ("Chọn", [["Có"]])
    assert (state["pending"], state["spinning"], state["sends"]) == (4, 1, 4)
    assert state["refused"] == {"403": 1}
