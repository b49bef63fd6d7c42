"""What Messenger's events say to us, from the raw JSON. Pure.

https://developers.facebook.com/docs/messenger-platform/reference/webhook-events
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from bot.channels.base import cleaned, part
from handlers.talk import Incoming, Kind

# The type of the first attachment tells the kind.
KINDS: dict[str, Kind] = {"image": "photo", "audio": "voice", "video": "file", "file": "file"}

Event = Mapping[str, Any]


def events(update: Mapping[str, Any]) -> Iterator[Event]:
    """Each thing that happened, of those that are brought together."""
    for entry in listed(update, "entry"):
        yield from listed(entry, "messaging")


def incoming(event: Event) -> Incoming | None:
    """What an event says; None for what nobody said: receipts, echoes, reactions."""
    message, tap = part(event, "message"), part(event, "postback")
    address = part(event, "sender").get("id")
    if not (isinstance(address, str) and address) or message.get("is_echo"):
        return None
    if not message and not tap:
        return None
    value = part(message, "quick_reply").get("payload", tap.get("payload"))
    if isinstance(value, str) and value:
        return Incoming("messenger", number(event), address, "", cleaned(value))
    if tap:
        return None
    text = message.get("text")
    kind = kind_of(message)
    said = cleaned(text) if isinstance(text, str) else ""
    photos = tuple(pictured(message)) if kind == "photo" else ()
    return Incoming("messenger", number(event), address, said, kind=kind, photos=photos)


def pictured(message: Mapping[str, Any]) -> Iterator[str]:
    """Where the pictures of a message are."""
    for attached in listed(message, "attachments"):
        url = part(attached, "payload").get("url")
        if attached.get("type") == "image" and isinstance(url, str) and url:
            yield url


def number(event: Event) -> str:
    """What Messenger calls an event by, the same when it is brought again."""
    mid = part(event, "message").get("mid", part(event, "postback").get("mid"))
    if isinstance(mid, str) and mid:
        return mid
    return f"{part(event, 'sender').get('id')}:{event.get('timestamp')}"


def kind_of(message: Mapping[str, Any]) -> Kind:
    """The kind of a message; a thumb or a sticker comes as a picture with a number."""
    attached = next(listed(message, "attachments"), None)
    if attached is None:
        return "text"
    if part(attached, "payload").get("sticker_id"):
        return "sticker"
    return KINDS.get(str(attached.get("type")), "other")


def listed(whole: Mapping[str, Any], name: str) -> Iterator[Mapping[str, Any]]:
    """The objects in the list of that name within another."""
    found = whole.get(name)
    return (each for each in (found if isinstance(found, list) else ()) if isinstance(each, dict))
