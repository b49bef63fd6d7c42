"""What Zalo tells of people, as real traffic has it."""

from __future__ import annotations

from typing import Any

Update = dict[str, Any]

LAN = "6ede0001"
GROUP = {"id": "zgr-77", "chat_type": "GROUP"}


def sent(event: str, number: Any = "m1", person: Any = LAN, **message: Any) -> Update:
    """Something that somebody sent; what is given as None is left out."""
    whole = {
        "message_id": number,
        "date": 1750316131602,
        "from": {"id": person, "display_name": "Ted", "is_bot": False},
        "chat": {"id": person, "chat_type": "PRIVATE"},
        **message,
    }
    kept = {name: value for name, value in whole.items() if value is not None}
    return {"event_name": f"message.{event}.received", "message": kept}


def text(number: str, words: str, person: str = LAN) -> Update:
    """Somebody's words."""
    return sent("text", number, person, text=words)
