"""What the workers stand on: a database of their own and a clock that stands still."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.knowledge import Knowledge
from bot.sender import Sender
from bot.turns import Turns
from content.library import Library
from storage.upgrade import upgrade
from tests.databases import sqlite
from tests.fakes.clock import Time
from tests.workers.fragile import Fragile
from tests.workers.hearing import ANY
from tests.workers.post import Post, sender_of


@pytest.fixture
def time() -> Time:
    return Time()


@pytest.fixture
async def store(tmp_path: Path, time: Time) -> AsyncIterator[Fragile]:
    store = Fragile(sqlite(tmp_path), time)
    await upgrade(store.engine)
    yield store
    await store.close()


@pytest.fixture
def post() -> Post:
    return Post(pace=50)


@pytest.fixture
def sender(store: Fragile, post: Post) -> Sender:
    return sender_of(store, post)


@pytest.fixture
def turns(store: Fragile, library: Library) -> Turns:
    return Turns(store, Knowledge(library), ANY)
