"""Intake: whoever hears "received" is right, whatever happens afterwards."""

from __future__ import annotations

import asyncio

import pytest
from sqlalchemy import event

from bot.intake import Intake
from handlers.talk import Incoming
from storage.unit import Store
from tests.fakes.staff import parked_updates
from tests.workers.fragile import Fragile


@pytest.fixture
def intake(store: Fragile) -> Intake:
    return Intake(store, asyncio.Event())


def said(update: int) -> Incoming:
    return Incoming("web", str(update), f"người {update}", "xin chào")


async def kept(store: Store) -> int:
    async with store.view() as unit:
        return await unit.inbox.count_open()


async def hearing(intake: Intake, *updates: int) -> list[asyncio.Task[None]]:
    """Several that arrive at the same moment, each waiting to be told."""
    tasks = [asyncio.create_task(intake.hear([said(update)])) for update in updates]
    await asyncio.sleep(0)  # they begin, and wait
    return tasks


async def test_nobody_is_told_before_it_is_stored(store: Fragile, intake: Intake) -> None:
    (one,) = await hearing(intake, 1)
    assert (one.done(), await kept(store)) == (False, 0)
    await intake.store_all()
    await one
    assert await kept(store) == 1


async def test_what_arrives_together_is_one_commit(store: Fragile, intake: Intake) -> None:
    commits: list[object] = []
    event.listen(store.engine.sync_engine, "commit", commits.append)
    tasks = await hearing(intake, *range(40))
    await intake.store_all()
    await asyncio.gather(*tasks)
    assert len(commits) == 1
    assert await kept(store) == 40


async def test_whoever_could_not_be_stored_is_told_so(store: Fragile, intake: Intake) -> None:
    tasks = await hearing(intake, 1, 2)
    store.ill = True
    await intake.store_all()
    assert all(isinstance(task.exception(), OSError) for task in await ended(tasks))
    assert not intake.news.is_set()
    assert await kept(store) == 0


async def ended(tasks: list[asyncio.Task[None]]) -> list[asyncio.Task[None]]:
    await asyncio.wait(tasks, timeout=5)
    return tasks


async def test_after_a_failure_it_is_taken_when_it_comes_again(
    store: Fragile, intake: Intake
) -> None:
    running = asyncio.create_task(intake.run())
    store.ill = True
    with pytest.raises(OSError, match="disk full"):
        await intake.hear([said(1)])
    store.ill = False
    await intake.hear([said(1)])
    running.cancel()
    assert await kept(store) == 1
    assert intake.news.is_set()


async def test_who_hangs_up_while_waiting_harms_nobody(store: Fragile, intake: Intake) -> None:
    gone, stays = await hearing(intake, 1, 2)
    gone.cancel()
    await asyncio.wait([gone])
    await intake.store_all()
    await stays
    assert await kept(store) == 2


async def test_stopping_in_the_middle_tells_that_it_is_not_known(
    store: Fragile, intake: Intake
) -> None:
    running = asyncio.create_task(intake.run())
    async with store.unit():  # somebody else writes, so that storing has to wait
        (one,) = await hearing(intake, 1)
        await asyncio.sleep(0)
        running.cancel()
        await asyncio.wait([running])
    with pytest.raises(ConnectionAbortedError):
        await one


async def test_what_nobody_can_read_is_kept_for_staff(store: Fragile, intake: Intake) -> None:
    running = asyncio.create_task(intake.run())
    await intake.park("telegram", "7", '{"update_id": 7, "strange": "Ừ \\ud800"}')
    running.cancel()
    async with store.view() as unit:
        (parked,) = await parked_updates(unit)
    assert parked.body == {"raw": {"update_id": 7, "strange": "Ừ \ud800"}}
    assert await kept(store) == 0


async def test_hearing_nothing_is_done_at_once(intake: Intake) -> None:
    await intake.hear([])
    assert not intake.arrived.is_set()
