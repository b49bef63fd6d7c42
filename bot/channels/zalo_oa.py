"""A Zalo Official Account as a channel: whom we believe, how replies leave, what refusals mean.

OpenAPI v3, https://docs.zaloplatforms.com/docs/OA, as copies of 2026-08 have it; what only third
parties say is told where it is used.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import aiohttp

from bot.channels.base import is_picture
from bot.channels.calls import CallFailed, Calling, NoAnswer, Refused, Unsent
from bot.channels.door import parsed
from bot.channels.limits import abilities
from bot.channels.zalo_oa_answer import ACCOUNT, MONEY, STALE, failure, pair, result
from bot.channels.zalo_oa_message import picture, said, upload, with_file
from bot.channels.zalo_oa_tokens import Given, Shelf, Tokens
from bot.channels.zalo_oa_update import incoming
from bot.settings import ZALO_OA, ZALO_OAUTH
from handlers.talk import Incoming, Made, Reply

SHOWN = "X-ZEvent-Signature"
TIME = "X-ZEvent-Timestamp"  # seen by third parties
MAC = "mac="
SEND = "/v3.0/oa/message/cs"


@dataclass(frozen=True)
class Keys:
    """What makes us the account's app: the app's number and secret, and what Zalo signs with."""

    app_id: str
    app_secret: str
    secret: str
    refresh: str = ""  # the operator's, which begins the chain of tokens


class ZaloOA(Calling):
    """The door to an Official Account. Open it (``async with``) before anything is sent."""

    name = "zalo_oa"
    can = abilities(name)

    def __init__(
        self,
        keys: Keys,
        shelf: Shelf,
        api: str = ZALO_OA,
        oauth: str = ZALO_OAUTH,
        proxy: str | None = None,
    ) -> None:
        super().__init__(proxy)
        self.keys, self.api, self.oauth = keys, api.rstrip("/"), oauth.rstrip("/")
        self.tokens = Tokens(shelf, keys.refresh, self.given)
        self.out_of_order = ""
        self.distrusted = 0  # events signed with another secret, since one was right

    async def __aexit__(self, *_: object) -> None:
        await self.tokens.close()
        await super().__aexit__()

    def trusts(self, headers: Mapping[str, str], body: bytes) -> bool:
        """Whether Zalo signed these bytes.

        Plain SHA-256, no HMAC, of app id, body, the body's timestamp and a secret. That the app id
        comes first, and that it is the account's secret and not the app's, is disputed among third
        parties; the page says so, and what runs elsewhere. Some take the time from a header: both
        are signed. How old it is does not count: Zalo brings things again for nearly two hours, and
        each takes effect once.
        """
        try:
            event = parsed(body)
        except ValueError:
            return False
        told = [event.get("timestamp") if isinstance(event, dict) else None, headers.get(TIME)]
        shown = headers.get(SHOWN, "").strip().removeprefix(MAC).lower().encode(errors="replace")
        times = [str(each) for each in told if str(each).isdecimal()]
        digests = [self.signed(body, time).encode() for time in times]
        return any([hmac.compare_digest(shown, digest) for digest in digests])

    def signed(self, body: bytes, time: str) -> str:
        """What Zalo shows with an event of that time."""
        whole = self.keys.app_id.encode() + body + f"{time}{self.keys.secret}".encode()
        return hashlib.sha256(whole).hexdigest()

    def read(self, update: Mapping[str, Any]) -> Iterable[Incoming]:
        """What one event says to us, if anything."""
        heard = incoming(update)
        return (heard,) if heard else ()

    async def send(self, address: str, reply: Reply, files: Sequence[Made] = ()) -> None:
        """Send a fitted reply, its papers first; raise SendFailed or one of its kinds where it did
        not arrive. What was sent of it before something failed is sent again with the rest.
        """
        try:
            for file in files:
                await self.post_message(address, await self.handed_over(file))
            await self.post_message(address, said(reply))
        except CallFailed as error:
            self.note(error)
            raise failure(error) from error
        self.out_of_order = ""

    async def post_message(self, address: str, message: Mapping[str, Any]) -> None:
        asked = {"recipient": {"user_id": address}, "message": message}
        await self.call("POST", SEND, lambda: {"json": asked})

    async def handed_over(self, file: Made) -> dict[str, Any]:
        """The message that shows a file, which Zalo has by then; nobody has seen it yet."""
        path = "/v2.0/oa/upload/image" if is_picture(file) else "/v2.0/oa/upload/file"
        try:
            got = await self.call("POST", path, lambda: {"data": upload(file)})
        except NoAnswer as error:
            raise Unsent(str(error)) from error
        # One third party was given the one where the page has the other.
        held = got.get("attachment_id"), got.get("token")
        ref = next((each for each in held if isinstance(each, str) and each), "")
        if not ref:
            raise Refused(-201, "no name for what was uploaded")
        return picture(ref) if is_picture(file) else with_file(ref)

    async def call(
        self, method: str, path: str, how: Callable[[], dict[str, Any]] = dict
    ) -> Mapping[str, Any]:
        """What Zalo answers; with a new token, once, where it refuses the one we have.

        Raise CallFailed, or NoToken.
        """
        token = await self.tokens.access()
        try:
            return await self.once(method, path, how(), token)
        except Refused as refused:
            if refused.code not in STALE:
                raise
        return await self.once(method, path, how(), await self.tokens.access(token))

    async def once(
        self, method: str, path: str, how: dict[str, Any], token: str
    ) -> Mapping[str, Any]:
        headers = {"access_token": token}
        return result(*await self.asked(method, self.api + path, headers=headers, **how))

    async def given(self, refresh: str) -> Given:
        """A new pair of tokens for a refresh token; raise CallFailed."""
        asked = {"refresh_token": refresh, "app_id": self.keys.app_id}
        form = aiohttp.FormData({**asked, "grant_type": "refresh_token"})
        headers = {"secret_key": self.keys.app_secret}
        url = f"{self.oauth}/v4/oa/access_token"
        return pair(*await self.asked("POST", url, data=form, headers=headers))

    def note(self, error: CallFailed) -> None:
        """Keep what only the operator can mend."""
        told = ACCOUNT | MONEY
        if isinstance(error, Refused) and error.code in told:
            self.out_of_order = f"Zalo không gửi được ({error.code}): {told[error.code]}"

    def troubles(self) -> Sequence[str]:
        """What our operator should know: a lost token, an account that is not in order."""
        wrong = f"{self.distrusted} lần webhook sai chữ ký: so lại THIDUA_ZALO_OA_SECRET, _APP_ID"
        known = (self.tokens.trouble, self.out_of_order, wrong if self.distrusted else "")
        return tuple(each for each in known if each)
