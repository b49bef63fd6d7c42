"""Calls to a platform's web interface: an answer, or how much is known of what became of it."""

from __future__ import annotations

from typing import Any, Self

import aiohttp
import orjson

PATIENCE = 30.0  # seconds for an answer
CONNECT = 10.0  # seconds for a free connection to stand
NOT_SENT = (
    aiohttp.ClientConnectorError,
    aiohttp.ClientHttpProxyError,
    aiohttp.ConnectionTimeoutError,
    aiohttp.InvalidURL,
    aiohttp.NonHttpUrlClientError,
)


class CallFailed(Exception):
    """A call came to nothing. Names no address, for that may hold the token."""


class Unsent(CallFailed):
    """No connection came about: the request never left."""


class NoAnswer(CallFailed):
    """The answer stayed away, or was not the platform's: nobody knows whether it was done."""


class Refused(CallFailed):
    """The platform said no, in its own words."""

    def __init__(self, code: int, why: str, detail: int = 0) -> None:
        super().__init__(f"{code} {why}".strip())
        self.code, self.detail = code, detail


class Calling:
    """A channel with one pool of connections; open it (``async with``) before anything is sent."""

    def __init__(self, proxy: str | None = None) -> None:
        self.proxy = proxy
        self.session: aiohttp.ClientSession | None = None

    async def __aenter__(self) -> Self:
        self.session = aiohttp.ClientSession(
            cookie_jar=aiohttp.DummyCookieJar(), proxy=self.proxy, json_serialize=as_text
        )
        return self

    async def __aexit__(self, *_: object) -> None:
        if self.session:
            await self.session.close()

    async def post(
        self, url: str, asked: dict[str, Any], patience: float = PATIENCE, **more: Any
    ) -> tuple[int, bytes]:
        """The status and body of an answer; raise Unsent or NoAnswer."""
        if self.session is None:
            raise RuntimeError("open the channel before using it")
        timeout = aiohttp.ClientTimeout(total=CONNECT + patience, connect=CONNECT)
        try:
            async with self.session.post(
                url, json=asked, timeout=timeout, allow_redirects=False, **more
            ) as answer:
                return answer.status, await answer.read()
        except NOT_SENT as error:
            raise Unsent(f"no connection ({type(error).__name__})") from None
        except (aiohttp.ClientError, TimeoutError, OSError) as error:
            raise NoAnswer(f"no answer ({type(error).__name__})") from None


def as_text(asked: Any) -> str:
    return orjson.dumps(asked).decode()
