"""What the workers stand on: a database of their own and a clock that stands still."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from bot.knowledge import Knowledge
from bot.sending.sender import Sender
from bot.turns import Turns
from content import shelf
from content.library import Library, load
from content.templates import HERE
from storage.upgrade import upgrade
from tests.content.plan import plan
from tests.databases import sqlite
from tests.fakes.clock import Time
from tests.workers.fragile import Fragile
from tests.workers.hearing import ANY
from tests.workers.post import Post, sender_of

SMALL = {"ke-hoach-mot": "Tân Lập", "ke-hoach-hai": "Ao Sen"}


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    """Our content with two small plans for ours: who reads it again and again need not wait."""
    ours = tmp_path_factory.mktemp("ours")
    for each in HERE.iterdir():
        if each.name != "plans":
            (ours / each.name).symlink_to(each)
    (ours / "plans").mkdir()
    for name, where in SMALL.items():
        text = plan(name).replace("Tân Lập", where).replace("hoạch mẫu", f"hoạch {where}")
        (ours / "plans" / f"{name}.yaml").write_text(text, "utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(shelf, "HERE", ours)
        yield load()


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
