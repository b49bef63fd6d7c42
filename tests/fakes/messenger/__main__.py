"""The stand-in as a process: prints its address and runs until it is stopped. Steered by HTTP:

GET ``/control/seen?person=7001``: what they see. POST as JSON, with ``person`` where it is another:
``/control/say`` ``{"text"}``, ``tap`` ``{"label"}`` (404 lists them), ``show`` ``{"path"}`` of
a picture, ``event`` any event, ``pass`` ``{"hours"}`` of time, ``faults``
``[{"status", "answer", "cut"}]`` for the next sends, ``set`` ``{"rate", "blocked", "templates"}``.
"""

from __future__ import annotations

import argparse
import asyncio
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from aiohttp import web

from tests.fakes.messenger.api import SECRET, VERIFY, MessengerApi, NoSuchButton
from tests.fakes.messenger.events import LAN
from tests.fakes.messenger.faults import Fault
from tests.fakes.messenger.rules import Shown

HOOK = "http://127.0.0.1:8080/hooks/messenger"


class Steered(MessengerApi):
    """The platform, with people's doings by HTTP."""

    def __init__(self, hook: str) -> None:
        super().__init__(lambda: datetime.now(UTC) + self.ahead)
        self.ahead = timedelta()
        self.url, self.tries, self.retry = hook, 1000, 1.0

    def routes(self) -> list[web.RouteDef]:
        doings = ("say", "tap", "show", "event", "pass", "faults", "set")
        steered = [web.post(f"/control/{name}", self.steer) for name in doings]
        return [*super().routes(), *steered, web.get("/control/seen", self.read)]

    async def read(self, request: web.Request) -> web.Response:
        seen = self.chats.get(request.query.get("person", LAN), [])
        return web.Response(text="\n\n".join(map(as_on_a_phone, seen)) + "\n")

    async def steer(self, request: web.Request) -> web.Response:
        asked = await request.json()
        try:
            await self.do(request.path.rpartition("/")[2], asked)
        except NoSuchButton as missing:
            return web.Response(text=f"{missing}\n", status=404)
        return web.Response(text="ok\n")

    async def do(self, what: str, asked: Any) -> None:
        match what, asked:
            case "say", {"text": str() as text}:
                await self.say(text, asked.get("person", LAN))
            case "tap", {"label": str() as label}:
                await self.tap(label, asked.get("person", LAN))
            case "show", {"path": str() as path}:
                picture = await asyncio.to_thread(Path(path).read_bytes)
                await self.show(picture, person=asked.get("person", LAN))
            case "event", dict():
                await self.bring([asked])
            case "pass", {"hours": int() | float() as hours}:
                self.ahead += timedelta(hours=hours)
            case "faults", list():
                self.faults.extend(Fault(**each) for each in asked)
            case "set", dict():
                self.rate = asked.get("rate", self.rate)
                self.blocked = set(asked.get("blocked", self.blocked))
                self.templates |= {tuple(each.split("/")) for each in asked.get("templates", ())}


def as_on_a_phone(message: Shown) -> str:
    """A message in letters: the words, what stays with them, what can be tapped below."""
    kind = "picture" if message.picture else "file"
    lines = [f"<{kind} {message.file}, {len(message.content)} bytes>"] if message.file else []
    lines += [message.text] if message.text else []
    lines += [f"  [{label}] -> {url}" for label, url in message.links.items()]
    lines += [f"  [{label}]" for label in message.buttons]
    lines += ["  " + "  ".join(f"({label})" for label in message.taps)] if message.taps else []
    return "\n".join(lines)


async def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--port", type=int, default=9300)
    parser.add_argument("--hook", default=HOOK, help="where the bot is brought its events")
    parser.add_argument("--secret", default=SECRET)
    parser.add_argument("--verify", default=VERIFY)
    asked = parser.parse_args()
    api = Steered(asked.hook)
    api.port, api.secret, api.word = asked.port, asked.secret, asked.verify
    async with api:
        sys.stdout.write(f"{api.base}\n")
        sys.stdout.flush()
        await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(main())
