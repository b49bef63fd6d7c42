"""Messenger as a channel: what it can show, how replies leave, what refusals mean.

https://developers.facebook.com/docs/messenger-platform/reference/send-api
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from bot.channels.base import cleaned
from bot.channels.calls import CallFailed, Calling, NoAnswer, Refused, Unsent
from bot.channels.door import parsed
from bot.channels.limits import abilities
from bot.channels.messenger_update import events, incoming
from bot.settings import MESSENGER
from handlers.errors import Rejected, SendFailed, Uncertain, Unreachable
from handlers.talk import Incoming, Made, Reply

VERSION = "v25.0"
SHOWN = "X-Hub-Signature-256"
REASON = 200  # characters of a refusal that are kept
# https://developers.facebook.com/docs/messenger-platform/error-codes
PAUSES = {4: 60.0, 32: 60.0, 613: 60.0, 80006: 60.0}  # seconds; too many calls
LATER = {1, 2, 190, 1200}  # trouble of theirs; 190: the token, until somebody sets it right
GONE = {551}  # this person isn't available
NO_SUCH_PERSON = 2018001  # detail of 100


class Messenger(Calling):
    """The door to Messenger. Open it (``async with``) before anything is sent.

    ``secret`` is the app's, with which Meta signs what it brings; ``verify`` the word by which it
    makes sure of our address.
    """

    name = "messenger"
    can = abilities(name)

    def __init__(
        self, token: str, secret: str, verify: str, api: str = MESSENGER, proxy: str | None = None
    ) -> None:
        self.address = f"{api.rstrip('/')}/{VERSION}/me/messages"
        self.token, self.secret, self.verify = token, secret, verify
        super().__init__(proxy)

    def trusts(self, headers: Mapping[str, str], body: bytes) -> bool:
        """Whether Meta signed these bytes."""
        signed = hmac.new(self.secret.encode(), body, hashlib.sha256).hexdigest()
        shown = headers.get(SHOWN, "").encode(errors="replace")
        return hmac.compare_digest(shown, f"sha256={signed}".encode())

    def read(self, update: Mapping[str, Any]) -> Iterable[Incoming]:
        """What an update says to us: a whole delivery, or one event of it."""
        happened = events(update) if "entry" in update else [update]
        return [said for event in happened if (said := incoming(event))]

    async def send(self, address: str, reply: Reply, files: Sequence[Made] = ()) -> None:
        """Send a fitted reply; raise SendFailed or one of its kinds where it did not arrive."""
        try:
            check(*await self.post(self.address, message(address, reply), params=self.key()))
        except CallFailed as error:
            raise failure(error) from error

    def key(self) -> dict[str, str]:
        return {"access_token": self.token}


def message(address: str, reply: Reply) -> dict[str, Any]:
    """A reply as the Send API takes it, choices as quick replies."""
    said: dict[str, Any] = {"text": reply.text}
    if reply.buttons:
        said["quick_replies"] = [
            {"content_type": "text", "title": button.label, "payload": button.value}
            for button in reply.buttons
        ]
    return {"recipient": {"id": address}, "messaging_type": "RESPONSE", "message": said}


def check(status: int, body: bytes) -> None:
    """Make sure that an answer is a receipt; raise Refused or NoAnswer."""
    try:
        answer = parsed(body)
    except ValueError:
        answer = None
    if not isinstance(answer, dict):
        raise NoAnswer(f"not the platform's answer ({status})")
    error = answer.get("error")
    if isinstance(error, dict) and isinstance(error.get("code"), int):
        detail = error.get("error_subcode")
        why = cleaned(str(error.get("message", "")))[:REASON]
        raise Refused(error["code"], why, detail if isinstance(detail, int) else 0)
    if status != 200:
        raise NoAnswer(f"not the platform's answer ({status})")


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
        case Refused(code=code) if code in LATER:
            return SendFailed(why)
        case Refused(code=code, detail=detail) if code in GONE or detail == NO_SUCH_PERSON:
            return Unreachable(why)
    return Rejected(why)  # outside the 24 hours, a text that is not taken, no permission
