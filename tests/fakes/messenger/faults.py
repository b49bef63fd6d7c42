"""What can go wrong between us and Messenger."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

from aiohttp import web


def no(code: int, why: str = "said no", detail: int = 0, **more: Any) -> dict[str, Any]:
    """A refusal in the platform's words."""
    return {"error": {"message": why, "code": code, "error_subcode": detail, **more}}


@dataclass(frozen=True)
class Fault:
    """An answer in place of the right one, or a line that breaks before or after the message took
    effect. ``answer`` is JSON, or the words of something that stands between.
    """

    status: int = 500
    answer: Any = None
    cut: Literal["", "before", "after"] = ""

    def as_answer(self, request: web.Request) -> web.Response:
        if self.cut and request.transport:
            request.transport.abort()
            return web.Response()
        if isinstance(self.answer, str):
            return web.Response(status=self.status, text=self.answer, content_type="text/html")
        return web.json_response(self.answer, status=self.status)


class Refusal(Exception):
    """A call is answered with a fault."""

    def __init__(self, code: int, why: str, detail: int = 0, status: int = 400) -> None:
        super().__init__(why)
        self.fault = Fault(status, no(code, why, detail))
