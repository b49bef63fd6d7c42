"""What becomes of a message that did not leave, or may not have: tried again, or given up. Pure."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from bot.log import trace
from handlers.errors import Rejected, SendFailed, Uncertain, Unreachable, UsedUp
from storage.outbox import Claimed, Outcome
from storage.pushes import BLOCKED, REFUSED
from storage.quotas import QUOTA

LONGEST = 300  # seconds between two attempts
WARIEST = 3600  # the same where each may have arrived: nobody wants a reply dozens of times
OUTAGE = 86400  # seconds; platforms come back within a day, and older answers help nobody
FAULT = 1800  # seconds; what fails here and not on the way will fail again, and others wait
SOON = 3600  # seconds; a broadcast is not tried for longer, a reminder while it is of use


def after(row: Claimed, error: Exception, now: datetime) -> Outcome:
    """Try again later; or settle, where the message or the person will never take it.

    The pauses grow with the time since the first attempt. What nobody asked for and may have
    arrived is never tried again by itself.
    """
    reason = QUOTA if isinstance(error, UsedUp) else f"{type(error).__name__}: {trace(error)}"
    if isinstance(error, Rejected):
        weight = BLOCKED if isinstance(error, Unreachable) else REFUSED
        return given_up(row, "failed", reason, weight)
    if row.unasked and (isinstance(error, Uncertain) or not isinstance(error, SendFailed)):
        return given_up(row, "uncertain", reason)
    tried = (now - first_tried(row, now)).total_seconds()
    if tried >= longest(row, error):
        return given_up(row, "failed", reason)
    wait = min(WARIEST if isinstance(error, Uncertain) else LONGEST, max(1.0, tried))
    if isinstance(error, SendFailed) and error.retry_after is not None:
        wait = error.retry_after
    due = now + timedelta(seconds=wait)
    if row.until and due >= row.until and row.broadcast_id is not None:
        return given_up(row, "failed", reason)
    return Outcome(row.id, "queued", reason, due, row.broadcast_id)


def given_up(row: Claimed, state: str, reason: str, weight: int = REFUSED) -> Outcome:
    return Outcome(row.id, state, reason, broadcast_id=row.broadcast_id, refusal=weight)


def longest(row: Claimed, error: Exception) -> float:
    """Seconds for which it is tried."""
    if row.broadcast_id is not None:
        return SOON
    return OUTAGE if isinstance(error, SendFailed) else FAULT


def first_tried(row: Claimed, now: datetime) -> datetime:
    return now if row.begun is None else datetime.fromtimestamp(row.begun / 1000, UTC)
