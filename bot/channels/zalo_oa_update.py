"""What an Official Account's events say to us, from the raw JSON. Pure.

https://docs.zaloplatforms.com/docs/OA (webhook), as copies of 2026-08 have it, and what bots in use
have seen.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from bot.channels.base import cleaned, part
from handlers.talk import Incoming, Kind

NAME = "zalo_oa"
TAP = "#chon:"  # before what a button of ours says: it comes back as words of the person's
SENT = "user_send_"
GROUP = "user_send_group_"  # somebody in a group of the account's: nothing personal is talked about
KINDS: dict[str, Kind] = {
    "text": "text",
    "link": "text",
    "image": "photo",
    "sticker": "sticker",
    "gif": "sticker",
    "audio": "voice",
    "video": "file",
    "file": "file",
}  # and "other": places, contact cards, whatever comes next
SAYING = ("text", "photo", "file")  # of what else comes with words they are about somebody else

Event = Mapping[str, Any]


def incoming(event: Event) -> Incoming | None:
    """What an event says; None for what nobody said: receipts, echoes of ours, clicks, groups, what
    a form of Zalo's was filled in with (we ask ourselves, and after consent), and who is unknown to
    Zalo itself.
    """
    if event.get("event_name") == "follow":
        address = follower(event)
        return Incoming(NAME, number(event), address, value="start") if address else None
    name, address = str(event.get("event_name")), whole(part(event, "sender").get("id"))
    if not name.startswith(SENT) or name.startswith(GROUP) or not address:
        return None
    kind = KINDS.get(name.removeprefix(SENT), "other")
    said = words(event) if kind in SAYING else ""
    if kind == "text" and said.startswith(TAP) and len(said) > len(TAP):
        return Incoming(NAME, number(event), address, value=said.removeprefix(TAP))
    photos = tuple(pictured(event)) if kind == "photo" else ()
    return Incoming(NAME, number(event), address, said, kind=kind, photos=photos)


def gone(event: Event) -> str:
    """Who wants to hear no more from the account; empty where this is nothing of the kind."""
    return follower(event) if event.get("event_name") == "unfollow" else ""


def number(event: Event) -> str:
    """What Zalo calls an event by, the same when it is brought again."""
    message = part(event, "message")
    mid = whole(message.get("msg_id")) or whole(message.get("message_id"))
    who = follower(event) or whole(part(event, "sender").get("id"))
    return mid or f"{event.get('event_name')}:{event.get('timestamp')}:{who}"


def follower(event: Event) -> str:
    return whole(part(event, "follower").get("id"))


def words(event: Event) -> str:
    text = part(event, "message").get("text")
    return cleaned(text) if isinstance(text, str) else ""


def pictured(event: Event) -> Iterator[str]:
    """Where the pictures of a message are."""
    attached = part(event, "message").get("attachments")
    for each in attached if isinstance(attached, list) else ():
        url = part(each, "payload").get("url") if isinstance(each, dict) else None
        if isinstance(url, str) and url:
            yield url


def whole(number: Any) -> str:
    """A number of Zalo's, which are written as text; empty where there is none."""
    if isinstance(number, int) and not isinstance(number, bool):
        return str(number)
    return number if isinstance(number, str) else ""
