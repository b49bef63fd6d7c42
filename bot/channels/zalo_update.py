"""What the Zalo Bot platform's updates say to us, from the raw JSON. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot.channels.base import cleaned, part
from handlers.talk import Incoming, Kind

LONGEST = 200  # characters of what is remembered by its name; theirs take about 20

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
    address, number = name(part(message, "chat").get("id")), name(message.get("message_id"))
    if not (address and number):
        return None
    if part(message, "from").get("is_bot"):
        return None
    kind = KINDS.get(str(told.get("event_name")), "other")
    if part(message, "chat").get("chat_type", "PRIVATE") != "PRIVATE":
        kind = "group"
    said = words(message, "text", "caption")
    url = words(message, "photo_url", "photo")  # traffic has the one, the pages have the other
    photos = (url,) if kind == "photo" and url else ()
    return Incoming("zalo", number, address, said, kind=kind, photos=photos)


def called(update: Mapping[str, Any]) -> str:
    """What the platform calls an update by: its message's number."""
    return name(part(unwrapped(update), "message").get("message_id")) or "?"


def unwrapped(update: Mapping[str, Any]) -> Mapping[str, Any]:
    """The update itself: the platform's pages show it in an envelope, what it sends has none."""
    return part(update, "result") or update


def words(message: Mapping[str, Any], *names: str) -> str:
    """The first text that stands under one of these names; empty where there is none."""
    found = (message.get(name) for name in names)
    return next((cleaned(text) for text in found if isinstance(text, str) and text), "")


def name(given: object) -> str:
    """What somebody or something is called by, also by a number; empty where it cannot be."""
    text = str(given) if isinstance(given, str | int) and not isinstance(given, bool) else ""
    return text if len(text) <= LONGEST and text.isprintable() else ""
