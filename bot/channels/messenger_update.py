"""What Messenger's events say to us, from the raw JSON. Pure, and calm about odd shapes.

https://developers.facebook.com/docs/messenger-platform/reference/webhook-events
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from bot.channels.base import cleaned, part
from handlers.talk import Incoming, Kind

NAME = "messenger"
LONGEST = 500  # characters of what Meta calls something by
KINDS: dict[str, Kind] = {"image": "photo", "audio": "voice", "video": "file", "file": "file"}
BESIDE = {"fallback", "template"}  # what Messenger makes of a link in a text

Event = Mapping[str, Any]


def events(update: Mapping[str, Any]) -> Iterator[Event]:
    """Each thing that happened, of those that are brought together. What stands by (``standby``)
    was said to another app, or to an officer who has taken the talk over, and is not for us.
    """
    for entry in listed(update, "entry"):
        yield from listed(entry, "messaging")


def incoming(event: Event) -> Incoming | None:
    """What an event says; None for what nobody said: receipts, echoes, reactions, what was taken
    back, what concerns the page.
    """
    message, tap, edit = (part(event, name) for name in ("message", "postback", "message_edit"))
    address = sender(event)
    if not address or message.get("is_echo") or message.get("is_deleted"):
        return None
    if edit:
        return Incoming(NAME, number(event), address, words(edit), kind="edited")
    value = part(message, "quick_reply").get("payload", tap.get("payload"))
    if isinstance(value, str) and value:
        return Incoming(NAME, number(event), address, "", cleaned(value))
    return heard(event, address, message) if message else None


def heard(event: Event, address: str, message: Mapping[str, Any]) -> Incoming:
    """A message that somebody typed, or sent pictures or other things with."""
    text, kind = words(message), kind_of(message)
    photos = tuple(pictured(message)) if kind == "photo" else ()
    return Incoming(NAME, number(event), address, text, kind=kind, photos=photos)


def pictured(message: Mapping[str, Any]) -> Iterator[str]:
    """Where the pictures of a message are."""
    for attached in listed(message, "attachments"):
        url = known_as(part(attached, "payload").get("url"))
        if attached.get("type") == "image" and url and not is_sticker(attached):
            yield url


def number(event: Event) -> str:
    """What Messenger calls an event by, the same when it is brought again; of a correction, with
    how often the message had been corrected by then.
    """
    edit = part(event, "message_edit")
    told = edit, part(event, "message"), part(event, "postback")
    name = next((found for each in told if (found := known_as(each.get("mid")))), "")
    when = known_as(event.get("timestamp"))
    if name and not edit:
        return name[:LONGEST]
    which = known_as(edit.get("num_edit")) or when
    return f"{name or sender(event)}:{which}"[-LONGEST:]


def sender(event: Event) -> str:
    """Who did it, by the page's number for them; empty where nobody could be answered."""
    return known_as(part(event, "sender").get("id"))


def known_as(found: Any) -> str:
    """A name that a platform gave something, as text; empty where that could not be kept."""
    text = str(found) if isinstance(found, str | int) and not isinstance(found, bool) else ""
    return text if text == cleaned(text) else ""


def words(said: Mapping[str, Any]) -> str:
    """What was typed."""
    text = said.get("text")
    return cleaned(text) if isinstance(text, str) else ""


def kind_of(message: Mapping[str, Any]) -> Kind:
    """The kind of a message. A link in a text brings something attached that nobody sent."""
    attached = [*listed(message, "attachments")]
    beside = words(message) and all(each.get("type") in BESIDE for each in attached)
    if beside or not attached:
        return "text"
    if all(map(is_sticker, attached)):
        return "sticker"
    types = [str(each.get("type")) for each in attached if not is_sticker(each)]
    return "photo" if "image" in types else KINDS.get(types[0], "other")


def is_sticker(attached: Mapping[str, Any]) -> bool:
    """A thumb or a sticker comes as a picture with a number."""
    return bool(part(attached, "payload").get("sticker_id"))


def listed(whole: Mapping[str, Any], name: str) -> Iterator[Mapping[str, Any]]:
    """The objects in the list of that name within another."""
    found = whole.get(name)
    return (each for each in (found if isinstance(found, list) else ()) if isinstance(each, dict))
