"""What can go wrong between a bot and Zalo."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any, Literal

from aiohttp import web


def no(code: int, why: str = "said no") -> dict[str, Any]:
    """A refusal in the platform's words."""
    return {"ok": False, "error_code": code, "description": why}


@dataclass(frozen=True)
class Fault:
    """An answer in place of the right one (JSON, or the words of something that stands between),
    a line that breaks before or after the call took effect, or an answer that is slow.
    """

    status: int = 0  # 0: the right answer
    answer: Any = None
    cut: Literal["", "before", "after"] = ""
    slow: float = 0  # seconds

    async def befall(
        self, request: web.Request, right: Callable[[], Awaitable[web.Response]]
    ) -> web.Response:
        """What is answered; ``right`` does what was asked."""
        await asyncio.sleep(self.slow)
        done = await right() if self.cut != "before" and not self.status else web.Response()
        if self.cut and request.transport:
            request.transport.abort()
        if not self.status:
            return done
        if isinstance(self.answer, str):
            return web.Response(status=self.status, text=self.answer, content_type="text/html")
        return web.json_response(self.answer, status=self.status)


CUT_BEFORE, CUT_AFTER = Fault(cut="before"), Fault(cut="after")
