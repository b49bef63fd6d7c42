"""Zalo's Bot platform: by HTTP for the bot, by ``say`` and ``seen`` for people.

It keeps the platform's habits: one update an answer and gone with it, 408 when nothing is new,
messages of at most 2,000 characters, a month's messages that run out, updates without envelope.
"""

from __future__ import annotations

import asyncio
from collections import Counter, deque
from typing import Any

from aiohttp import ClientSession, web

from tests.fakes.standing import StandIn

TOKEN = "12345689:stand-in"
LONGEST = 2000
SHOWN = "X-Bot-Api-Secret-Token"

Update = dict[str, Any]


def text(number: str, words: str, person: str = "6ede0001") -> Update:
    """Somebody's words, as real traffic has them."""
    who = {"id": person, "display_name": "Ted", "is_bot": False}
    chat = {"id": person, "chat_type": "PRIVATE"}
    message = {"message_id": number, "date": 1750316131602, "text": words}
    return {
        "event_name": "message.text.received",
        "message": {**message, "from": who, "chat": chat},
    }


class ZaloApi(StandIn):
    """The platform; open it (``async with``), give its ``base`` to the bot."""

    def __init__(self, token: str = TOKEN, idle: float = 0.05) -> None:
        super().__init__()
        self.token, self.idle = token, idle  # seconds until an idle poll is answered
        self.pending: deque[Update] = deque()
        self.sent: list[tuple[str, str]] = []
        self.calls: Counter[str] = Counter()
        self.faults: dict[str, deque[tuple[int, Any]]] = {}  # by method: status and answer
        self.hook: dict[str, str] = {}
        self.brought: list[int] = []  # what our hook answered
        self.left = 3000  # messages of this month
        self.said = 0

    def routes(self) -> list[web.RouteDef]:
        return [web.post("/bot{token}/{method}", self.answer)]

    async def say(self, words: str, person: str = "6ede0001") -> None:
        """Have a person write something."""
        self.said += 1
        await self.tell(text(f"m{self.said}", words, person))

    async def tell(self, update: Update) -> None:
        """Have an update come to the bot: brought to its hook, again until it takes it, or kept."""
        if not self.hook:
            self.pending.append(update)
            await self.ring()
            return
        async with ClientSession() as http:
            for _ in range(5):
                shown = {SHOWN: self.hook["secret_token"]}
                async with http.post(self.hook["url"], json=update, headers=shown) as answer:
                    self.brought.append(answer.status)
                    if answer.status == 200:
                        return

    def seen(self, person: str = "6ede0001") -> list[str]:
        """What a person has been sent."""
        return [words for to, words in self.sent if to == person]

    def fail(self, method: str, status: int, answer: Any) -> None:
        """Have the next call of a method answered so."""
        self.faults.setdefault(method, deque()).append((status, answer))

    async def answer(self, request: web.Request) -> web.Response:
        if request.match_info["token"] != self.token:
            return refusal(401, "Unauthorized")
        method, asked = request.match_info["method"], await request.json()
        self.calls[method] += 1
        if faults := self.faults.get(method):
            status, body = faults.popleft()
            return web.json_response(body, status=status)
        answered = await getattr(self, f"do_{method}", self.lost)(asked)
        await self.ring()
        assert isinstance(answered, web.Response)
        return answered

    async def lost(self, asked: dict[str, Any]) -> web.Response:
        return refusal(404, "Not Found")

    async def do_getMe(self, asked: dict[str, Any]) -> web.Response:
        return good({"id": "1", "account_name": "bot.ThiDua", "account_type": "BASIC"})

    async def do_getUpdates(self, asked: dict[str, Any]) -> web.Response:
        if self.hook:
            return refusal(400, "webhook is set")
        try:
            async with asyncio.timeout(self.idle), self.bell:
                await self.bell.wait_for(lambda: bool(self.pending))
        except TimeoutError:
            return refusal(408, "Request timeout")
        return good(self.pending.popleft())

    async def do_sendMessage(self, asked: dict[str, Any]) -> web.Response:
        if not 1 <= len(asked["text"]) <= LONGEST:
            return refusal(400, "text must be 1..2000 characters")
        if not self.left:
            return refusal(429, "Quota exceeded")
        self.left -= 1
        self.sent.append((asked["chat_id"], asked["text"]))
        return good({"message_id": f"out{len(self.sent)}", "date": 1750316131632})

    async def do_setWebhook(self, asked: dict[str, Any]) -> web.Response:
        self.hook = asked
        return good({"url": asked["url"], "updated_at": 1750316131632})

    async def do_getWebhookInfo(self, asked: dict[str, Any]) -> web.Response:
        if not self.hook:
            return refusal(404, "webhook not found")
        return good({"url": self.hook["url"], "updated_at": 1750316131632})

    async def do_deleteWebhook(self, asked: dict[str, Any]) -> web.Response:
        if not self.hook:
            return refusal(404, "webhook not found")
        self.hook = {}
        return good({"url": "", "updated_at": 1750316131632})


def good(result: Any) -> web.Response:
    return web.json_response({"ok": True, "result": result})


def refusal(code: int, why: str) -> web.Response:
    body = {"ok": False, "error_code": code, "description": why}
    return web.json_response(body, status=code)
