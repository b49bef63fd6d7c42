"""Files for the browser, read once, served from memory, cached by what is in them."""

from __future__ import annotations

import gzip
import hashlib
import mimetypes
from dataclasses import dataclass
from pathlib import Path

from aiohttp import hdrs, web

LASTING = "public, max-age=31536000, immutable"
ASK_FIRST = "private, no-cache"
TEXT = {".html", ".css", ".js", ".svg", ".webmanifest"}
mimetypes.add_type("application/manifest+json", ".webmanifest")


@dataclass(frozen=True)
class Sheet:
    """One file, also packed where that makes it smaller."""

    body: bytes
    packed: bytes | None
    kind: str
    etag: str


class Shelf:
    """All files of a folder. ``version`` changes whenever any of them does."""

    def __init__(self, folder: Path) -> None:
        bodies = {file.name: file.read_bytes() for file in sorted(folder.iterdir())}
        self.version = digest(b"\0".join(bodies.values()))
        self.sheets = {name: self.sheet(name, body) for name, body in bodies.items()}

    def sheet(self, name: str, body: bytes) -> Sheet:
        """The pages name their parts ``/page/now/…``; browsers get the version instead."""
        text = Path(name).suffix in TEXT
        if name.endswith(".html"):
            body = body.replace(b"/page/now/", f"/page/{self.version}/".encode())
        packed = gzip.compress(body, mtime=0) if text else None
        kind = mimetypes.guess_type(name)[0] or "application/octet-stream"
        return Sheet(body, packed, kind + "; charset=utf-8" * text, digest(body))

    def lend(self, request: web.Request, name: str, version: str = "") -> web.Response:
        """One file, to be kept for good if asked for by the present version; raises 404."""
        if (sheet := self.sheets.get(name)) is None:
            raise web.HTTPNotFound
        packed = sheet.packed if "gzip" in request.headers.get(hdrs.ACCEPT_ENCODING, "") else None
        etag = f'"{sheet.etag}{"-gzip" if packed else ""}"'
        headers = {
            hdrs.ETAG: etag,
            hdrs.VARY: hdrs.ACCEPT_ENCODING,
            hdrs.CACHE_CONTROL: LASTING if version == self.version else ASK_FIRST,
        }
        if etag in request.headers.get(hdrs.IF_NONE_MATCH, ""):
            return web.Response(status=304, headers=headers)
        headers[hdrs.CONTENT_TYPE] = sheet.kind
        if packed:
            headers[hdrs.CONTENT_ENCODING] = "gzip"
        return web.Response(body=packed or sheet.body, headers=headers)


def digest(body: bytes) -> str:
    return hashlib.sha256(body).hexdigest()[:16]
