"""Calls to a platform's web interface: an answer, or how much is known of what became of it."""

from __future__ import annotations

from typing import Any, Self

import aiohttp
import orjson

from bot.channels.base import NoPhoto
from bot.channels.door import parsed

PATIENCE = 30.0  # seconds for an answer
LARGEST = 8 * 2**20  # bytes of a photo that are read
FOREVER = (400, 403, 404, 410)  # what a link answers that opens no more
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


class BadToken(CallFailed):
    """The platform does not know the token that is ours."""


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
        self, url: str, asked: dict[str, Any] | None, patience: float = PATIENCE, **more: Any
    ) -> tuple[int, bytes]:
        """The status and body of an answer; raise Unsent or NoAnswer. ``asked`` as JSON, unless
        there is another body (``data``).
        """
        return await self.asked("POST", url, patience, json=asked, **more)

    async def asked(
        self, method: str, url: str, patience: float = PATIENCE, **more: Any
    ) -> tuple[int, bytes]:
        """The same of any request, as aiohttp takes it."""
        if self.session is None:
            raise RuntimeError("open the channel before using it")
        timeout = aiohttp.ClientTimeout(total=CONNECT + patience, connect=CONNECT)
        try:
            async with self.session.request(
                method, url, timeout=timeout, allow_redirects=False, **more
            ) as answer:
                return answer.status, await answer.read()
        except NOT_SENT as error:
            raise Unsent(f"no connection ({type(error).__name__})") from None
        except (aiohttp.ClientError, TimeoutError, OSError) as error:
            raise NoAnswer(f"no answer ({type(error).__name__})") from None

    async def fetch(self, reference: str) -> bytes:
        """The photo behind a link of the platform's; raise NoPhoto, Unsent or NoAnswer."""
        if self.session is None:
            raise RuntimeError("open the channel before using it")
        timeout = aiohttp.ClientTimeout(total=CONNECT + PATIENCE, connect=CONNECT)
        try:
            async with self.session.get(reference, timeout=timeout, max_redirects=3) as answer:
                if answer.status in FOREVER:
                    raise NoPhoto(f"not there any more ({answer.status})")
                if answer.status != 200:
                    raise NoAnswer(f"not there now ({answer.status})")
                return await whole(answer)
        except (aiohttp.InvalidURL, aiohttp.NonHttpUrlClientError):
            raise NoPhoto("not a link") from None
        except NOT_SENT as error:
            raise Unsent(f"no connection ({type(error).__name__})") from None
        except (aiohttp.ClientError, TimeoutError, OSError) as error:
            raise NoAnswer(f"no answer ({type(error).__name__})") from None


async def whole(answer: aiohttp.ClientResponse) -> bytes:
    """What an answer brings, if it is no more than a photo would take; raise NoPhoto."""
    content = bytearray()
    async for piece in answer.content.iter_chunked(2**16):
        content += piece
        if len(content) > LARGEST:
            raise NoPhoto("too large")
    return bytes(content)


def answered(status: int, body: bytes) -> dict[str, Any]:
    """The platform's own words; raise NoAnswer where they are not."""
    try:
        answer = parsed(body)
    except ValueError:
        answer = None
    if not isinstance(answer, dict):
        raise NoAnswer(f"not the platform's answer ({status})")
    return answer


def as_text(asked: Any) -> str:
    return orjson.dumps(asked).decode()
