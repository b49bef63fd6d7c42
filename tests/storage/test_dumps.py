"""A backup of PostgreSQL begins held back, wherever it is loaded."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest
from sqlalchemy import make_url, text

from storage import dumps
from storage.copies import BadCopy
from storage.unit import Store
from storage.upgrade import upgrade
from tests.databases import empty, postgresql
from tests.fakes.clock import Time
from tests.storage.leaving import drained, say


@pytest.fixture
async def filled(emptied: str, time: Time) -> str:
    """A database in which a message waits; skips where no ``pg_dump`` could read it."""
    store = Store(emptied, time)
    try:
        await upgrade(store.engine)
        await empty(store.engine)
        await say(store, "Lan", "old")
        async with store.engine.connect() as connection:
            server = await connection.scalar(text("SHOW server_version_num"))
    finally:
        await store.close()
    if newest() < int(str(server)) // 10000 or not shutil.which("psql"):
        pytest.skip("no pg_dump as new as the server")
    return emptied


def newest() -> int:
    """The version of ``pg_dump``; 0 where there is none."""
    if not shutil.which("pg_dump"):
        return 0
    said = subprocess.run(["pg_dump", "--version"], capture_output=True, text=True, check=True)
    found = re.search(r"\d+", said.stdout)
    return int(found[0]) if found else 0


def load(address: str, dump: Path) -> None:
    """As the operator's guide says."""
    loaded = ["psql", "-X", "-1", "-q", "-v", "ON_ERROR_STOP=1", "-f", str(dump)]
    env = {**os.environ, **dumps.named(make_url(address))}
    subprocess.run(loaded, env=env, check=True, capture_output=True)


async def test_a_dump_is_held_wherever_it_is_loaded(
    filled: str, postgres: str, time: Time, tmp_path: Path
) -> None:
    dump = tmp_path / "copy.sql"
    dumps.back_up(filled, dump, time)
    assert dump.stat().st_mode & 0o777 == 0o600
    async with postgresql(postgres) as new:
        load(new, dump)
        restored = Store(new, time)
        try:
            assert not await upgrade(restored.engine)
            assert await drained(restored) == []
            time.passes(1)
            await say(restored, "Lan", "new")
            assert await drained(restored) == ["new"]
            async with restored.unit() as unit:
                await unit.holds.end(None)
            assert await drained(restored) == ["old"]
        finally:
            await restored.close()


async def test_what_pg_dump_refuses_is_told_and_leaves_nothing(
    filled: str, time: Time, tmp_path: Path
) -> None:
    nowhere = make_url(filled).set(database="nowhere").render_as_string(hide_password=False)
    with pytest.raises(BadCopy, match="nowhere"):
        dumps.back_up(nowhere, tmp_path / "copy.sql", time)
    assert not os.listdir(tmp_path)
