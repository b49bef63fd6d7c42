"""The workers together: how they stop, and what one program leaves to another."""

from __future__ import annotations

import asyncio

import pytest

from bot.app import App
from bot.knowledge import Knowledge
from bot.serve import work
from content.library import Library
from storage.outbox import LEASE
from storage.unit import Store
from tests.fakes.clock import Time
from tests.workers.fragile import Fragile
from tests.workers.post import Post, say


async def fails(post: Post) -> None:
    """A job that ends badly while a message is under way, which arrives a little later."""
    await post.begun.wait()
    asyncio.get_running_loop().call_later(0.01, post.open.set)
    raise OSError("broken")


async def test_a_job_that_fails_lets_the_sends_in_hand_finish(
    store: Store, library: Library, post: Post
) -> None:
    post.open.clear()
    app = App(store, Knowledge(library), {"post": post})
    await say(store, "Lan", "1")
    async with asyncio.timeout(5):
        with pytest.raises(ExceptionGroup):
            await work(app, [fails(post)], asyncio.Event())
    assert post.arrived == ["1"]
    async with store.view() as unit:
        assert await unit.outbox.count_waiting() == 0


async def test_a_program_that_starts_leaves_alone_what_another_one_sends(
    store: Store, library: Library, post: Post, time: Time
) -> None:
    await say(store, "Lan", "1")
    async with store.unit() as unit:
        assert await unit.outbox.claim(1, ["post"])
    await App(store, Knowledge(library), {"terminal": Post("terminal")}).open()
    async with store.view() as unit:
        assert not await unit.outbox.is_due(["post"])
    time.passes(LEASE.total_seconds() / 2)
    await App(store, Knowledge(library), {"post": post}).open()
    async with store.view() as unit:
        assert await unit.outbox.is_due(["post"])


async def test_how_we_are_is_told_also_when_the_database_is_gone(
    store: Fragile, library: Library
) -> None:
    app = App(store, Knowledge(library), {})
    assert (await app.healthy())["ok"]
    async with store.engine.begin() as connection:
        await connection.exec_driver_sql("DROP TABLE outbox")
    assert await app.healthy() == {"ok": False, "database": "OperationalError"}
