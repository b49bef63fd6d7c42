"""Housekeeping: what nobody needs any more goes."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from datetime import timedelta

import structlog

from bot.log import trace
from storage.unit import Store

logger = structlog.get_logger(__name__)

EVERY = 3600.0  # seconds
UPDATES = timedelta(days=7)  # ids of handled updates; platforms deliver again for a day at most
PARKED = timedelta(days=30)  # updates that staff should have looked at by then
WORDS = timedelta(hours=1)  # of settled messages; a platform shows what it was sent by itself
MESSAGES = timedelta(days=30)  # settled messages; a page of the web chat reads back that far
QUESTIONS = timedelta(days=30)  # that staff did not answer by then
TAUGHT = timedelta(days=30)  # words of what staff decided; the content has them
DECIDED = timedelta(days=400)  # who settled which question; its words went at once
MARKABLE = timedelta(days=1)  # words of a question that was answered and may be marked
DRAFTS = timedelta(days=400)  # contests come once a year: who missed this one begins the next anew


async def tidy(store: Store, replaying: Sequence[str]) -> None:
    """Tidy up every hour; ``replaying`` are the channels that show settled messages again."""
    while True:
        try:
            await forget(store, replaying)
        except Exception as error:
            logger.error("tidy_failed", error=type(error).__name__, trace=trace(error))
        await asyncio.sleep(EVERY)


async def forget(store: Store, replaying: Sequence[str]) -> None:
    """Drop what is old enough."""
    async with store.unit() as unit:
        await unit.inbox.forget(unit.now - UPDATES, unit.now - PARKED)
        await unit.outbox.forget(unit.now - MESSAGES)
        await unit.outbox.empty(unit.now - WORDS, replaying)
        await unit.drafts.forget(unit.now - DRAFTS)
        await unit.questions.forget(unit.now - QUESTIONS, unit.now - DECIDED)
        await unit.lessons.forget(unit.now - TAUGHT)
        await unit.questions.unmark(unit.now - MARKABLE)
        await unit.staff.forget()
