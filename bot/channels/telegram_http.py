"""How we reach the Bot API: python-telegram-bot's client and errors on aiohttp's connections."""

from __future__ import annotations

import io
import logging
import os
from typing import Any

import aiohttp
import orjson
from aiohttp import hdrs
from telegram import Bot
from telegram.error import NetworkError, TelegramError
from telegram.request import BaseRequest, RequestData

from bot.channels.calls import NOT_SENT
from bot.channels.door import parsed

os.environ.setdefault("PTB_TIMEDELTA", "true")  # looked at whenever a RetryAfter is made
logging.getLogger("telegram").setLevel(logging.INFO)  # below, PTB writes down what people say

PATIENCE = 30.0  # seconds for an answer; Telegram's own take well under one
UPLOAD = 40.0  # seconds for an answer to a file, which has to get there first
CONNECT = 10.0  # seconds for a free connection to stand; with an answer, less than a lease
POOL = 100  # connections; a long poll takes one for itself
KEEP = 15.0  # seconds a connection may idle: hang up before Telegram does, or a send would break
JSON = {"Content-Type": "application/json"}


class Unsent(NetworkError):
    """No connection came about: the request never left."""


class AiohttpRequest(BaseRequest):
    """PTB's requests over one pool of kept connections, in place of its httpx layer.

    Errors name no address, for the address holds the token.
    """

    def __init__(self, proxy: str | None = None) -> None:
        self.proxy = proxy
        self.session: aiohttp.ClientSession | None = None

    @property
    def read_timeout(self) -> float:
        return PATIENCE

    async def initialize(self) -> None:
        self.session = aiohttp.ClientSession(
            connector=aiohttp.TCPConnector(limit=POOL, keepalive_timeout=KEEP),
            cookie_jar=aiohttp.DummyCookieJar(),
            headers={"User-Agent": self.USER_AGENT},
            proxy=self.proxy,
        )

    async def shutdown(self) -> None:
        if self.session:
            await self.session.close()

    @staticmethod
    def parse_json_payload(payload: bytes) -> dict[str, Any]:
        """Raise TelegramError for anything but an object.

        A broken letter that a person sent must not hold back everyone: json takes what orjson
        refuses.
        """
        try:
            answer = parsed(payload)
        except ValueError:
            answer = None
        if not isinstance(answer, dict):
            raise TelegramError("the answer is not from the Bot API")
        return answer

    async def do_request(
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        *_: Any,
        **timeouts: Any,
    ) -> tuple[int, bytes]:
        """The status and body of an answer; Unsent, or NetworkError where it stayed away."""
        if self.session is None:
            raise RuntimeError("open the channel before using it")
        patience = timeouts.get("read_timeout", self.DEFAULT_NONE)
        patience = PATIENCE if patience is self.DEFAULT_NONE else patience
        call = self.session.request(
            method,
            url,
            **written(request_data),
            timeout=aiohttp.ClientTimeout(total=CONNECT + patience, connect=CONNECT),
            allow_redirects=False,
        )
        try:
            async with call as answer:
                return answer.status, await answer.read()
        except NOT_SENT as error:
            raise Unsent(f"no connection ({type(error).__name__})") from error
        except (aiohttp.ClientError, TimeoutError, OSError) as error:
            raise NetworkError(f"no answer ({type(error).__name__})") from error


def written(asked: RequestData | None) -> dict[str, Any]:
    """The parameters of a call as aiohttp takes them."""
    if asked is None:
        return {}
    if not asked.contains_files:
        return {"data": orjson.dumps(asked.json_parameters), "headers": JSON}
    form = aiohttp.MultipartWriter("form-data")
    for name, value in asked.json_parameters.items():
        form.append(value).headers[hdrs.CONTENT_DISPOSITION] = f'form-data; name="{name}"'
    for name, (file, content, kind) in (asked.multipart_data or {}).items():
        # Not aiohttp's own form: it writes the Vietnamese name of a file in per cents.
        named = f'form-data; name="{name}"; filename="{file}"'
        body = io.BytesIO(content) if isinstance(content, bytes) else content
        part = form.append(body, {hdrs.CONTENT_TYPE: kind})
        part.headers[hdrs.CONTENT_DISPOSITION] = named
    return {"data": form}


class Client(Bot):
    """PTB's bot, which can also be asked for an answer as it came.

    Its own ``send_message`` and ``get_updates`` build objects that we never look at: twice the
    work of the rest, and a message that arrived would count as lost where PTB does not know
    the shape of its receipt.
    """

    def __init__(self, token: str, api: str, http: AiohttpRequest) -> None:
        super().__init__(token, f"{api}/bot", f"{api}/file/bot", http, http)

    async def call(self, method: str, asked: dict[str, Any], patience: float = PATIENCE) -> Any:
        """Call a method of the Bot API; raise TelegramError."""
        try:
            return await self._post(method, asked, read_timeout=patience)
        except KeyError as error:
            raise NetworkError("an answer without a result") from error
