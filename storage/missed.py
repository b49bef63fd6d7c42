"""Answers that came too late for a channel's rules: they leave when their person writes again."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import and_, tuple_, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from storage.engine import BLIND
from storage.tables import Outbox

WINDOW = "window"  # why it did not leave: they wrote too long ago for the channel's rules
REPLY = 0  # the priority of answers
TOO_LATE = and_(
    col(Outbox.state) == "skipped", col(Outbox.reason) == WINDOW, col(Outbox.priority) == REPLY
)


class Missed:
    """What was not sent for that reason. Its words are kept as long as those of all messages."""

    def __init__(self, session: AsyncSession, now: datetime) -> None:
        self.session, self.now = session, now

    async def again(self, places: Collection[tuple[str, str]]) -> None:
        """These write again after a while: what they missed leaves now, before any reply to it."""
        if not places:
            return
        theirs = tuple_(col(Outbox.channel), col(Outbox.address)).in_(places)
        begun = col(Outbox.begun).is_not(None), col(Outbox.body).is_not(None)
        missed = theirs, *begun, TOO_LATE
        due = {"state": "queued", "reason": "", "due_at": self.now, "begun": None}
        await self.session.execute(
            update(Outbox).where(*missed).values(due), execution_options=BLIND
        )
