"""Messenger: by HTTP for the bot, by ``say``, ``tap`` and ``seen`` for people.

It keeps the platform's habits: it makes sure of our address first, signs what it brings, brings it
again until it is taken, several events together, and refuses titles that are too long.
"""

from __future__ import annotations

import hashlib
import hmac
from collections import deque
from typing import Any

import orjson
from aiohttp import ClientSession, web

from tests.fakes.standing import StandIn

TOKEN, SECRET, VERIFY = "page-token", "app-secret", "our word"

Event = dict[str, Any]


def said(text: str, person: str = "7001", mid: str = "m1", **more: Any) -> Event:
    """Somebody's words, as Messenger tells of them."""
    message = {"mid": mid, "text": text, **more}
    return {**between(person), "message": message}


def between(person: str) -> Event:
    return {"sender": {"id": person}, "recipient": {"id": "1"}, "timestamp": 1750316131602}


class MessengerApi(StandIn):
    """The platform; open it (``async with``), give its ``base`` to the bot."""

    def __init__(self) -> None:
        super().__init__()
        self.sent: list[tuple[str, dict[str, Any]]] = []
        self.faults: deque[tuple[int, Any]] = deque()
        self.url = ""
        self.fields = ["messages", "messaging_postbacks"]  # that our app is told of
        self.brought: list[int] = []
        self.numbers = 0

    def routes(self) -> list[web.RouteDef]:
        return [
            web.post("/v25.0/me/messages", self.send),
            web.get("/v25.0/me", self.page),
            web.get("/v25.0/me/subscribed_apps", self.apps),
        ]

    async def subscribe(self, url: str, word: str = VERIFY) -> bool:
        """Make sure of an address, as Meta's console does."""
        asked = {"hub.mode": "subscribe", "hub.verify_token": word, "hub.challenge": "1158201444"}
        async with ClientSession() as http, http.get(url, params=asked) as answer:
            if answer.status != 200 or await answer.text() != "1158201444":
                return False
        self.url = url
        return True

    async def say(self, text: str, person: str = "7001", **more: Any) -> None:
        """Have a person write something."""
        self.numbers += 1
        await self.bring([said(text, person, f"m{self.numbers}", **more)])

    async def bring(self, events: list[Event], secret: str = SECRET) -> None:
        """Bring events, again until they are taken."""
        body = orjson.dumps({"object": "page", "entry": [{"id": "1", "messaging": events}]})
        signed = hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()
        shown = {"X-Hub-Signature-256": f"sha256={signed}", "Content-Type": "application/json"}
        async with ClientSession() as http:
            for _ in range(3):
                async with http.post(self.url, data=body, headers=shown) as answer:
                    self.brought.append(answer.status)
                    if answer.status == 200:
                        return

    def seen(self, person: str = "7001") -> list[str]:
        """The texts that a person has been sent."""
        return [message["text"] for to, message in self.sent if to == person]

    async def page(self, request: web.Request) -> web.Response:
        """Whose token it is."""
        shown = request.query.get("access_token", "")
        if shown != TOKEN:
            return refusal(190, f"Malformed access token {shown}", status=400)
        return web.json_response({"id": "1", "name": "HTX Tân Thuận"})

    async def apps(self, request: web.Request) -> web.Response:
        """Who is told what of the page."""
        if self.faults:
            status, body = self.faults.popleft()
            return web.json_response(body, status=status)
        app = {"id": "5", "name": "Thi Đua", "subscribed_fields": self.fields}
        return web.json_response({"data": [app]})

    async def send(self, request: web.Request) -> web.Response:
        if request.query.get("access_token") != TOKEN:
            return refusal(190, "Invalid OAuth access token.", status=401)
        if self.faults:
            status, body = self.faults.popleft()
            return web.json_response(body, status=status)
        asked = await request.json()
        message, person = asked["message"], asked["recipient"]["id"]
        titles = [reply["title"] for reply in message.get("quick_replies", ())]
        if len(titles) > 13 or any(len(title) > 20 for title in titles):
            return refusal(100, "Invalid quick replies")
        if not 1 <= len(message["text"]) <= 2000:
            return refusal(100, "Length of param message[text] must be less than or equal to 2000")
        self.sent.append((person, message))
        await self.ring()
        return web.json_response({"recipient_id": person, "message_id": f"o{len(self.sent)}"})


def refusal(code: int, why: str, detail: int = 0, status: int = 400) -> web.Response:
    return web.json_response(no(code, why, detail), status=status)


def no(code: int, why: str = "said no", detail: int = 0) -> dict[str, Any]:
    return {"error": {"message": why, "code": code, "error_subcode": detail}}
