"""What can go wrong between a bot and Telegram."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

from aiohttp import web


@dataclass(frozen=True)
class Fault:
    """A refusal, or a connection that breaks before or after the message took effect."""

    status: int = 500
    description: str = "Internal Server Error"
    parameters: dict[str, int] | None = None
    cut: Literal["", "before", "after"] = ""
    page: str = ""  # what something between the bot and Telegram answers in its place

    def answer(self, request: web.Request) -> web.StreamResponse:
        if self.cut and request.transport:
            request.transport.abort()
            return web.Response()
        if self.page:
            return web.Response(status=self.status, text=self.page, content_type="text/html")
        said: dict[str, Any] = {"ok": False, "error_code": self.status}
        said["description"] = self.description
        if self.parameters:
            said["parameters"] = self.parameters
        return web.json_response(said, status=self.status)


class Refusal(Exception):
    """A call is answered with a fault."""

    def __init__(self, status: int, description: str, **parameters: int) -> None:
        super().__init__(description)
        self.fault = Fault(status, description, parameters)


BLOCKED = Fault(403, "Forbidden: bot was blocked by the user")
CUT_BEFORE = Fault(cut="before")
CUT_AFTER = Fault(cut="after")


def flood(seconds: int) -> Refusal:
    wait = f"Too Many Requests: retry after {seconds}"
    return Refusal(429, wait, retry_after=seconds)
