"""Each test of the storage runs on SQLite and on PostgreSQL, on a database of its own."""

from __future__ import annotations

import os
from collections.abc import AsyncIterator, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
import pytest_asyncio

from storage.unit import Store
from storage.upgrade import upgrade
from tests.databases import empty, postgresql, server, sqlite
from tests.fakes.clock import Time


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    """A server; missing, it skips these tests, but never where the CI runs them."""
    with ExitStack() as stack:
        try:
            address = stack.enter_context(server())
        except FileNotFoundError as error:
            missing = pytest.fail if os.environ.get("CI") == "true" else pytest.skip
            missing(str(error))
        yield address


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def emptied(postgres: str) -> AsyncIterator[str]:
    """The address of a database that each test finds empty: to make a new one takes too long."""
    async with postgresql(postgres) as address:
        yield address


@pytest.fixture(params=["sqlite", "postgresql"])
def address(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of a database."""
    on_sqlite = request.param == "sqlite"
    return sqlite(tmp_path) if on_sqlite else str(request.getfixturevalue("emptied"))


@pytest.fixture
def time() -> Time:
    return Time()


@pytest.fixture
async def store(address: str, time: Time) -> AsyncIterator[Store]:
    """The memory of one process."""
    store = Store(address, time)
    used = not await upgrade(store.engine)
    if used and store.engine.dialect.name == "postgresql":
        await empty(store.engine)
    yield store
    await store.close()


@pytest.fixture
async def other(store: Store, address: str, time: Time) -> AsyncIterator[Store]:
    """The memory of another process, on the same database."""
    other = Store(address, time)
    yield other
    await other.close()
