"""What the Zalo Bot platform's updates say to us, from the raw JSON. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot.channels.base import cleaned, part
from handlers.talk import Incoming, Kind

# ``event_name``: what was sent. "unsupported" comes without content: links, files, contact cards,
# and whatever people write whose accounts the law protects.
KINDS: dict[str, Kind] = {
    "message.text.received": "text",
    "message.image.received": "photo",
    "message.sticker.received": "sticker",
    "message.voice.received": "voice",
    "message.unsupported.received": "unreadable",
}


def incoming(update: Mapping[str, Any]) -> Incoming | None:
    """What an update says; None where nobody can be answered, or where we hear a bot."""
    told = unwrapped(update)
    message = part(told, "message")
    address, number = part(message, "chat").get("id"), message.get("message_id")
    if not (isinstance(address, str) and address and isinstance(number, str) and number):
        return None
    if part(message, "from").get("is_bot"):
        return None
    kind = KINDS.get(str(told.get("event_name")), "other")
    if part(message, "chat").get("chat_type") == "GROUP":
        kind = "group"
    url = message.get("photo_url", message.get("photo"))  # the pages have one, traffic the other
    photos = (url,) if kind == "photo" and isinstance(url, str) and url else ()
    return Incoming("zalo", number, address, words(message), kind=kind, photos=photos)


def unwrapped(update: Mapping[str, Any]) -> Mapping[str, Any]:
    """The update itself: the platform's pages show it in an envelope, what it sends has none."""
    return part(update, "result") or update


def words(message: Mapping[str, Any]) -> str:
    """The text of a message, or what is written under its picture."""
    text = message.get("text", message.get("caption"))
    return cleaned(text) if isinstance(text, str) else ""
