"""Housekeeping: what nobody needs any more goes."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from bot.again import again
from bot.knowledge import Knowledge
from content.library import Library
from storage import erasing
from storage.ages import Before
from storage.unit import Store, Unit

EVERY = 3600.0  # seconds


async def tidy(
    store: Store, knowledge: Knowledge, replaying: Sequence[str], counted: Sequence[str] = ()
) -> None:
    """Tidy up every hour; ``replaying`` are the channels that show settled messages again,
    ``counted`` those that count what left them by the month.
    """
    await again(lambda: forget(store, knowledge.library, replaying, counted), EVERY, "tidy_failed")


async def forget(
    store: Store, library: Library, replaying: Sequence[str], counted: Sequence[str] = ()
) -> None:
    """Drop what is old enough, as the office settled it."""
    keep = library.rights.retention
    async with store.unit() as unit:
        now = unit.now
        await unit.inbox.forget(now - keep.updates, now - keep.parked)
        await unit.quotas.keep(now - keep.messages, counted)
        await unit.outbox.forget(now - keep.messages)
        await unit.outbox.empty(now - keep.replies, replaying)
        await unit.broadcasts.expire()
        await unit.broadcasts.forget(now - keep.broadcasts)
        await unit.drafts.forget(before(library, "drafts", now))
        await unit.photos.forget(before(library, "photos", now), now - keep.unplaced)
        await unit.questions.forget(before(library, "questions", now), now - keep.settled)
        await unit.questions.unmark(now - keep.markable)
        await unit.lessons.forget(now - keep.taught)
        await unit.requests.forget(now - keep.requests)
        await unit.staff.forget()
        await unit.told.forget(now - keep.settled)
        await unit.link_codes.forget()
        await blank(unit, library)
        await erasing.forget_profiles(unit)
        await erasing.let_go(unit, now - keep.erased)
    await store.scrub()


def before(library: Library, kind: str, now: datetime) -> Before:
    """The moments before which this kind is too old: as each plan says, else as all."""
    own = {plan.id: getattr(plan.retention, kind) for plan in library.plans.values()}
    others = now - getattr(library.rights.retention, kind)
    return Before(others, {plan: now - kept for plan, kept in own.items() if kept is not None})


async def blank(unit: Unit, library: Library) -> None:
    """Of registrations whose time is over, keep what tells of nobody."""
    for row in await erasing.over(unit, before(library, "registrations", unit.now)):
        form = library.forms.get(row.form)
        await erasing.blank(unit, row, form.impersonal if form else ())
