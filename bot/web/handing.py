"""What the web server hands out beside its page: the plans' documents, and people's papers."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from pathlib import Path
from urllib.parse import quote

from aiohttp import hdrs, web

from bot.links import Expired
from bot.web.shelf import Shelf
from bot.web.visitor import Visitors
from content.originals import SHOWN
from handlers.talk import PICTURES, Made

KINDS = {
    **SHOWN,
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv; charset=utf-8",
    "zip": "application/zip",
    "jpg": "image/jpeg",
    "webp": "image/webp",
}
LOOKED_AT = (*PICTURES, "pdf")  # in the browser; all else is kept as a file


class Handing:
    """Hands things out, and says kindly where there is nothing.

    ``find`` (plan, name) finds a document, ``open_paper`` (token, visitor) a paper.
    """

    def __init__(
        self,
        shelf: Shelf,
        visitors: Visitors,
        find: Callable[[str, str], Path | None],
        open_paper: Callable[[str, str | None], Awaitable[Made | None]],
    ) -> None:
        self.shelf, self.visitors = shelf, visitors
        self.find, self.open_paper = find, open_paper

    async def document(self, request: web.Request) -> web.StreamResponse:
        """The original document of a plan."""
        name = request.match_info["name"]
        path = self.find(request.match_info["plan"], name)
        if path is None:
            return await self.lost(request)
        headers = {
            hdrs.CONTENT_TYPE: SHOWN[path.suffix[1:]],
            hdrs.CONTENT_DISPOSITION: f"inline; filename*=UTF-8''{quote(name)}",
            hdrs.CACHE_CONTROL: "public, max-age=600",
        }
        return web.FileResponse(path, headers=headers)

    async def paper(self, request: web.Request) -> web.StreamResponse:
        """A paper, for whom its link was made out to; nothing on the way keeps it."""
        visitor = self.visitors.known(request)
        try:
            made = await self.open_paper(request.match_info["token"], visitor)
        except Expired:
            return self.page("gone.html", 410)
        if made is None:
            return self.page("gone.html", 404)
        ending = made.name.rpartition(".")[2]
        how = "inline" if ending in LOOKED_AT else "attachment"
        headers = {
            hdrs.CONTENT_TYPE: KINDS.get(ending, "application/octet-stream"),
            hdrs.CONTENT_DISPOSITION: f"{how}; filename*=UTF-8''{quote(made.name)}",
            hdrs.CACHE_CONTROL: "no-store",
        }
        return web.Response(body=made.content, headers=headers)

    async def lost(self, request: web.Request) -> web.Response:
        """Where nothing is, the way back."""
        return self.page("lost.html", 404)

    def page(self, name: str, status: int) -> web.Response:
        sheet = self.shelf.sheets[name]
        headers = {hdrs.CONTENT_TYPE: sheet.kind, hdrs.CACHE_CONTROL: "no-store"}
        return web.Response(body=sheet.body, status=status, headers=headers)
