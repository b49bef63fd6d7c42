"""Zalo's Bot platform: by HTTP for the bot, by ``say`` and ``seen`` for people.

It keeps the platform's habits: one update an answer and gone with it, one who asks for them, 408
when nothing is new, messages of at most 2,000 characters, pictures that it fetches itself, a
month's messages that run out, updates without envelope. What no page of the platform's says: that
a second one who asks is refused, and that what a hook does not take is brought four times more.
"""

from __future__ import annotations

import asyncio
from collections import Counter, defaultdict, deque
from dataclasses import dataclass, field
from typing import Any

from aiohttp import ClientError, ClientSession, web

from tests.fakes.standing import StandIn
from tests.fakes.zalo.faults import Fault, no
from tests.fakes.zalo.updates import LAN, Update, text

TOKEN = "12345689:stand-in"
LONGEST = 2000
SHOWN = "X-Bot-Api-Secret-Token"
FETCHER = {"User-Agent": "Java/1.8.0_192"}  # as whom it comes to our pages
AT = 1750316131632


@dataclass(frozen=True)
class Sent:
    """One message as a phone shows it: its words, below a picture if it has one."""

    person: str
    text: str
    picture: bytes = field(default=b"", repr=False)


class Refusal(Exception):
    """A call is refused with a code and a reason."""


class ZaloApi(StandIn):
    """The platform; open it (``async with``), give its ``base`` to the bot."""

    def __init__(self, token: str = TOKEN, idle: float = 0.05) -> None:
        super().__init__()
        self.token, self.idle = token, idle  # seconds until an idle poll is answered
        self.pending: deque[Update] = deque()
        self.sent: list[Sent] = []
        self.calls: Counter[str] = Counter()
        self.asked: list[tuple[str, Any]] = []  # each call, with what it brought
        self.faults: defaultdict[str, deque[Fault]] = defaultdict(deque)  # by method, one a call
        self.hook: dict[str, str] = {}
        self.brought: list[int] = []  # what our hook answered
        self.left = 3000  # messages of this month
        self.candid = True  # False: it refuses with a 200, as one bot saw it do
        self.asking = 0  # who wait for an update
        self.said = 0

    def routes(self) -> list[web.RouteDef]:
        return [web.post("/bot{token}/{method}", self.answer)]

    async def say(self, words: str, person: str = LAN) -> None:
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
                shown = {SHOWN: self.hook["secret_token"], **FETCHER}
                async with http.post(self.hook["url"], json=update, headers=shown) as answer:
                    self.brought.append(answer.status)
                    if answer.status == 200:
                        return

    def seen(self, person: str = LAN) -> list[str]:
        """The words that a person has been sent."""
        return [message.text for message in self.sent if message.person == person]

    async def heard(self, count: int) -> None:
        """Wait until so many messages have arrived, as long as it takes."""
        async with self.bell:
            await self.bell.wait_for(lambda: len(self.sent) >= count)

    def fail(self, method: str, status: int, answer: Any) -> None:
        """Have the next call of a method answered so."""
        self.faults[method].append(Fault(status, answer))

    async def answer(self, request: web.Request) -> web.Response:
        if request.match_info["token"] != self.token:
            return web.json_response(no(401, "Unauthorized"), status=401)
        method, asked = request.match_info["method"], await request.json()
        self.calls[method] += 1
        self.asked.append((method, asked))

        async def right() -> web.Response:
            return await self.done(method, asked)

        faults = self.faults[method]
        answered = await (faults.popleft() if faults else Fault()).befall(request, right)
        await self.ring()
        return answered

    async def done(self, method: str, asked: dict[str, Any]) -> web.Response:
        try:
            result = await getattr(self, f"do_{method}", self.lost)(asked)
        except Refusal as refused:
            code, why = refused.args
            return web.json_response(no(code, why), status=code if self.candid else 200)
        return web.json_response({"ok": True, "result": result})

    async def lost(self, asked: dict[str, Any]) -> Any:
        raise Refusal(404, "Not Found")

    async def do_getMe(self, asked: dict[str, Any]) -> Any:
        return {"id": "1", "account_name": "bot.ThiDua", "account_type": "BASIC"}

    async def do_getUpdates(self, asked: dict[str, Any]) -> Any:
        if self.hook:
            raise Refusal(400, "webhook is set")
        if self.asking:
            raise Refusal(409, "another getUpdates is running")
        self.asking += 1
        await self.ring()
        try:
            async with asyncio.timeout(self.idle), self.bell:
                await self.bell.wait_for(lambda: bool(self.pending))
        except TimeoutError:
            raise Refusal(408, "Request timeout") from None
        finally:
            self.asking -= 1
        return self.pending.popleft()

    async def do_sendMessage(self, asked: dict[str, Any]) -> Any:
        return self.shown(asked["chat_id"], asked["text"])

    async def do_sendPhoto(self, asked: dict[str, Any]) -> Any:
        picture = await fetched(asked["photo"])
        return self.shown(asked["chat_id"], asked["caption"], picture)

    def shown(self, person: str, words: str, picture: bytes = b"") -> Any:
        """A message, if there is one left."""
        if not 1 <= len(words) <= LONGEST:
            raise Refusal(400, "text must be 1..2000 characters")
        if not self.left:
            raise Refusal(429, "Quota exceeded")
        self.left -= 1
        self.sent.append(Sent(person, words, picture))
        return {"message_id": f"out{len(self.sent)}", "date": AT}

    async def do_setWebhook(self, asked: dict[str, Any]) -> Any:
        self.hook = asked
        return {"url": asked["url"], "updated_at": AT}

    async def do_getWebhookInfo(self, asked: dict[str, Any]) -> Any:
        if not self.hook:
            raise Refusal(404, "webhook not found")
        return {"url": self.hook["url"], "updated_at": AT}

    async def do_deleteWebhook(self, asked: dict[str, Any]) -> Any:
        if not self.hook:
            raise Refusal(404, "webhook not found")
        self.hook = {}
        return {"url": "", "updated_at": AT}


async def fetched(url: str) -> bytes:
    """A picture from its address, as anybody would see it there."""
    try:
        async with ClientSession(headers=FETCHER) as http, http.get(url) as answer:
            if answer.status == 200 and answer.content_type.startswith("image/"):
                return await answer.read()
    except (ClientError, OSError):
        pass
    raise Refusal(400, "photo cannot be fetched")
