"""Zalo's Bot platform as a channel: what it can show, how replies leave, what refusals mean.

Source of all facts: the platform's pages, bot.zapps.me/docs, and what bots in use have seen.
"""

from __future__ import annotations

import hmac
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from bot.channels.base import cleaned
from bot.channels.calls import PATIENCE, CallFailed, Calling, NoAnswer, Refused, Unsent, answered
from bot.channels.limits import abilities
from bot.channels.zalo_update import incoming
from bot.settings import ZALO
from handlers.errors import Rejected, SendFailed, Uncertain, UsedUp
from handlers.talk import Incoming, Made, Reply

SHOWN = "X-Bot-Api-Secret-Token"
UNDECIDED = {403, 408, 500, 502, 503, 504}  # 403 is described as "Internal server error"
REASON = 200  # characters of a refusal that are kept
NEVER = {400, 404}


class ZaloBot(Calling):
    """The door to Zalo. Open it (``async with``) before anything is sent or asked.

    ``secret`` is what Zalo shows at our webhook; without one nobody is trusted.
    """

    name = "zalo"
    can = abilities(name)  # no buttons on this platform, nor files; sendPhoto takes public URLs

    def __init__(
        self, token: str, api: str = ZALO, proxy: str | None = None, secret: str = ""
    ) -> None:
        self.address = f"{api.rstrip('/')}/bot{token}"
        super().__init__(proxy)
        self.secret = secret

    def trusts(self, headers: Mapping[str, str], body: bytes) -> bool:
        """Whether the caller knows our secret."""
        shown = headers.get(SHOWN, "").encode(errors="replace")
        return bool(self.secret) and hmac.compare_digest(shown, self.secret.encode())

    def read(self, update: Mapping[str, Any]) -> Iterable[Incoming]:
        """What one update says to us, if anything."""
        said = incoming(update)
        return (said,) if said else ()

    async def send(self, address: str, reply: Reply, files: Sequence[Made] = ()) -> None:
        """Send a fitted reply, below its picture if it has one; raise SendFailed or one of its
        kinds where it did not arrive.
        """
        method, asked = "sendMessage", {"text": reply.text}
        if reply.picture:
            method, asked = "sendPhoto", {"photo": reply.picture, "caption": reply.text}
        try:
            await self.call(method, {"chat_id": address, **asked})
        except CallFailed as error:
            raise failure(error) from error

    async def call(self, method: str, asked: dict[str, Any], patience: float = PATIENCE) -> Any:
        """The result of a method of the platform; raise CallFailed."""
        return result(*await self.post(f"{self.address}/{method}", asked, patience))


def result(status: int, body: bytes) -> Any:
    """What an answer holds; raise Refused or NoAnswer. Both the status and ``ok`` count."""
    answer = answered(status, body)
    if not isinstance(answer.get("ok"), bool):
        raise NoAnswer(f"not the platform's answer ({status})")
    if answer["ok"] and status == 200:
        return answer.get("result")
    why = cleaned(str(answer.get("description", "")))[:REASON]
    raise Refused(whole_number(answer.get("error_code")) or status, why)


def whole_number(given: object) -> int:
    """A number, also one that is written as text; 0 for anything else."""
    text = f"{given}"
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else 0


def failure(error: CallFailed) -> SendFailed:
    """Say in our words what went wrong."""
    why = str(error)
    match error:
        case Unsent():
            return SendFailed(why)
        case NoAnswer():
            return Uncertain(why)
        case Refused(code=429):
            return UsedUp(why)
        case Refused(code=code) if code in NEVER:
            return Rejected(why)
        case Refused(code=code) if code in UNDECIDED:
            return Uncertain(why)
    return SendFailed(why)  # 401: the token is wrong, until somebody sets it right
