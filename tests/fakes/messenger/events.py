"""What people do, as Messenger tells of it."""

from __future__ import annotations

from typing import Any

Event = dict[str, Any]

LAN = "7001"


def between(person: str) -> Event:
    return {"sender": {"id": person}, "recipient": {"id": "1"}, "timestamp": 1750316131602}


def said(text: str, person: str = LAN, mid: str = "m1", **more: Any) -> Event:
    """Somebody's words."""
    message = {"mid": mid, "text": text, **more}
    return {**between(person), "message": message}


def photo(*urls: str, person: str = LAN, mid: str = "m1") -> Event:
    """Pictures that somebody sent together."""
    attached = [{"type": "image", "payload": {"url": url}} for url in urls]
    return {**between(person), "message": {"mid": mid, "attachments": attached}}


def tapped(title: str, value: str, person: str = LAN, mid: str = "m1") -> Event:
    """A tap on a button that stays, in a message or in the menu."""
    return {**between(person), "postback": {"mid": mid, "title": title, "payload": value}}
