"""Reminders: few, by day, at sensible moments, and never to who wants none or has left."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from bot.knowledge import Knowledge
from bot.nudges import remind
from bot.turns import Turns
from content.library import Library
from handlers.progress import moments
from handlers.reminders import may_disturb
from handlers.talk import Reply
from storage.inbox import Heard
from storage.outbox import REMINDER
from storage.tables import Draft, Outbox
from storage.unit import Store
from tests.fakes.clock import Time
from tests.workers.fragile import Fragile
from tests.workers.hearing import ANY

PLAN = "vinh-thuan-2025"  # it ends on 31/7/2025
DAY = 86400.0
LAN = ("post", "Lan")
PERIOD = {"start": "2025-04-16", "end": "2025-06-15"}


async def draft(store: Store, name: str = "d1") -> None:
    """Lan has begun to fill in a form."""
    async with store.unit() as unit:
        await unit.inbox.store([Heard("post", name, "Lan", {})])
        lan = (await unit.people.at([LAN]))[LAN]
        lan.consents = {"LĐLĐ huyện": {"version": "1"}}
        row = Draft(id=name, person_id=lan.id, plan=PLAN, form="bang-dang-ky", updated_at=unit.now)
        row.answers = {"name": "Lò sấy lúa", "period": PERIOD}
        unit.drafts.add(row)


class Reminded:
    """The reminders that were queued."""

    def __init__(self, store: Store, library: Library, time: Time) -> None:
        self.store, self.time = store, time
        self.knowledge = Knowledge(library)
        self.turns = Turns(store, self.knowledge, ANY)

    async def after(self, days: float) -> list[Reply]:
        """What is sent when so many days have passed, asked for twice."""
        self.time.passes(days * DAY)
        found: list[Reply] = []
        for _ in range(2):
            await remind(self.store, self.knowledge.library, self.turns.queue)
        async with self.store.unit() as unit:
            for number in range(1, 20):
                row = await unit.session.get(Outbox, number)
                if row and row.state == "queued" and row.body:
                    assert row.priority == REMINDER
                    found.append(Reply.from_json(row.body))
                    row.state, row.due_at = "sent", None
        return found


@pytest.fixture
def reminded(store: Fragile, library: Library, time: Time) -> Reminded:
    return Reminded(store, library, time)


async def test_a_forgotten_draft_is_nudged_once_and_again_before_the_end(
    store: Fragile, reminded: Reminded
) -> None:
    await draft(store)
    assert await reminded.after(2) == []
    (first,) = await reminded.after(1.1)
    assert "Lò sấy lúa (2/11 mục)" in first.text
    assert "Hạn" not in first.text
    assert "Điền tiếp" in first.text
    assert "Đừng nhắc" in first.text
    assert await reminded.after(60) == []
    (last,) = await reminded.after(39)
    assert "Hạn là ngày 31/7/2025 (thứ Năm), còn 5 ngày." in last.text
    assert await reminded.after(4) == []


async def test_one_person_hears_of_one_draft_at_a_time(store: Fragile, reminded: Reminded) -> None:
    await draft(store, "d1")
    await draft(store, "d2")
    assert len(await reminded.after(3.1)) == 1
    assert await reminded.after(1) == []
    assert len(await reminded.after(3)) == 1


@pytest.mark.parametrize("why", ["left", "one", "all"])
async def test_who_left_or_wants_none_is_not_reminded(
    store: Fragile, reminded: Reminded, why: str
) -> None:
    await draft(store)
    async with store.unit() as unit:
        if why == "left":
            await unit.people.unreachable([LAN])
        else:
            lan = (await unit.people.at([LAN]))[LAN]
            lan.wishes = {"muted": ["d1"]} if why == "one" else {"off": True}
    assert await reminded.after(3.1) == []


async def test_progress_is_asked_for_at_its_moments_and_never_twice_a_week(
    store: Fragile, reminded: Reminded
) -> None:
    await draft(store)
    async with store.unit() as unit:
        row = await unit.drafts.get("d1")
        assert row
        await unit.registrations.submit(row, "ACDEFH", row.answers)
    assert await reminded.after(29) == [], "14/5"
    (half,) = await reminded.after(2)
    assert "Lò sấy lúa (ACDEFH) làm tới đâu rồi?" in half.text
    assert await reminded.after(22) == [], "7/6"
    (near,) = await reminded.after(1)
    assert near == half
    assert await reminded.after(6) == [], "14/6"
    async with store.unit() as unit:
        found = await unit.registrations.get(1)
        assert found
        await unit.registrations.tell(found, 90, "")
    assert await reminded.after(2) == [], "16/6: told the day before yesterday"
    (after,) = await reminded.after(6)
    assert "Lần trước anh chị báo 90%" in after.text
    assert await reminded.after(30) == []


def test_the_moments_are_half_way_a_week_before_the_end_and_the_day_after_it() -> None:
    first, last = date(2025, 4, 16), date(2025, 6, 15)
    assert moments(first, last) == (date(2025, 5, 16), date(2025, 6, 8), date(2025, 6, 16))
    assert moments(last, last) == (last, last + timedelta(days=1))


def test_nobody_is_disturbed_at_night(time: Time) -> None:
    assert may_disturb(time.now)
    time.passes(12.1 * 3600)
    assert not may_disturb(time.now), "20:06"
    time.passes(11.3 * 3600)
    assert not may_disturb(time.now), "7:24"
    time.passes(0.2 * 3600)
    assert may_disturb(time.now)


async def test_nobody_is_reminded_while_a_restored_backup_is_held(
    store: Fragile, reminded: Reminded
) -> None:
    await draft(store)
    async with store.unit() as unit:
        await unit.holds.begin("backup")
    assert await reminded.after(3.1) == []
    async with store.unit() as unit:
        await unit.holds.end(None)
    assert len(await reminded.after(0)) == 1
