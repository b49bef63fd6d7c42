"""How every page and answer of the web server behaves: what browsers may do, how refusals read."""

from __future__ import annotations

import math
from collections.abc import Awaitable, Callable

import structlog
from aiohttp import hdrs, web

logger = structlog.get_logger(__name__)

HEADERS = {
    "Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self'; "
    "connect-src 'self'; img-src 'self'; manifest-src 'self'; base-uri 'none'; "
    "form-action 'none'; frame-ancestors 'none'",
    "Server": "thidua",  # and not which versions of what
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
}


class Refused(Exception):
    """What was asked will not be done; the page knows the words for each ``error``."""

    def __init__(self, status: int, error: str, retry_after: float = 0) -> None:
        super().__init__(error)
        self.status, self.error, self.retry_after = status, error, math.ceil(retry_after)

    def response(self) -> web.Response:
        said: dict[str, object] = {"error": self.error}
        headers = {}
        if self.retry_after:
            said["retry_after"] = self.retry_after
            headers[hdrs.RETRY_AFTER] = str(self.retry_after)
        return web.json_response(said, status=self.status, headers=headers)


@web.middleware
async def word_refusals(
    request: web.Request, handler: Callable[[web.Request], Awaitable[web.StreamResponse]]
) -> web.StreamResponse:
    """Whatever is refused or fails is said as JSON that the page can word."""
    try:
        return await handler(request)
    except Refused as refused:
        return refused.response()
    except web.HTTPRequestEntityTooLarge:
        return Refused(413, "too_long").response()
    except web.HTTPException:
        raise
    except Exception as error:  # its words may quote what a person wrote
        place = request.match_info.route.resource  # and not the path, which may be a key
        path = place.canonical if place else ""
        logger.error("request_failed", path=path, error=type(error).__name__)
        return Refused(500, "trouble").response()


async def guard(request: web.Request, response: web.StreamResponse) -> None:
    """Set the headers that keep a page to itself."""
    response.headers.update(HEADERS)
