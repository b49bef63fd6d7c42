"""Turns: each update takes effect once, whole or not at all, and none holds up another person."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
from sqlalchemy import event

from bot.app import App
from bot.knowledge import Knowledge
from bot.turns import Turns
from content.library import Library
from storage.unit import Store
from tests.databases import registrations, sqlite
from tests.workers.hearing import ANY, SEND, filled_in, hear, made, poison, replies, said


async def test_an_update_takes_effect_once_however_often_it_comes(
    store: Store, turns: Turns
) -> None:
    await hear(store, said("1"), said("1"))
    assert await turns.round() == 1
    await hear(store, said("1"))
    assert await turns.round() == 0
    assert len(await replies(store)) == 1


async def test_many_turns_are_one_commit(store: Store, turns: Turns) -> None:
    await hear(store, *(said(str(n), f"người {n % 10}") for n in range(30)))
    commits: list[object] = []
    event.listen(store.engine.sync_engine, "commit", commits.append)
    assert await turns.round() == 30
    assert len(commits) == 1
    assert len(await replies(store)) == 30


@pytest.mark.parametrize("apart", [False, True])
async def test_everybody_is_answered_in_the_order_of_their_words(
    store: Store, turns: Turns, library: Library, apart: bool
) -> None:
    plans = [*library.plans.values()]
    asked = [(f"người {n % 3}", plans[n % 5]) for n in range(15)]
    await hear(
        store, *(said(str(n), who, value=f"plan:{p.id}") for n, (who, p) in enumerate(asked))
    )
    if apart:
        await hear(store, poison("poison", "Tư"))
    await turns.round()
    told = await replies(store)
    for person in ("người 0", "người 1", "người 2"):
        texts = [text for who, text in told if who == person]
        names = [plan.name for who, plan in asked if who == person]
        assert len(texts) == len(names)
        assert all(name in text for name, text in zip(names, texts, strict=True))


@pytest.mark.parametrize("together", [True, False])
async def test_a_form_that_is_sent_twice_is_registered_once(
    store: Store, turns: Turns, library: Library, together: bool
) -> None:
    await filled_in(store, library)
    await hear(store, said("tap", value=SEND))
    if not together:
        await turns.round()
    await hear(store, said("second tap", value=SEND))
    await turns.round()
    assert await made(store) == (1, 0)
    async with store.view() as unit:
        (registration,) = await registrations(unit)
    told = [text for _, text in await replies(store)]
    assert len(told) == 2
    assert all(registration.code in text for text in told)


async def test_what_was_heard_before_a_crash_is_answered_after_it(
    store: Store, library: Library, tmp_path: Path
) -> None:
    await hear(store, said("1"))
    restarted = Store(sqlite(tmp_path), store.clock)
    try:
        app = App(restarted, Knowledge(library), {})
        await app.open()
        assert await Turns(restarted, Knowledge(library), ANY).round() == 1
        assert len(await replies(restarted)) == 1
    finally:
        await restarted.close()


async def test_a_turn_begins_when_something_was_stored(store: Store, turns: Turns) -> None:
    running = asyncio.create_task(turns.run())
    await hear(store, said("1"))
    turns.news.set()
    async with asyncio.timeout(5):
        await turns.queued.wait()
    running.cancel()
    assert len(await replies(store)) == 1
