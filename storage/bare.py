"""Of a message that left, no more than that it did: a month's messages are counted."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from sqlalchemy import ColumnElement, Update, null, update
from sqlmodel import col

from storage.tables import Outbox

KEPT = timedelta(days=32)  # longer than any month
BARE = col(Outbox.address) == ""
NOBODYS: dict[str, Any] = {
    "address": "",
    "body": null(),
    "person_id": None,
    "about": "",
    "broadcast_id": None,
}


def strip(*which: ColumnElement[bool]) -> Update:
    """Make those of these that left nobody's; not those that stand somewhere to be edited."""
    left = col(Outbox.begun).is_not(None), col(Outbox.due_at).is_(None), col(Outbox.ref) == ""
    return update(Outbox).where(*which, *left, ~BARE).values(NOBODYS)
