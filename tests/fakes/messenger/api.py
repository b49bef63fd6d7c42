"""Messenger: by HTTP for the bot, by ``say``, ``tap``, ``show`` and ``seen`` for people.

It keeps the platform's habits: it makes sure of our address first, signs what it brings, brings it
again until it is taken, several events together, refuses what is too long, lets nobody be written
to a day after they wrote but by an approved template, and takes only so many messages a second.
"""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import time
from collections import Counter, deque
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import orjson
from aiohttp import ClientError, ClientSession, web

from tests.fakes.messenger.events import LAN, Event, photo, said, tapped
from tests.fakes.messenger.faults import Fault, Refusal
from tests.fakes.messenger.rules import Shown, asked_of, shown
from tests.fakes.standing import StandIn

TOKEN, SECRET, VERIFY = "page-token", "app-secret", "our word"
DAY = timedelta(hours=24)
VERSION = "v25.0"


class NoSuchButton(AssertionError):
    """A person looks for a button that is not there."""


class MessengerApi(StandIn):
    """The platform; open it (``async with``), give its ``base`` to the bot."""

    def __init__(self, clock: Callable[[], datetime] = lambda: datetime.now(UTC)) -> None:
        super().__init__()
        self.clock = clock
        self.chats: dict[str, list[Shown]] = {}
        self.heard: dict[str, datetime] = {}  # when each wrote last
        self.sent: list[dict[str, Any]] = []  # requests that were taken
        self.faults: deque[Fault] = deque()  # for the next sends, one each
        self.blocked: set[str] = set()  # people who want nothing from us
        self.templates: set[tuple[str, str]] = set()  # approved: name and language
        self.rate = 0  # messages a second before a refusal; 0: no limit
        self.recent: deque[float] = deque()
        self.refused: Counter[int] = Counter()  # by code
        self.profile: dict[str, Any] = {}
        self.fields = ["messages", "messaging_postbacks"]  # that our app is told of
        self.looks: deque[Fault] = deque()  # for the next looks at what the page is told of
        self.url, self.word, self.secret = "", VERIFY, SECRET
        self.tries, self.retry = 3, 0.0  # how often something is brought, and the pause between
        self.brought: list[int] = []  # what our hook answered; 0: nothing
        self.numbers = 0

    def routes(self) -> list[web.RouteDef]:
        page = f"/{VERSION}/me"
        return [
            web.post(f"{page}/messages", self.send),
            web.post(f"{page}/messenger_profile", self.introduced),
            web.get(page, self.page),
            web.get(f"{page}/subscribed_apps", self.apps),
        ]

    async def subscribe(self, url: str, word: str = "") -> bool:
        """Make sure of an address, as Meta's console does."""
        asked = {"hub.mode": "subscribe", "hub.verify_token": word or self.word}
        asked["hub.challenge"] = "1158201444"
        async with ClientSession() as http, http.get(url, params=asked) as answer:
            if answer.status != 200 or await answer.text() != "1158201444":
                return False
        self.url = url
        return True

    def next(self) -> str:
        self.numbers += 1
        return f"m{self.numbers}"

    def meet(self, person: str = LAN) -> None:
        """Somebody wrote just now, whatever it was."""
        self.heard[person] = self.clock()
        self.chats.setdefault(person, [])

    async def say(self, text: str, person: str = LAN, **more: Any) -> None:
        """Have a person write something."""
        await self.bring([said(text, person, self.next(), **more)])

    async def show(self, *pictures: bytes, person: str = LAN) -> None:
        """Have a person send pictures together."""
        mid = self.next()
        names = {f"{mid}.{n}": content for n, content in enumerate(pictures)}
        self.photos |= names
        urls = (f"{self.base}/photos/{name}" for name in names)
        await self.bring([photo(*urls, person=person, mid=mid)])

    async def tap(self, label: str, person: str = LAN) -> None:
        """Have a person tap: what stands below the last message, in any, or in the menu."""
        seen = self.chats.get(person, [])
        if seen and label in seen[-1].taps:
            value, seen[-1].taps = seen[-1].taps[label], {}
            reply = {"payload": value}
            await self.bring([said(label, person, self.next(), quick_reply=reply)])
            return
        value = next((m.buttons[label] for m in reversed(seen) if label in m.buttons), "")
        value = value or self.menu().get(label, "")
        if not value:
            there = [*(seen[-1].taps if seen else ()), *(b for m in seen for b in m.buttons)]
            raise NoSuchButton(f"no button [{label}], but {there}")
        await self.bring([tapped(label, value, person, self.next())])

    def menu(self) -> dict[str, str]:
        """What stands in the menu, and the button to begin."""
        lines = [
            line
            for menu in self.profile.get("persistent_menu", ())
            for line in menu["call_to_actions"]
        ]
        begin = self.profile.get("get_started", {}).get("payload", "")
        return {"Get Started": begin} | {line["title"]: line["payload"] for line in lines}

    async def bring(self, events: list[Event], secret: str = "") -> None:
        """Bring events, again until they are taken."""
        for event in events:
            if person := event.get("sender", {}).get("id"):
                self.meet(person)
        body = orjson.dumps({"object": "page", "entry": [{"id": "1", "messaging": events}]})
        signed = hmac.new((secret or self.secret).encode(), body, hashlib.sha256).hexdigest()
        headers = {"X-Hub-Signature-256": f"sha256={signed}", "Content-Type": "application/json"}
        async with ClientSession() as http:
            for _ in range(self.tries):
                try:
                    async with http.post(self.url, data=body, headers=headers) as answer:
                        self.brought.append(answer.status)
                except ClientError:
                    self.brought.append(0)
                if self.brought[-1] == 200:
                    return
                await asyncio.sleep(self.retry)

    def seen(self, person: str = LAN) -> list[str]:
        """The texts that a person has been sent."""
        return [each.text for each in self.chats.get(person, ()) if each.text]

    async def send(self, request: web.Request) -> web.Response:
        fault = self.faults.popleft() if self.faults else None
        if fault and fault.cut != "after":
            return fault.as_answer(request)
        try:
            self.known(request)
            self.pace()
            answer = self.take(await asked_of(request))
        except Refusal as refusal:
            self.refused[refusal.fault.answer["error"]["code"]] += 1
            return refusal.fault.as_answer(request)
        await self.ring()
        return fault.as_answer(request) if fault else web.json_response(answer)

    def known(self, request: web.Request) -> None:
        if request.query.get("access_token") != TOKEN:
            raise Refusal(190, "Invalid OAuth access token.", status=401)

    def take(self, asked: dict[str, Any]) -> dict[str, str]:
        """Show it to its person, if the platform's rules let it."""
        person = asked["recipient"]["id"]
        if person not in self.heard:
            raise Refusal(100, "No matching user found", 2018001)
        if person in self.blocked:
            raise Refusal(551, "This person isn't available right now.", 1545041)
        if asked.get("messaging_type") == "UTILITY":
            template = asked["message"]["template"]
            if (template["name"], template["language"]["code"]) not in self.templates:
                raise Refusal(100, "Template is not approved")
        elif self.clock() - self.heard[person] >= DAY:
            raise Refusal(10, "This message is sent outside of allowed window.", 2018278)
        self.chats[person].append(shown(asked))
        self.sent.append(asked)
        return {"recipient_id": person, "message_id": f"o{len(self.sent)}"}

    def pace(self) -> None:
        now = time.monotonic()
        while self.recent and now - self.recent[0] > 1:
            self.recent.popleft()
        if self.rate and len(self.recent) >= self.rate:
            raise Refusal(613, "Calls to this api have exceeded the rate limit.")
        self.recent.append(now)

    async def introduced(self, request: web.Request) -> web.Response:
        try:
            self.known(request)
        except Refusal as refusal:
            return refusal.fault.as_answer(request)
        self.profile |= await request.json()
        await self.ring()
        return web.json_response({"result": "success"})

    async def page(self, request: web.Request) -> web.Response:
        """Whose token it is."""
        shown = request.query.get("access_token", "")
        if shown != TOKEN:
            return Refusal(190, f"Malformed access token {shown}").fault.as_answer(request)
        return web.json_response({"id": "1", "name": "HTX Tân Thuận"})

    async def apps(self, request: web.Request) -> web.Response:
        """Who is told what of the page."""
        if self.looks:
            return self.looks.popleft().as_answer(request)
        app = {"id": "5", "name": "Thi Đua", "subscribed_fields": self.fields}
        return web.json_response({"data": [app]})
