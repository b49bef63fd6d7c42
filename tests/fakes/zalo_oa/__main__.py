"""The stand-in as a process: prints its address and runs until it is stopped.

``/control/…``: GET seen?person=1; POST say ``{"text"}``, press ``{"label"}``, follow ``{"event"}``,
each with ``person`` where it is not Lan; hook ``{"url"}``; wear (tokens out), fail ``{"last",
"fault"}``.
"""

from __future__ import annotations

import argparse
import asyncio
import sys

from aiohttp import web

from tests.fakes.zalo_oa.api import ZaloOaApi
from tests.fakes.zalo_oa.events import LAN


class Steered(ZaloOaApi):
    """With people's doings and faults by HTTP."""

    def routes(self) -> list[web.RouteDef]:
        do = [web.post(f"/control/{name}", self.doing) for name in ("say", "press", "follow")]
        more = [web.post(f"/control/{name}", self.steer) for name in ("hook", "wear", "fail")]
        return [*super().routes(), *do, *more, web.get("/control/seen", self.look)]

    async def doing(self, request: web.Request) -> web.Response:
        asked = await request.json()
        name, person = request.path.rpartition("/")[2], asked.pop("person", LAN)
        try:
            done = await getattr(self, name)(*asked.values(), person=person)
        except LookupError as missing:
            return web.json_response({"error": str(missing)}, status=404)
        return web.json_response(done)

    async def steer(self, request: web.Request) -> web.Response:
        asked = await request.json()
        match request.path.rpartition("/")[2]:
            case "hook":
                self.url = asked["url"]
            case "wear":
                self.access.clear()
            case "fail":
                self.fail(asked["last"], asked["fault"])
        return web.json_response(True)

    async def look(self, request: web.Request) -> web.Response:
        person = request.query.get("person", LAN)
        sent = [message for to, message in self.sent if to == person]
        return web.json_response({"asked": self.asked, "billed": self.billed, "sent": sent})


async def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--port", type=int, default=9400)
    parser.add_argument("--hook", default="http://127.0.0.1:8080/hooks/zalo_oa")
    given = parser.parse_args()
    api = Steered()
    api.port, api.url = given.port, given.hook
    async with api:
        sys.stdout.write(f"{api.base}\n")
        sys.stdout.flush()
        await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(main())
