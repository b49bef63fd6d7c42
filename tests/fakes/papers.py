"""Papers that are there and say nothing: a maker for tests, and pictures of any size."""

from __future__ import annotations

import base64
import struct
import zlib
from collections.abc import Callable

from handlers.talk import Made, Paper
from handlers.wanted import Making, Wanted

PICTURE = Paper("draft:d1", "png")
SHEET = Paper("registration:AB12", "pdf")
TABLE = Paper("registrations:p1", "xlsx")

POINT = base64.b64decode(  # a photo of one grey point
    "/9j/4AAQSkZJRgABAQAAAQABAAD/2wBDAFA3PEY8MlBGQUZaVVBfeMiCeG5uePWvuZHI////////////////////"
    "////////////////////////////////2wBDAVVaWnhpeOuCguv/////////////////////////////////////"
    "////////////////////////////////////wAARCAABAAEDASIAAhEBAxEB/8QAFAABAAAAAAAAAAAAAAAAAAAA"
    "AP/EABQQAQAAAAAAAAAAAAAAAAAAAAD/xAAUAQEAAAAAAAAAAAAAAAAAAAAA/8QAFBEBAAAAAAAAAAAAAAAAAAAA"
    "AP/aAAwDAQACEQMRAD8AAA//2Q=="
)


def png(width: int = 210, height: int = 297) -> bytes:
    """A grey picture."""
    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    rows = zlib.compress((b"\0" + b"\xc0" * width) * height)
    parts = ((b"IHDR", head), (b"IDAT", rows), (b"IEND", b""))
    framed = (
        struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))
        for name, body in parts
    )
    return b"\x89PNG\r\n\x1a\n" + b"".join(framed)


class Drawer:
    """Papers of one person; whoever else asks finds nothing in it."""

    def __init__(self) -> None:
        self.owner = 0
        self.papers: dict[Paper, Callable[[], Made]] = {}
        self.asked = 0

    def put(self, paper: Paper, content: bytes, name: str = "") -> None:
        made = Made(name or f"phiếu.{paper.format}", content)
        self.papers[paper] = lambda: made

    async def making(self, wanted: Wanted) -> Making | None:
        self.asked += 1
        of = {paper.of.partition(":")[2]: paper for paper in self.papers}.get(wanted.which)
        mine = of and of.format == wanted.format and wanted.person.id == self.owner
        return self.papers[of] if of and mine else None


def jpg(note: bytes = b"") -> bytes:
    """A photo, with that written into it as phones do."""
    exif = b"Exif\0\0MM\0*\0\0\0\x08\0\0" + note
    told = b"\xff\xe1" + (len(exif) + 2).to_bytes(2) + exif if note else b""
    return POINT[:2] + told + POINT[2:]
