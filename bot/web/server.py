"""The web server: the chat page and its two ends of the line, the webhooks, health and metrics."""

from __future__ import annotations

import asyncio
import re
import secrets
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

import orjson
from aiohttp import hdrs, web
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest
from pydantic import ValidationError

from bot.channels.base import Hear
from bot.channels.web import Listener, WebChannel
from bot.pictures import Unfit, bare
from bot.turns import rung
from bot.web.handing import Handing
from bot.web.limits import Limits, Pace, Seats
from bot.web.manners import Refused, guard, word_refusals
from bot.web.said import ID, Said
from bot.web.shelf import Shelf
from bot.web.subscribing import Bell, Subscribing
from bot.web.visitor import Visitors, from_our_page, place
from handlers.talk import Made
from storage.outbox import milliseconds

Hook = Callable[[web.Request], Awaitable[web.StreamResponse]]

MAX_PHOTO = 1024 * 1024  # the page scales them down to a third of it
MAX_BODY = 512 * 1024  # 100,000 Vietnamese characters take up to 300,000 bytes
AT_ONCE = 50  # replies fetched in one go
PATIENCE = 30  # seconds for a page to take what we write
BEAT = b"event: beat\ndata: .\n\n"  # an event, since the page must notice when it stays away
NUMBER = re.compile(r"\d{1,18}")


@dataclass(frozen=True)
class Doors:
    """What the web server is given by the rest of the house.

    ``replies_after`` (address, number, limit) lists the replies that were sent after a number, in
    order, each with its own, as the page takes them. ``healthy`` says how we are; ``ok`` false
    among it makes that a 503. ``document`` (plan, name) finds a file that may be handed out,
    ``paper`` (token, visitor's address) what is behind a link to a paper.
    """

    hear: Hear
    replies_after: Callable[[str, int, int], Awaitable[list[tuple[int, dict[str, Any]]]]]
    web: WebChannel
    hooks: Mapping[str, Hook]
    healthy: Callable[[], Awaitable[Mapping[str, object]]]
    document: Callable[[str, str], Path | None]
    paper: Callable[[str, str | None], Awaitable[Made | None]]
    secret: str
    clock: Callable[[], datetime]
    secure: bool
    trusted_proxy: bool
    limits: Limits = field(default_factory=Limits)
    beat: float = 20  # seconds between signs of life
    bell: Bell | None = None  # who rings where our page is closed; none: nobody does


