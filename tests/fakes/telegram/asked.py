"""What a call asks for, and whether Telegram would take it."""

from __future__ import annotations

import json
from typing import Any

from aiohttp import web

from tests.fakes.telegram.faults import Refusal

LONGEST = 4096  # characters of a message
WIDEST = 64  # bytes of a button's data


async def asked_of(request: web.Request) -> dict[str, Any]:
    """The parameters of a call, from wherever a client puts them."""
    asked: dict[str, Any] = dict(request.query)
    if request.can_read_body:
        json_body = request.content_type == "application/json"
        asked.update(await request.json() if json_body else await request.post())
    for name in ("reply_markup", "link_preview_options", "commands", "allowed_updates"):
        if isinstance(asked.get(name), str):
            asked[name] = json.loads(asked[name])
    return asked


def number(asked: dict[str, Any], name: str) -> int:
    try:
        return int(asked[name])
    except (KeyError, ValueError):
        raise Refusal(400, "Bad Request: chat not found") from None


def valid(asked: dict[str, Any]) -> str:
    """The text of a message, if Telegram would take it."""
    text = str(asked.get("text", ""))
    if not text.strip():
        raise Refusal(400, "Bad Request: message text is empty")
    if len(text) > LONGEST:
        raise Refusal(400, "Bad Request: message is too long")
    return text


def keyboard(asked: dict[str, Any]) -> list[list[dict[str, str]]]:
    """The rows of buttons below a message, if Telegram would take them."""
    rows: list[list[dict[str, str]]] = asked.get("reply_markup", {}).get("inline_keyboard", [])
    if any(len(button["callback_data"].encode()) > WIDEST for row in rows for button in row):
        raise Refusal(400, "Bad Request: BUTTON_DATA_INVALID")
    return rows
