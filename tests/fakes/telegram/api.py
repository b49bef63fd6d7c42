"""The Bot API's methods, as far as a bot that writes text, buttons and files needs them."""

from __future__ import annotations

import asyncio
import time
from collections import Counter, deque
from collections.abc import Iterable
from itertools import islice
from typing import Any, Self

from aiohttp import ClientSession, web

from tests.fakes.telegram.asked import asked_of, keyboard, number, valid
from tests.fakes.telegram.courier import Courier
from tests.fakes.telegram.faults import BLOCKED, Fault, Refusal, flood
from tests.fakes.telegram.files import caption, document, photo
from tests.fakes.telegram.town import ME, File, Town

TOKEN = "42:stand-in"
SENDS = ("sendMessage", "sendPhoto", "sendDocument")
METHODS = (
    "getMe",
    "getUpdates",
    "setWebhook",
    "deleteWebhook",
    "getWebhookInfo",
    "setMyCommands",
    *SENDS,
    "editMessageText",
    "answerCallbackQuery",
    "getFile",
)


class BotApi(Town):
    """Telegram: by HTTP for the bot, by ``say``, ``press`` and ``seen`` for people."""

    def __init__(self, token: str = TOKEN, retry: float = 0.02) -> None:
        super().__init__()
        self.token = token
        self.retry = retry
        self.next: deque[Fault] = deque()  # for the next sends, one each
        self.nth: dict[int, Fault] = {}  # for each nth send
        self.faults: dict[str, Fault] = {}  # for each call of a method
        self.blocked: set[int] = set()  # people who blocked the bot
        self.moved: dict[int, int] = {}  # groups that became supergroups
        self.rate = 0  # sends a second, beyond which 429 is the answer; 0: no limit
        self.latency = 0.0  # seconds that a send takes
        self.calls: list[tuple[str, dict[str, Any]]] = []
        self.refused: Counter[int] = Counter()
        self.recent: deque[float] = deque()
        self.courier: Courier | None = None
        self.files: dict[str, bytes] = {}  # what people sent, by its number
        self.sends = self.polls = 0
        self.base = ""

    async def __aenter__(self) -> Self:
        return await self.start()

    async def __aexit__(self, *_: object) -> None:
        await self.stop()

    async def start(self, port: int = 0, routes: Iterable[web.RouteDef] = ()) -> Self:
        app = web.Application(client_max_size=60 * 2**20)
        app.add_routes(routes)
        app.router.add_get("/file/bot{token}/{path:.*}", self.file)
        app.router.add_route("*", "/bot{token}/{method}", self.answer)
        self.runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
        await self.runner.setup()
        await web.TCPSite(self.runner, "127.0.0.1", port).start()
        self.session = ClientSession()
        self.base = f"http://127.0.0.1:{self.runner.addresses[0][1]}"
        return self

    async def stop(self) -> None:
        await self.carry_to(None)
        await self.session.close()
        await self.runner.cleanup()

    def happen(self, update: dict[str, Any]) -> int:
        number = super().happen(update)
        if self.courier:
            self.courier.carry(self.pending[number])
        return number

    async def carry_to(self, courier: Courier | None) -> None:
        """From now on updates are brought, or (None) wait to be asked for."""
        if self.courier:
            await self.courier.stop()
        self.courier = courier
        if courier:
            for update in self.pending.values():
                courier.carry(update)

    async def answer(self, request: web.Request) -> web.StreamResponse:
        method = request.match_info["method"]
        asked = await asked_of(request)
        self.calls.append((method, asked))
        self.ring()
        try:
            if request.match_info["token"] != self.token:
                raise Refusal(401, "Unauthorized")
            if method not in METHODS:
                raise Refusal(404, "Not Found")
            if method in SENDS:
                return await self.send(request, asked)
            if method in self.faults:
                return self.faults[method].answer(request)
            return done(await getattr(self, method)(asked))
        except Refusal as refusal:
            self.refused[refusal.fault.status] += 1
            return refusal.fault.answer(request)

    async def send(self, request: web.Request, asked: dict[str, Any]) -> web.StreamResponse:
        """A message, or what is to go wrong with it."""
        if self.latency:
            await asyncio.sleep(self.latency)
        self.sends += 1
        nth = (fault for n, fault in self.nth.items() if self.sends % n == 0)
        method = request.match_info["method"]
        fault = self.next.popleft() if self.next else next(nth, self.faults.get(method))
        receipt = getattr(self, method)(asked) if not fault or fault.cut == "after" else {}
        return fault.answer(request) if fault else done(receipt)

    def sendMessage(self, asked: dict[str, Any]) -> dict[str, Any]:
        return self.take(asked, valid(asked))

    def sendPhoto(self, asked: dict[str, Any]) -> dict[str, Any]:
        return self.take(asked, caption(asked), photo(asked))

    def sendDocument(self, asked: dict[str, Any]) -> dict[str, Any]:
        return self.take(asked, caption(asked), document(asked))

    def take(self, asked: dict[str, Any], text: str, file: File | None = None) -> dict[str, Any]:
        """Show the person a message, if they are there to see it."""
        chat = number(asked, "chat_id")
        if chat in self.blocked:
            raise Refusal(403, BLOCKED.description)
        if chat in self.moved:
            moved = "Bad Request: group chat was upgraded to a supergroup chat"
            raise Refusal(400, moved, migrate_to_chat_id=self.moved[chat])
        self.pace()
        return self.shown(chat, text, keyboard(asked), file).as_json()

    def pace(self) -> None:
        now = time.monotonic()
        while self.recent and now - self.recent[0] > 1:
            self.recent.popleft()
        if self.rate and len(self.recent) >= self.rate:
            raise flood(1)
        self.recent.append(now)

    async def editMessageText(self, asked: dict[str, Any]) -> dict[str, Any]:
        message = self.find(number(asked, "chat_id"), number(asked, "message_id"))
        if message is None:
            raise Refusal(400, "Bad Request: message to edit not found")
        if not message.change(valid(asked), keyboard(asked)):
            raise Refusal(400, "Bad Request: message is not modified")
        self.ring()
        return message.as_json()

    async def answerCallbackQuery(self, asked: dict[str, Any]) -> bool:
        if asked.get("callback_query_id") not in self.spinning:
            raise Refusal(400, "Bad Request: query is too old and response timeout expired")
        self.spinning.remove(asked["callback_query_id"])
        self.ring()
        return True

    async def getFile(self, asked: dict[str, Any]) -> dict[str, Any]:
        if asked.get("file_id") not in self.files:
            raise Refusal(400, "Bad Request: wrong file_id")
        return {"file_id": asked["file_id"], "file_path": f"photos/{asked['file_id']}.jpg"}

    async def file(self, request: web.Request) -> web.Response:
        found = self.files.get(request.match_info["path"][len("photos/") : -len(".jpg")])
        return web.Response(body=found, status=200 if found else 404)

    async def getMe(self, asked: dict[str, Any]) -> dict[str, Any]:
        return {**ME, "can_join_groups": True, "can_read_all_group_messages": False}

    async def setMyCommands(self, asked: dict[str, Any]) -> bool:
        return True

    async def getUpdates(self, asked: dict[str, Any]) -> list[dict[str, Any]]:
        """Confirm what came before the offset; wait for news. A later question ends this one."""
        if self.courier:
            raise Refusal(409, "Conflict: can't use getUpdates method while webhook is active")
        self.polls += 1
        mine = self.polls
        self.confirm(int(asked.get("offset") or 0))
        wait = int(asked.get("timeout") or 0)
        try:
            await self.until(lambda: bool(self.pending) or self.polls != mine, wait)
        except TimeoutError:
            return []
        if self.polls != mine:
            raise Refusal(409, "Conflict: terminated by other getUpdates request")
        return list(islice(self.pending.values(), int(asked.get("limit") or 100)))

    async def getWebhookInfo(self, asked: dict[str, Any]) -> dict[str, Any]:
        told = self.courier.told() if self.courier else {"url": ""}
        return {**told, "has_custom_certificate": False, "pending_update_count": len(self.pending)}

    async def deleteWebhook(self, asked: dict[str, Any]) -> bool:
        await self.carry_to(None)
        return True

    async def setWebhook(self, asked: dict[str, Any]) -> bool:
        secret = asked.get("secret_token", "")
        await self.carry_to(Courier(self, self.session, asked["url"], secret, self.retry))
        return True


def done(result: Any) -> web.Response:
    return web.json_response({"ok": True, "result": result})
