"""The account's interface: by HTTP for the bot, by ``say``, ``press`` and ``seen`` for people.

It keeps the platform's habits: refusals with status 200, refresh tokens that work once, access
tokens of 25 hours, nobody written to after 7 days, events that are signed and brought again.
"""

from __future__ import annotations

import asyncio
import hashlib
import unicodedata
from collections import deque
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import orjson
from aiohttp import ClientError, ClientSession, web

from tests.fakes.standing import StandIn
from tests.fakes.zalo_oa.events import APP_ID, LAN, Event, between, follow

APP_SECRET, SECRET, FIRST = "app-secret", "oa-secret", "refresh-0"
FREE, TAKEN, LIVES = timedelta(hours=48), timedelta(days=7), timedelta(hours=25)
CUT_BEFORE, CUT_AFTER = "cut before", "cut after"  # the connection, and what was asked is done
HANG_BEFORE, HANG_AFTER = "hang before", "hang after"  # until ``gate`` is opened
FILES, PICTURES = ("pdf", "doc", "docx"), ("png", "jpg")
SIZES = {"file": 5_000_000, "image": 1_000_000}

Fault = str | tuple[int, Any]


class ZaloOaApi(StandIn):
    """The platform; open it (``async with``), give its ``base`` to the bot."""

    def __init__(self, clock: Callable[[], datetime] = lambda: datetime.now(UTC)) -> None:
        super().__init__()
        self.clock, self.refresh = clock, FIRST
        self.access: dict[str, datetime] = {}  # until when each works
        self.asked: list[str] = []  # refresh tokens, as they were used
        self.sent: list[tuple[str, dict[str, Any]]] = []
        self.billed: list[str] = []  # who got something after the free hours
        self.held: dict[str, tuple[str, bytes]] = {}  # uploaded files
        self.heard: dict[str, datetime] = {}  # when people wrote
        self.faults: dict[str, deque[Fault]] = {}  # by the last word of a path
        self.gate, self.hung = asyncio.Event(), 0
        self.url, self.brought, self.numbers = "", list[int](), 0

    def routes(self) -> list[web.RouteDef]:
        return [
            web.post("/v4/oa/access_token", self.faulty(self.renew)),
            web.post("/v3.0/oa/message/cs", self.faulty(self.send)),
            web.post("/v2.0/oa/upload/{kind}", self.faulty(self.upload)),
            web.get("/v2.0/oa/getoa", self.faulty(self.known)),
        ]

    def fail(self, last: str, *faults: Fault) -> None:
        """Have the next calls of a path fail: so, or answered with that status and body."""
        self.faults.setdefault(last, deque()).extend(faults)

    def faulty(self, do: Callable[[web.Request], Any]) -> Callable[[web.Request], Any]:
        async def done(request: web.Request) -> web.StreamResponse:
            waiting = self.faults.get(request.path.rpartition("/")[2])
            fault = waiting.popleft() if waiting else ""
            if isinstance(fault, tuple):
                return web.json_response(fault[1], status=fault[0])
            if fault == HANG_BEFORE:
                await self.hang()
            answer = None if fault == CUT_BEFORE else await do(request)
            if fault == HANG_AFTER:
                await self.hang()
            if fault in (CUT_BEFORE, CUT_AFTER) and request.transport:
                request.transport.abort()
            await self.ring()
            assert answer is None or isinstance(answer, web.StreamResponse)
            return answer or web.Response()

        return done

    async def hang(self) -> None:
        self.hung += 1
        await self.ring()
        await self.gate.wait()

    async def renew(self, request: web.Request) -> web.Response:
        """A new pair for the newest refresh token; the old access token works no more."""
        form = await request.post()
        if request.headers.get("secret_key") != APP_SECRET or form["app_id"] != APP_ID:
            return refused_pair(-14004, "Invalid secret key")
        self.asked.append(str(form["refresh_token"]))
        if form["refresh_token"] != self.refresh or form["grant_type"] != "refresh_token":
            return refused_pair(-14014, "Invalid refresh token")
        self.refresh = f"refresh-{len(self.asked)}"
        token = f"access-{len(self.asked)}"
        self.access = {token: self.clock() + LIVES}
        pair = {"access_token": token, "refresh_token": self.refresh, "expires_in": "90000"}
        return web.json_response(pair)

    def trusted(self, request: web.Request) -> bool:
        until = self.access.get(request.headers.get("access_token", ""))
        return until is not None and self.clock() < until

    async def send(self, request: web.Request) -> web.Response:
        if not self.trusted(request):
            return refusal(-216, "Access token is invalid")
        asked = await request.json()
        message, person = asked["message"], asked["recipient"]["user_id"]
        wrong = self.closed(person) or self.unfit(message)
        if wrong:
            return refusal(*wrong)
        if self.clock() - self.heard[person] > FREE:
            self.billed.append(person)
        self.sent.append((person, message))
        return good({"message_id": f"o{len(self.sent)}", "user_id": person})

    def closed(self, person: str) -> tuple[int, str] | None:
        """Why nothing can be sent to somebody."""
        heard = self.heard.get(person)
        if heard is None:
            return -213, "User has not followed OA"
        late = self.clock() - heard > TAKEN
        return (-230, "User has not interacted with the OA in the past 7 days") if late else None

    def unfit(self, message: dict[str, Any]) -> tuple[int, str] | None:
        """What is wrong with a message."""
        attached = message.get("attachment", {})
        template = attached.get("payload", {})
        text = message.get("text")
        if text is None and not attached:
            return -201, "message is invalid!"
        if text is not None and not 1 <= len(unicodedata.normalize("NFD", text)) <= 4000:
            return -201, "text is invalid!"
        if len(text or "") > 2000:
            return -210, "Parameter exceeds allowable limit"
        buttons = template.get("buttons", [])
        fitting = all(1 <= len(b["title"]) <= 100 and len(b["payload"]) <= 1000 for b in buttons)
        if len(buttons) > 5 or not fitting or any(b["type"] != "oa.query.hide" for b in buttons):
            return -201, "buttons is invalid!"
        shown = [each["attachment_id"] for each in template.get("elements", [])]
        refs = [*shown, *([template["token"]] if attached.get("type") == "file" else [])]
        return (-201, "attachment is invalid!") if {*refs} - self.held.keys() else None

    async def upload(self, request: web.Request) -> web.Response:
        if not self.trusted(request):
            return refusal(-216, "Access token is invalid")
        form, kind = await request.post(), request.match_info["kind"]
        file = form["file"]
        assert isinstance(file, web.FileField)
        content, name = file.file.read(), file.filename
        taken = FILES if kind == "file" else PICTURES
        if name.rpartition(".")[2] not in taken or len(content) > SIZES[kind]:
            return refusal(-210, "Parameter exceeds allowable limit")
        ref = f"{kind}-{len(self.held)}"
        self.held[ref] = name, content
        return good({"token" if kind == "file" else "attachment_id": ref})

    async def known(self, request: web.Request) -> web.Response:
        if not self.trusted(request):
            return refusal(-216, "Access token is invalid")
        return good({"oaid": "388", "name": "LMHTX tỉnh", "is_verified": True})

    async def say(self, text: str, person: str = LAN, **more: Any) -> list[int]:
        """Have a person write something; what the bot answered each time it was brought."""
        self.numbers += 1
        message = {"msg_id": f"m{self.numbers}", "text": text, **more}
        event = {**between(person), "event_name": "user_send_text", "message": message}
        return await self.bring(event)

    async def press(self, label: str, person: str = LAN) -> list[int]:
        """Have a person tap a button of the newest message that has any."""
        for each in reversed([message for to, message in self.sent if to == person]):
            buttons = each.get("attachment", {}).get("payload", {}).get("buttons", [])
            for button in buttons:
                if button["title"] == label:
                    return await self.say(button["payload"], person)
            if buttons:
                raise LookupError(f"{label}: {[button['title'] for button in buttons]}")
        raise LookupError(label)

    async def follow(self, event: str = "follow", person: str = LAN) -> list[int]:
        return await self.bring(follow(event, person))

    async def bring(self, event: Event, secret: str = SECRET, tries: int = 3) -> list[int]:
        """Bring an event, again until it is taken; the statuses that came back."""
        who = (event.get("sender") or event["follower"])["id"]
        self.heard[who] = self.clock()
        body, statuses = orjson.dumps(event), list[int]()
        signed = APP_ID.encode() + body + f"{event.get('timestamp')}{secret}".encode()
        shown = {"X-ZEvent-Signature": f"mac={hashlib.sha256(signed).hexdigest()}"}
        async with ClientSession() as http:
            while len(statuses) < tries and 200 not in statuses:
                try:
                    async with http.post(self.url, data=body, headers=shown) as answer:
                        statuses.append(answer.status)
                except ClientError:
                    statuses.append(0)
        self.brought += statuses
        return statuses

    def seen(self, person: str = LAN) -> list[str]:
        """What a person has been sent: words, or what they were shown."""
        return [shown(self.held, message) for to, message in self.sent if to == person]


def shown(held: dict[str, tuple[str, bytes]], message: dict[str, Any]) -> str:
    payload = message.get("attachment", {}).get("payload", {})
    refs = [*(each["attachment_id"] for each in payload.get("elements", []))]
    refs += [payload["token"]] if "token" in payload else []
    return " ".join([message.get("text", ""), *(f"[{held[ref][0]}]" for ref in refs)]).strip()


def good(data: Any) -> web.Response:
    return web.json_response({"data": data, "error": 0, "message": "Success"})


def no(code: int, why: str = "said no") -> dict[str, Any]:
    return {"error": code, "message": why}


def refusal(code: int, why: str) -> web.Response:
    return web.json_response(no(code, why))


def refused_pair(code: int, why: str) -> web.Response:
    told = {"error_name": why, "error_reason": why, "error_description": why, "ref_doc": "x"}
    return web.json_response({"error": code, **told})
