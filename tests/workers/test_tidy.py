"""Housekeeping drops what is old, and never stops anybody's work."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest
from sqlalchemy import event
from structlog.testing import capture_logs

from bot import tidy as housekeeping
from bot.knowledge import Knowledge
from bot.sending.sender import Sender
from bot.tidy import forget, tidy
from content.library import Library
from storage.inbox import Heard
from storage.tables import Draft, Inbox, Lesson, Outbox
from storage.unit import Store
from tests.fakes.clock import Time
from tests.workers.fragile import Fragile
from tests.workers.post import drain, say

MOMENT = timedelta(seconds=1)


async def full(store: Store, sender: Sender) -> None:
    """One of everything: a handled update, a parked one, a sent message, a draft, a lesson."""
    heard = Heard("post", "1", "Lan", {}), Heard("post", "2", "", {}, "could not be read")
    async with store.unit() as unit:
        await unit.inbox.store(heard)
        lan = (await unit.people.at([("post", "Lan")]))["post", "Lan"]
        draft = Draft(id="d1", person_id=lan.id, plan="p", form="f", updated_at=unit.now)
        unit.drafts.add(draft)
        unit.staff.invite("A", "p", "editor", "Lan")
        officer = await unit.staff.join("A", lan)
        assert officer
        for state in ("live", "waiting"):
            decided = {"plan": "p", "entry": "e", "phrasings": ["hỏi"], "added": {"say": "đáp"}}
            await unit.lessons.add(officer.id, **decided, state=state)
        await unit.inbox.done(await unit.inbox.open(1, ["post"]))
    await say(store, "Tư", "chào")
    await drain(sender)


async def left(store: Store) -> set[str]:
    async with store.view() as unit:
        sent = await unit.session.get(Outbox, 1)
        live, waiting = [await unit.session.get_one(Lesson, number) for number in (1, 2)]
        assert waiting.phrasings
        kept = {
            "lesson": live.phrasings or live.added,
            "update": await unit.session.get(Inbox, 1),
            "parked": await unit.session.get(Inbox, 2),
            "message": sent,
            "words": sent and sent.body,
            "draft": await unit.drafts.get("d1"),
        }
    return {name for name, row in kept.items() if row}


@pytest.mark.parametrize(
    ("kind", "goes"),
    [
        ("replies", "words"),
        ("updates", "update"),
        ("parked", "parked"),
        ("taught", "lesson"),
        ("messages", "message"),
        ("drafts", "draft"),
    ],
)
async def test_everything_goes_in_its_time(
    store: Store, sender: Sender, time: Time, library: Library, kind: str, goes: str
) -> None:
    await full(store, sender)
    age = getattr(library.rights.retention, kind)
    for passing, here in ((age, True), (MOMENT, False)):
        time.passes(passing.total_seconds())
        await forget(store, library, ["web"])
        assert (goes in await left(store)) is here


async def test_a_page_can_read_its_messages_again_but_for_what_quotes_others(
    store: Store, sender: Sender, time: Time, library: Library
) -> None:
    await full(store, sender)
    await say(store, "Lan", "Bà Tư hỏi: …")  # an officer
    await drain(sender)
    time.passes(library.rights.retention.messages.total_seconds())
    await forget(store, library, ["post"])
    assert {"message", "words"} <= await left(store)
    async with store.view() as unit:
        assert not await unit.outbox.begun_after("post", "Lan", 0, 9)
        assert len(await unit.outbox.begun_after("post", "Tư", 0, 9)) == 1


async def test_a_database_that_is_ill_does_not_end_it(
    store: Fragile,
    sender: Sender,
    time: Time,
    library: Library,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(housekeeping, "EVERY", 0.01)
    await full(store, sender)
    time.passes(library.rights.retention.updates.total_seconds() + 1)
    tried: asyncio.Queue[object] = asyncio.Queue()
    event.listen(store.engine.sync_engine, "rollback", tried.put_nowait)
    event.listen(store.engine.sync_engine, "commit", tried.put_nowait)
    store.ill = True
    with capture_logs() as logs:
        running = asyncio.create_task(tidy(store, Knowledge(library), []))
        async with asyncio.timeout(5):
            await tried.get()
            store.ill = False
            await tried.get()
            await tried.get()
    running.cancel()
    assert (logs[0]["event"], logs[0]["error"]) == ("tidy_failed", "OSError")
    assert "disk full" not in str(logs)
    assert "update" not in await left(store)
