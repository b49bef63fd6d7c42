"""Any database, also an empty one, is brought to the shape of today's tables, once."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, inspect, text
from sqlalchemy.ext.asyncio import AsyncEngine
from sqlmodel import SQLModel

from storage.engine import open_engine
from storage.inbox import Heard
from storage.unit import Store
from storage.upgrade import HEAD, MIGRATIONS, migrate, revision, upgrade
from tests.databases import postgresql, unborn
from tests.fakes.clock import Time

PERSON = """
INSERT INTO person (id, created_at, consents, profile, plan, talk)
VALUES (1, '2025-04-15 01:00:00', '{}', '{}', 'p', '{}')
"""
QUIET = """
INSERT INTO person (id, created_at, consents, profile, plan, talk)
VALUES (:number, '2025-04-15 01:00:00', '{}', '{}', 'p', :talk)
"""
NUDGED = """
INSERT INTO draft
  (id, person_id, plan, form, answers, editing, steps, updated_at, nudges, nudged_at)
VALUES ('d9', 1, 'p', 'f', '{}', '', '{}', '2025-04-15 01:00:00', 1, '2025-04-18 01:00:00')
"""
BOTH = "SELECT sender, plan FROM address JOIN person ON person_id = person.id"
ADDRESS = "INSERT INTO address (channel, sender, person_id) VALUES ('web', 'Lan', 1)"


@pytest.fixture(params=["sqlite", "postgresql"])
async def address(request: pytest.FixtureRequest) -> AsyncIterator[str]:
    """The address of a new database."""
    if request.param == "sqlite":
        yield unborn(request.getfixturevalue("tmp_path"))
        return
    async with postgresql(request.getfixturevalue("postgres")) as address:
        yield address


@pytest.fixture
async def engine(address: str) -> AsyncIterator[AsyncEngine]:
    engine = open_engine(address)
    yield engine
    await engine.dispose()


def differences(connection: Connection) -> list[object]:
    """What a migration would still have to change; indexes count, and on which rows they are."""
    context = MigrationContext.configure(connection, opts={"compare_server_default": True})
    return [*compare_metadata(context, SQLModel.metadata), *partial(connection)]


def partial(connection: Connection) -> list[str]:
    """Indexes whose rows are others than the tables say: Alembic does not compare those."""
    where = f"{connection.dialect.name}_where"
    kept = {
        index["name"]: str(index.get("dialect_options", {}).get(where, "")).strip("()")
        for table in SQLModel.metadata.tables
        for index in inspect(connection).get_indexes(table)
    }
    wanted = {
        index.name: str(index.dialect_options[connection.dialect.name]["where"])
        for table in SQLModel.metadata.tables.values()
        for index in table.indexes
    }
    return [str(name) for name, rows in wanted.items() if rows != (kept[name] or "None")]


async def test_an_empty_database_gets_today_s_tables(engine: AsyncEngine) -> None:
    assert await upgrade(engine)
    async with engine.connect() as connection:
        assert await connection.run_sync(differences) == []
        assert await connection.run_sync(revision) == HEAD


async def test_upgrading_again_changes_nothing(store: Store) -> None:
    async with store.unit() as unit:
        await unit.inbox.store([Heard("web", "1", "Lan", {})])
    assert not await upgrade(store.engine)
    async with store.view() as unit:
        assert await unit.inbox.count_open() == 1


async def test_what_is_remembered_outlives_an_upgrade(engine: AsyncEngine) -> None:
    async with engine.begin() as connection:
        await connection.run_sync(lambda there: migrate(there, "0001"))
        await connection.execute(text(PERSON))
        await connection.execute(text(ADDRESS))
    assert await upgrade(engine)
    async with engine.connect() as connection:
        [row] = await connection.execute(
            text("SELECT sender, plan FROM address JOIN person ON true")
        )
    assert tuple(row) == ("Lan", "p")


async def test_who_wanted_no_reminders_wants_none_still(engine: AsyncEngine) -> None:
    quiet = {1: '{"quiet": ["all"]}', 2: '{"quiet": ["d1", "d2"]}', 3: '{"context": {}}'}
    async with engine.begin() as connection:
        await connection.run_sync(lambda there: migrate(there, "0003"))
        for number, talk in quiet.items():
            said = {"number": number, "talk": talk}
            await connection.execute(text(QUIET), said)
        await connection.execute(text(NUDGED))
    store = Store(engine.url.render_as_string(hide_password=False), Time())
    assert await upgrade(engine)
    async with store.view() as unit:
        people = [await unit.people.get(number) for number in quiet]
        assert [each.wishes for each in people] == [{"off": True}, {"muted": ["d1", "d2"]}, None]
        assert [each.talk for each in people] == [{}, {}, {"context": {}}]
        [known] = await unit.told.known([1])
        assert [(each.about, each.step) for each in known.told] == [("draft:p/d9", "left")]
    await store.close()


async def test_of_two_processes_that_start_at_once_one_upgrades(
    engine: AsyncEngine, address: str
) -> None:
    other = open_engine(address)
    try:
        async with asyncio.timeout(20):
            assert sorted(await asyncio.gather(upgrade(engine), upgrade(other))) == [False, True]
    finally:
        await other.dispose()


def test_the_newest_migration_is_the_one_that_is_waited_for() -> None:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    assert ScriptDirectory.from_config(config).get_heads() == [HEAD]
