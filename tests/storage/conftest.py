"""Each test of the storage runs on SQLite and on PostgreSQL, on a database of its own."""

from __future__ import annotations

import os
from collections.abc import AsyncIterator, Iterator
from contextlib import ExitStack

import pytest

from storage.unit import Store
from storage.upgrade import upgrade
from tests.databases import postgresql, server, sqlite
from tests.web.house import Time


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


@pytest.fixture(params=["sqlite", "postgresql"])
async def address(request: pytest.FixtureRequest) -> AsyncIterator[str]:
    """The address of an empty database."""
    if request.param == "sqlite":
        yield sqlite(request.getfixturevalue("tmp_path"))
        return
    async with postgresql(request.getfixturevalue("postgres")) as address:
        yield address


@pytest.fixture
def time() -> Time:
    return Time()


@pytest.fixture
async def store(address: str, time: Time) -> AsyncIterator[Store]:
    """The memory of one process."""
    store = Store(address, time)
    await upgrade(store.engine)
    yield store
    await store.close()


@pytest.fixture
async def other(store: Store, address: str, time: Time) -> AsyncIterator[Store]:
    """The memory of another process, on the same database."""
    other = Store(address, time)
    yield other
    await other.close()