class Chat:
    """The page, what it sends, and the line on which it is answered."""

    def __init__(self, doors: Doors) -> None:
        self.doors = doors
        self.shelf = Shelf(Path(__file__).with_name("page"))
        self.visitors = Visitors(doors.secret, secure=doors.secure)
        self.people = Pace(doors.limits.person, doors.clock)
        self.places = Pace(doors.limits.place, doors.clock)
        self.senders = Pace(doors.limits.photos, doors.clock)
        self.lines = Seats(doors.limits.lines)

    async def page(self, request: web.Request) -> web.Response:
        """The page; it also brings the cookie, or a longer life for it."""
        response = self.shelf.lend(request, "index.html")
        self.visitors.remember(response, self.visitors.known(request) or self.visitors.new())
        return response

    async def part(self, request: web.Request) -> web.Response:
        """A file of the page, under its version or without."""
        version = request.match_info.get("version", "")
        response = self.shelf.lend(request, request.match_info["file"], version)
        if request.match_info["file"] == "sw.js":
            response.headers["Service-Worker-Allowed"] = "/"
        return response

    async def messages(self, request: web.Request) -> web.Response:
        """Take what somebody says; 202 once it is safe, with who the page is taken for."""
        self.refuse_other_sites(request)
        if request.content_type != "application/json":
            raise Refused(415, "not_understood")
        address = self.sender(request, self.people)
        try:
            said = Said.model_validate_json(await request.read())
        except ValidationError:
            raise Refused(400, "not_understood") from None
        return await self.hear({**said.model_dump(), "sender": address})

    async def photo(self, request: web.Request) -> web.Response:
        """Take a photo, freed of what a phone wrote into it; the same answers as to words."""
        self.refuse_other_sites(request)
        number = request.query.get("id", "")
        if not re.fullmatch(ID, number):
            raise Refused(400, "not_understood")
        address = self.sender(request, self.senders)
        try:
            _, photo = bare(await request.clone(client_max_size=MAX_PHOTO).read())
        except (Unfit, web.HTTPRequestEntityTooLarge):
            raise Refused(415, "not_a_photo") from None
        return await self.hear({"id": number, "photo": photo, "sender": address})

    def sender(self, request: web.Request, people: Pace) -> str:
        """Who says something, if they may just now."""
        address = self.visitors.known(request)
        wait = self.places.take(self.place(request)) or (address and people.take(address))
        if wait:
            raise Refused(429, "too_fast", wait)
        if address is None:  # the page and its line bring one; else anybody could be thousands
            raise Refused(403, "no_cookie")
        return address

    def visitor(self, request: web.Request) -> str:
        """Who asks for something from our page, if they may just now."""
        self.refuse_other_sites(request)
        return self.sender(request, self.people)

    async def hear(self, said: dict[str, Any]) -> web.Response:
        """Have it stored, and say who the page is taken for."""
        await self.doors.hear([*self.doors.web.read(said)])
        return web.json_response({"who": self.visitors.nickname(said["sender"])}, status=202)

    async def events(self, request: web.Request) -> web.StreamResponse:
        """The replies, as server-sent events, from where the page stopped reading."""
        self.refuse_other_sites(request)
        known = self.visitors.known(request)
        address = known or self.visitors.new()
        with self.lines.one(self.place(request)) as free:
            if not free:
                raise Refused(429, "too_many_pages", self.doors.beat)
            async with self.doors.web.listen(address, lambda: bool(request.transport)) as listener:
                stream = web.StreamResponse(
                    headers={
                        hdrs.CONTENT_TYPE: "text/event-stream; charset=utf-8",
                        hdrs.CACHE_CONTROL: "no-store",
                        "X-Accel-Buffering": "no",  # nginx would hold the events back
                    }
                )
                if not known:
                    self.visitors.remember(stream, address)
                await stream.prepare(request)
                try:
                    await self.follow(
                        stream, address, await self.stopped(request, address), listener
                    )
                except (ConnectionError, TimeoutError):
                    if request.transport:
                        request.transport.abort()
                return stream

    async def stopped(self, request: web.Request, address: str) -> int:
        """The number that the page read last; 0 where we do not have it.

        Then the person is another, or the memory was restored from an older one.
        """
        named = request.headers.get("Last-Event-ID") or request.query.get("after", "")
        after = int(named) if NUMBER.fullmatch(named) else 0
        there = after and await self.doors.replies_after(address, after - 1, 1)
        return after if there and there[0][0] == after else 0

    async def follow(
        self, stream: web.StreamResponse, address: str, after: int, listener: Listener
    ) -> None:
        """Write replies as they come, and signs of life, until somebody hangs up."""
        again = 1000 + secrets.randbelow(2000)  # not all at the same moment after a restart
        who, now = self.visitors.nickname(address), milliseconds(self.doors.clock())
        await stream.write(f"retry: {again}\nevent: who\ndata: {who} {now}\n\n".encode())
        while not listener.closed:
            listener.bell.clear()
            rows = await self.doors.replies_after(address, after, AT_ONCE)
            for after, reply in rows:
                await put(stream, b"id: %d\ndata: %b\n\n" % (after, orjson.dumps(reply)))
            if len(rows) < AT_ONCE:
                await rung(listener.bell, self.doors.beat)
                if not listener.bell.is_set():
                    await put(stream, BEAT)

    def refuse_other_sites(self, request: web.Request) -> None:
        if not from_our_page(request, trusted_proxy=self.doors.trusted_proxy):
            raise Refused(403, "not_our_page")

    def place(self, request: web.Request) -> str:
        return place(request, trusted_proxy=self.doors.trusted_proxy)


async def put(stream: web.StreamResponse, written: bytes) -> None:
    async with asyncio.timeout(PATIENCE):
        await stream.write(written)


def site(doors: Doors) -> web.Application:
    """Everything that answers over HTTP."""
    chat = Chat(doors)
    handing = Handing(chat.shelf, chat.visitors, doors.document, doors.paper)

    async def health(request: web.Request) -> web.Response:
        facts = await doors.healthy()
        status = 200 if facts.get("ok", True) else 503
        body = orjson.dumps(dict(facts))  # words as they are written
        return web.Response(body=body, status=status, content_type="application/json")

    async def metrics(request: web.Request) -> web.Response:
        return web.Response(body=generate_latest(), headers={"Content-Type": CONTENT_TYPE_LATEST})

    async def hang_up(app: web.Application) -> None:
        doors.web.close()

    app = web.Application(middlewares=[word_refusals], client_max_size=MAX_BODY)
    app.add_routes(
        [
            web.get("/", chat.page),
            web.get("/page/{file}", chat.part),
            web.get("/page/{version}/{file}", chat.part),
            web.post("/chat/messages", chat.messages),
            web.post("/chat/photos", chat.photo),
            web.get("/chat/events", chat.events),
            web.get("/documents/{plan}/{name}", handing.document),
            web.get("/papers/{token}", handing.paper),
            web.get("/health", health),
            web.get("/metrics", metrics),
        ]
    )
    if doors.bell:
        app.add_routes(Subscribing(doors.bell, chat.visitor).routes())
    for name, hook in doors.hooks.items():
        app.router.add_post(f"/hooks/{name}", hook)
        app.router.add_get(f"/hooks/{name}", hook)  # Messenger makes sure of us by GET
    app.router.add_route("*", "/{anywhere:.*}", handing.lost)
    app.on_response_prepare.append(guard)
    app.on_shutdown.append(hang_up)
    return app
