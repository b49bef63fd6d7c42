"""What a month's messages went to is counted from what left, whatever is forgotten meanwhile."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from sqlalchemy import select
from sqlmodel import col

from bot.channels.base import Abilities
from bot.sending import quota
from bot.tidy import forget
from content.library import Library
from handlers.turn import HERE
from storage.outbox import Outcome, Push
from storage.quotas import QUOTA
from storage.tables import Outbox
from storage.unit import Store
from tests.fakes.clock import Time
from tests.storage.pushing import broadcast, met

CAN = {"zalo": Abilities(max_text=2000, quota=10), "web": Abilities(max_text=2000)}
LAN = ("zalo", "Lan")
DAY = timedelta(days=1).total_seconds()


async def leave(store: Store, *states: str, who: str = "Lan", reason: str = "") -> None:
    """Have messages leave, one after the other, to become of them what is said."""
    for state in states:
        async with store.unit() as unit:
            unit.outbox.add("zalo", who, [{"text": "chào", "buttons": []}])
        async with store.unit() as unit:
            rows = await unit.outbox.claim(1, ["zalo"])
            await unit.outbox.settle([Outcome(row.id, state, reason) for row in rows])


async def standing(store: Store, kept: int = 30) -> tuple[int, dict[str, int], set[str]]:
    """How many were used, may be planned still, and where nothing leaves unasked."""
    async with store.view() as unit:
        left = await quota.left(unit, CAN, kept)
        return await quota.used(unit, "zalo"), left, await quota.spent(unit, CAN, kept)


@pytest.fixture
def march(time: Time) -> Time:
    """The first minute of a month of 31 days, where our people live."""
    time.now = datetime(2025, 3, 1, 0, 1, tzinfo=HERE)
    return time


async def test_what_left_is_counted_and_a_part_is_kept_for_answers(
    store: Store, march: Time
) -> None:
    march.passes(-120)
    await leave(store, "sent", "sent")  # in February
    march.passes(120)
    assert await standing(store) == (0, {"zalo": 7}, set())
    await leave(store, "sent", "uncertain", "failed", "skipped")
    assert await standing(store) == (2, {"zalo": 5}, set())
    await broadcast(store, "tin", "Lan", "Tư", channel="zalo")
    async with store.unit() as unit:
        unit.outbox.add(*LAN, [{"text": "nhắc", "buttons": []}], Push())
    assert await standing(store) == (2, {"zalo": 2}, set())
    await leave(store, *["sent"] * 5, who="Tám")
    assert await standing(store) == (7, {"zalo": 0}, {"zalo"})
    assert await standing(store, kept=0) == (7, {"zalo": 0}, set())
    march.passes(31 * DAY)
    assert await standing(store) == (0, {"zalo": 4}, set())


async def test_what_the_platform_says_goes_before_our_count_until_it_takes_one_again(
    store: Store, march: Time
) -> None:
    await leave(store, "sent", "failed", reason="Rejected: …")
    assert await standing(store) == (1, {"zalo": 6}, set())
    march.passes(1)
    await leave(store, "failed", reason=QUOTA)
    assert await standing(store) == (1, {"zalo": 0}, {"zalo"})
    march.passes(1)
    await leave(store, "uncertain", "failed")
    assert await standing(store) == (2, {"zalo": 0}, {"zalo"})
    march.passes(1)
    await leave(store, "sent")  # the office has bought more
    assert await standing(store) == (3, {"zalo": 4}, set())
    march.passes(1)
    await leave(store, "failed", reason=QUOTA)
    march.passes(31 * DAY)
    assert await standing(store) == (0, {"zalo": 7}, set())


async def test_nothing_of_the_month_is_forgotten_but_of_whom_it_tells(
    store: Store, march: Time, library: Library
) -> None:
    short = library.rights.retention.model_copy(update={"messages": timedelta(days=1)})
    hasty = replace(library, rights=library.rights.model_copy(update={"retention": short}))
    await leave(store, "sent", "sent")
    await leave(store, "failed", reason=QUOTA)
    await leave(store, "sent", who="Tư")
    march.passes(2 * DAY)
    await forget(store, hasty, [], ["zalo"])
    await leave(store, "sent", "sent")
    async with store.unit() as unit:
        await unit.outbox.erase([LAN])
    march.passes(28 * DAY)  # the 31st
    await forget(store, library, [], ["zalo"])
    assert await standing(store) == (5, {"zalo": 2}, set())
    async with store.view() as unit:
        rows = (await unit.session.scalars(select(Outbox))).all()
        assert {(row.address, row.body, row.person_id, row.about) for row in rows} == {
            ("", None, None, "")
        }
    march.passes(5 * DAY)
    await forget(store, library, [], ["zalo"])
    async with store.view() as unit:
        assert not (await unit.session.scalars(select(col(Outbox.id)))).all()


async def test_without_a_month_to_count_nothing_is_kept(store: Store, march: Time) -> None:
    await leave(store, "sent")
    march.passes(DAY)
    async with store.unit() as unit:
        await unit.quotas.keep(unit.now, ["messenger"])
        await unit.outbox.forget(unit.now)
    assert (await standing(store))[0] == 0


async def test_who_ever_wrote_is_counted(store: Store) -> None:
    async with store.unit() as unit:
        await met(unit, "zalo", ["Lan", "Tư"])
        await met(unit, "web", ["Lan"])
    async with store.view() as unit:
        assert await quota.people(unit, "zalo") == 2
