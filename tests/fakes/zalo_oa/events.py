"""Events of an Official Account, as the platform's pages show them."""

from __future__ import annotations

from typing import Any

Event = dict[str, Any]

LAN, OA = "246845883529197922", "388613280878808645"
APP_ID = "3608465248940903967"
AT = "1744678800000"


def said(
    text: Any = "", mid: str | None = "m1", event: str = "user_send_text", **more: Any
) -> Event:
    """Somebody sends something; of what else a message has, None is left out."""
    message = {"msg_id": mid, "text": text, **more}
    kept = {name: value for name, value in message.items() if value is not None}
    return {**between(), "event_name": event, "message": kept}


def between(person: str = LAN, at: str = AT) -> Event:
    return {
        "app_id": APP_ID,
        "sender": {"id": person},
        "recipient": {"id": OA},
        "user_id_by_app": "552177279717587730",
        "timestamp": at,
    }


def follow(event: str = "follow", person: str = LAN, at: str = AT) -> Event:
    """Somebody begins, or ends, to follow the account."""
    whole = {"oa_id": OA, "follower": {"id": person}, "source": "oa_profile", "timestamp": at}
    return {**whole, "event_name": event, "app_id": APP_ID, "user_id_by_app": "5521"}


def attached(kind: str, **payload: Any) -> dict[str, Any]:
    """What a message has beside words."""
    return {"attachments": [{"type": kind, "payload": payload}]}
