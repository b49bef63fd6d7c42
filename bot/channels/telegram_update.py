"""What Telegram's updates say to us, from the raw JSON. Pure, and calm about odd shapes."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from bot.channels.base import cleaned, part
from handlers.talk import Incoming, Kind

HANDLED = ("message", "edited_message", "callback_query")  # what we ask Telegram to send
WIDE = 1280  # pixels; larger photos show no more of the work
COMMAND = re.compile(r"(/\w+)(?:@(\w+))?")

# The fields of a Message (https://core.telegram.org/bots/api#message) that tell its kind.
KINDS: dict[str, Kind] = {
    "sticker": "sticker",
    "photo": "photo",
    "voice": "voice",
    "audio": "voice",
    "video_note": "voice",
    "document": "file",
    "video": "file",
    "animation": "file",
}
# Notes of the app about a private chat, which nobody said.
NOTES = frozenset(
    {
        "boost_added",
        "chat_background_set",
        "connected_website",
        "message_auto_delete_timer_changed",
        "pinned_message",
        "proximity_alert_triggered",
        "write_access_allowed",
    }
)


@dataclass(frozen=True)
class Me:
    """Who we are in a group. The name is known once Telegram has told it."""

    id: int
    name: str = ""


def incoming(update: Mapping[str, Any], me: Me) -> Incoming | None:
    """What an update says; None where silence is the right answer."""
    if message := part(update, "message"):
        return heard(update, message, me)
    if message := part(update, "edited_message"):
        return corrected(update, message)
    if query := part(update, "callback_query"):
        return pressed(update, query)
    return None


def heard(update: Mapping[str, Any], message: Mapping[str, Any], me: Me) -> Incoming | None:
    """Something a person sent; in a group only what is meant for us."""
    if part(message, "from").get("is_bot"):
        return None
    text = words(message)
    if not private(message):
        return said(update, message, text, "group") if meant(message, text, me) else None
    kind = kind_of(message)
    told = said(update, message, plain(text), kind) if kind else None
    return replace(told, **pictured(message)) if told and kind == "photo" else told


def pictured(message: Mapping[str, Any]) -> dict[str, Any]:
    """A photo in the largest of its sizes that is not too large, and with which it was sent."""
    listed = message.get("photo")
    sizes = [size for size in listed if isinstance(size, dict)] if isinstance(listed, list) else []
    known = [size for size in sizes if isinstance(size.get("file_id"), str)]
    known.sort(key=wide)
    fitting = [size for size in known if wide(size) <= WIDE][-1:] or known[:1]
    album = message.get("media_group_id")
    photos = tuple(size["file_id"] for size in fitting)
    return {"photos": photos, "album": album if isinstance(album, str) else ""}


def wide(size: Mapping[str, Any]) -> int:
    """The longer side of a photo in pixels."""
    sides = (size.get(name) for name in ("width", "height"))
    return max(side if isinstance(side, int) else 0 for side in sides)


def corrected(update: Mapping[str, Any], message: Mapping[str, Any]) -> Incoming | None:
    """A message changed afterwards. A shared place moves by itself: no words, no answer."""
    text = words(message)
    return said(update, message, text, "edited") if text and private(message) else None


def pressed(update: Mapping[str, Any], query: Mapping[str, Any]) -> Incoming | None:
    """A button of ours. Without its message it hung elsewhere, without data it was a game's."""
    message, value = part(query, "message"), query.get("data")
    if not isinstance(value, str) or not value:
        return None
    if not private(message):
        return said(update, message, "", "group")
    return said(update, message, "", value=cleaned(value))


def said(
    update: Mapping[str, Any],
    message: Mapping[str, Any],
    text: str,
    kind: Kind = "text",
    value: str = "",
) -> Incoming | None:
    """The update as a message to us; None where nobody could be answered."""
    address = part(message, "chat").get("id")
    if not isinstance(address, int):
        return None
    return Incoming("telegram", str(update["update_id"]), str(address), text, value, kind)


def kind_of(message: Mapping[str, Any]) -> Kind | None:
    """The kind of a message; None where it is only a note of the app."""
    if isinstance(message.get("text"), str):
        return "text"
    if NOTES & message.keys():
        return None
    return next((kind for field, kind in KINDS.items() if field in message), "other")


def words(message: Mapping[str, Any]) -> str:
    """The text of a message, or what is written under its picture."""
    text = message.get("text", message.get("caption"))
    return cleaned(text) if isinstance(text, str) else ""


def plain(text: str) -> str:
    """A command without our name, and ``/start`` without what a link put behind it."""
    command = COMMAND.match(text)
    if command is None:
        return text
    return "/start" if command[1] == "/start" else command[1] + text[command.end() :]


def meant(message: Mapping[str, Any], text: str, me: Me) -> bool:
    """Whether words in a group are for us: an answer to us, our name, or a command.

    A command without a name reaches only the bot that spoke last, unless it may read everything.
    """
    if part(part(message, "reply_to_message"), "from").get("id") == me.id:
        return True
    if command := COMMAND.match(text):
        return (command[2] or me.name).casefold() == me.name.casefold()
    return bool(me.name and re.search(rf"@{me.name}\b", text, re.IGNORECASE))


def private(message: Mapping[str, Any]) -> bool:
    return part(message, "chat").get("type") == "private"
