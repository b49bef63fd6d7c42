"""How we reach the Zalo Bot platform: its calls, its envelope, its refusals."""

from __future__ import annotations

from typing import Any

import aiohttp
import orjson

from bot.channels.base import cleaned
from bot.channels.door import parsed

PATIENCE = 30.0  # seconds for an answer
CONNECT = 10.0  # seconds for a free connection to stand
REASON = 200  # characters of a refusal that are kept
NOT_SENT = (
    aiohttp.ClientConnectorError,
    aiohttp.ClientHttpProxyError,
    aiohttp.ConnectionTimeoutError,
    aiohttp.InvalidURL,
    aiohttp.NonHttpUrlClientError,
)


class ZaloError(Exception):
    """A call came to nothing. Names no address, for that holds the token."""


class Unsent(ZaloError):
    """No connection came about: the request never left."""


class NoAnswer(ZaloError):
    """The answer stayed away, or was not the platform's: nobody knows whether it was done."""


class Refused(ZaloError):
    """The platform said no, in its own words."""

    def __init__(self, code: int, why: str) -> None:
        super().__init__(f"{code} {why}".strip())
        self.code = code


class ZaloHttp:
    """Calls of the Bot platform over one pool of connections. Open it before anything is asked."""

    def __init__(self, token: str, api: str, proxy: str | None = None) -> None:
        self.address = f"{api.rstrip('/')}/bot{token}"
        self.proxy = proxy
        self.session: aiohttp.ClientSession | None = None

    def open(self) -> None:
        self.session = aiohttp.ClientSession(
            cookie_jar=aiohttp.DummyCookieJar(), proxy=self.proxy, json_serialize=as_text
        )

    async def close(self) -> None:
        if self.session:
            await self.session.close()

    async def call(self, method: str, asked: dict[str, Any], patience: float = PATIENCE) -> Any:
        """The result of a method; raise ZaloError."""
        if self.session is None:
            raise RuntimeError("open the channel before using it")
        timeout = aiohttp.ClientTimeout(total=CONNECT + patience, connect=CONNECT)
        url = f"{self.address}/{method}"
        try:
            async with self.session.post(
                url, json=asked, timeout=timeout, allow_redirects=False
            ) as answer:
                return result(answer.status, await answer.read())
        except NOT_SENT as error:
            raise Unsent(f"no connection ({type(error).__name__})") from None
        except (aiohttp.ClientError, TimeoutError, OSError) as error:
            raise NoAnswer(f"no answer ({type(error).__name__})") from None


def result(status: int, body: bytes) -> Any:
    """What an answer holds; raise Refused or NoAnswer. Both the status and ``ok`` count."""
    try:
        answer = parsed(body)
    except ValueError:
        answer = None
    if not isinstance(answer, dict) or not isinstance(answer.get("ok"), bool):
        raise NoAnswer(f"not the platform's answer ({status})")
    if answer["ok"] and status == 200:
        return answer.get("result")
    code = answer.get("error_code")
    why = cleaned(str(answer.get("description", "")))[:REASON]
    raise Refused(code if isinstance(code, int) else status, why)


def as_text(asked: Any) -> str:
    return orjson.dumps(asked).decode()
