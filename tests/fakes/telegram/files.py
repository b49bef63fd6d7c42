"""Files that come with a message, if Telegram would take them."""

from __future__ import annotations

import struct
from typing import Any

from aiohttp.web import FileField

from tests.fakes.telegram.faults import Refusal
from tests.fakes.telegram.town import File

LONGEST_CAPTION = 1024  # characters
LARGEST_PHOTO, LARGEST_FILE = 10_000_000, 50_000_000  # bytes
WIDEST, NARROWEST = 10_000, 20  # width and height together; how often one may be the other
PNG = b"\x89PNG\r\n\x1a\n"


def caption(asked: dict[str, Any]) -> str:
    text = str(asked.get("caption", ""))
    if len(text) > LONGEST_CAPTION:
        raise Refusal(400, "Bad Request: message caption is too long")
    return text


def photo(asked: dict[str, Any]) -> File:
    file = sent(asked, "photo")
    if len(file.content) > LARGEST_PHOTO:
        raise Refusal(413, "Request Entity Too Large")
    if not file.content.startswith(PNG):
        raise Refusal(400, "Bad Request: IMAGE_PROCESS_FAILED")
    width, height = sorted(struct.unpack(">II", file.content[16:24]))
    if width + height > WIDEST or height > NARROWEST * width:
        raise Refusal(400, "Bad Request: PHOTO_INVALID_DIMENSIONS")
    return file


def document(asked: dict[str, Any]) -> File:
    file = sent(asked, "document")
    if len(file.content) > LARGEST_FILE:
        raise Refusal(413, "Request Entity Too Large")
    return file


def sent(asked: dict[str, Any], name: str) -> File:
    field = asked.get(name)
    if not isinstance(field, FileField):
        raise Refusal(400, f"Bad Request: there is no {name} in the request")
    content = field.file.read()
    if not content:
        raise Refusal(400, "Bad Request: file must be non-empty")
    return File(name, field.filename, content)
