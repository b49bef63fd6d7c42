"""Messenger as a channel: what it can show, how replies leave, what refusals mean.

https://developers.facebook.com/docs/messenger-platform/reference/send-api
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from bot.channels.base import cleaned
from bot.channels.calls import PATIENCE, CallFailed, Calling, NoAnswer, Refused, Unsent, answered
from bot.channels.limits import abilities
from bot.channels.messenger_message import Look, Request, Template, late, request, upload
from bot.channels.messenger_update import NAME, events, incoming
from bot.settings import MESSENGER
from handlers.errors import Rejected, SendFailed, Uncertain, Unreachable
from handlers.talk import Incoming, Made, Reply

VERSION = "v25.0"
SHOWN = "X-Hub-Signature-256"
UPLOAD = 40.0  # seconds for an answer to a file, which has to get there first
REASON = 200  # characters of a refusal that are kept
# https://developers.facebook.com/docs/messenger-platform/error-codes
MINUTE = 60.0
PAUSES = {  # seconds
    **dict.fromkeys((4, 17, 32, 613, 80006), MINUTE),  # too many calls
    368: 10 * MINUTE,  # the page is held back for what it sent
}
LATER = {1, 2, 102, 190, 1200}  # trouble of theirs; the token, until somebody sets it right
GONE = {551}  # this person isn't available
GONE_BY_DETAIL = {
    2018001,  # of 100: no matching user
    2018108,  # of 10: this person isn't receiving messages from you
    1545041,  # of 200 and 551: this person isn't available
}


class Passing(Refused):
    """The platform says itself that this is not its last word."""


class Messenger(Calling):
    """The door to Messenger. Open it (``async with``) before anything is sent.

    ``secret`` is the app's, with which Meta signs what it brings, ``verify`` the word by which it
    makes sure of our address; without one nobody is trusted. ``utility`` is for what comes after
    the window.
    """

    name = NAME
    can = abilities(name)

    def __init__(
        self, token: str, secret: str, verify: str, api: str = MESSENGER, proxy: str | None = None
    ) -> None:
        self.page = f"{api.rstrip('/')}/{VERSION}/me"
        self.token, self.secret, self.verify = token, secret, verify
        self.look = Look()
        self.utility: Template | None = None
        super().__init__(proxy)

    def trusts(self, headers: Mapping[str, str], body: bytes) -> bool:
        """Whether Meta signed these bytes."""
        signed = hmac.new(self.secret.encode(), body, hashlib.sha256).hexdigest()
        shown = headers.get(SHOWN, "").encode(errors="replace")
        return bool(self.secret) and hmac.compare_digest(shown, f"sha256={signed}".encode())

    def read(self, update: Mapping[str, Any]) -> Iterable[Incoming]:
        """What an update says to us: a whole delivery, or one event of it."""
        happened = events(update) if "entry" in update else [update]
        return [said for event in happened if (said := incoming(event))]

    async def send(self, address: str, reply: Reply, files: Sequence[Made] = ()) -> None:
        """Send a fitted reply, its files first: choices stand below the last message only. Raise
        SendFailed or one of its kinds where it did not arrive.

        What was sent of it before something failed is sent again with the rest.
        """
        try:
            for file in files:
                form = upload(address, file, self.can.max_picture)
                await self.call("messages", None, UPLOAD, data=form)
            await self.call("messages", request(address, reply, self.look))
        except CallFailed as error:
            raise failure(error) from error

    async def send_late(self, address: str, reply: Reply) -> None:
        """Tell somebody of what is their own by our utility template; raise as ``send`` does."""
        if self.utility is None:
            raise Rejected("no utility template")
        try:
            await self.call("messages", late(address, reply, self.utility, self.look))
        except CallFailed as error:
            raise failure(error) from error

    async def call(
        self, edge: str, asked: Request | None, patience: float = PATIENCE, **more: Any
    ) -> Any:
        """What the page answers to a request; raise CallFailed."""
        key = {"access_token": self.token}
        answer = await self.post(f"{self.page}/{edge}", asked, patience, params=key, **more)
        return checked(*answer)


def checked(status: int, body: bytes) -> Any:
    """An answer, if it is one; raise Refused or NoAnswer."""
    answer = answered(status, body)
    error = answer.get("error")
    if isinstance(error, dict) and isinstance(error.get("code"), int):
        detail = error.get("error_subcode")
        why = cleaned(str(error.get("message", "")))[:REASON]
        kind = Passing if error.get("is_transient") is True or status >= 500 else Refused
        raise kind(error["code"], why, detail if isinstance(detail, int) else 0)
    if status != 200:
        raise NoAnswer(f"not the platform's answer ({status})")
    return answer


def failure(error: CallFailed) -> SendFailed:
    """Say in our words what went wrong."""
    why = str(error)
    match error:
        case Unsent():
            return SendFailed(why)
        case NoAnswer():
            return Uncertain(why)
        case Refused(code=code) if code in PAUSES:
            return SendFailed(why, PAUSES[code])
        case Refused(code=code, detail=detail) if code in GONE or detail in GONE_BY_DETAIL:
            return Unreachable(why)
        case Passing():
            return SendFailed(why)
        case Refused(code=code) if code in LATER:
            return SendFailed(why)
    return Rejected(why)  # outside the 24 hours, a text that is not taken, no permission
