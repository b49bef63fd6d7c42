"""A commit survives a power cut, and what is asked at every turn never looks at what is settled."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event, insert, text

from storage import trips
from storage.engine import write_ahead
from storage.inbox import Heard
from storage.tables import Inbox, Outbox
from storage.unit import Store, Unit
from tests.databases import sqlite
from tests.fakes.clock import Time

SETTLED, OPEN = 10_000, 30
WHOLE_TABLE = re.compile(r"SCAN (in|out)box(_1)?$|Seq Scan on (in|out)box", re.M)
ASKS: dict[str, tuple[Callable[[Unit], Awaitable[object]], set[str]]] = {
    "what waits for its turn": (lambda u: u.inbox.open(100, ["web"]), {"inbox_open"}),
    "what is due": (lambda u: u.outbox.is_due(["web"]), {"outbox_due"}),
    "whose turn to leave": (lambda u: u.outbox.claim(128, ["web"]), {"outbox_due", "outbox_head"}),
    "what a page has missed": (
        lambda u: u.outbox.begun_after("web", "người 7", 9_000, 50),
        {"outbox_begun"},
    ),
}


@pytest.fixture
async def old(store: Store) -> Store:
    """A database that has seen a lot."""
    async with store.unit() as unit:
        now = unit.now
        told = {"channel": "web", "body": {"text": "x"}, "created_at": now, "priority": 0}
        said = {"channel": "web", "received_at": now, "fault": ""}
        settled = [(n, f"người {n % 100}", None, 1) for n in range(SETTLED)]
        due = [(SETTLED + n, f"người {n}", now, 0) for n in range(OPEN)]
        rows = [
            {**told, "address": who, "due_at": at, "attempts": attempts, "state": "", "reason": ""}
            for _, who, at, attempts in settled + due
        ]
        heard = [
            {**said, "update_id": str(n), "sender": who, "done_at": None if at else now}
            for n, who, at, _ in settled + due
        ]
        await unit.session.execute(insert(Outbox), rows)
        await unit.session.execute(insert(Inbox), [{**row, "attempts": 0} for row in heard])
        await unit.session.execute(text("ANALYZE"))
    return store


async def plans(store: Store, ask: Callable[[Unit], Awaitable[object]]) -> str:
    """How the database means to answer the selects of that question, in its own words."""
    asked: list[tuple[str, Any]] = []

    def note(*call: Any) -> None:
        asked.append((call[2], call[3]))

    event.listen(store.engine.sync_engine, "before_cursor_execute", note)
    async with store.view() as unit:
        await ask(unit)
    event.remove(store.engine.sync_engine, "before_cursor_execute", note)
    explain = "EXPLAIN QUERY PLAN" if store.alone else "EXPLAIN"
    lines: list[str] = []
    async with store.engine.connect() as connection:
        for statement, values in asked:
            if statement.startswith("SELECT") and "address.channel" not in statement:
                rows = await connection.exec_driver_sql(f"{explain} {statement}", values)
                lines += [str(row[-1]) for row in rows]
    return "\n".join(lines)


@pytest.mark.parametrize("address", ["sqlite"], indirect=True)
async def test_sqlite_has_written_a_commit_to_the_disk_when_it_returns(store: Store) -> None:
    async with store.unit() as unit:
        pragmas = [
            (await unit.session.execute(text(f"PRAGMA {name}"))).scalar()
            for name in ("journal_mode", "synchronous", "foreign_keys")
        ]
    full = 2
    assert pragmas == ["wal", full, 1]


def test_who_opens_a_new_file_while_another_process_does_waits_for_it(tmp_path: Path) -> None:
    file = tmp_path / "new.db"
    other = sqlite3.connect(file, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")

    class Waiting(sqlite3.Cursor):
        def execute(self, sql: str, *named: Any) -> Waiting:
            if sql.startswith("BEGIN"):
                other.execute("COMMIT")  # done, while we wait
            super().execute(sql, *named)
            return self

    ours = sqlite3.connect(file, isolation_level=None)
    write_ahead(ours.cursor(Waiting))
    assert ours.execute("PRAGMA journal_mode").fetchone() == ("wal",)


async def test_what_is_settled_is_never_looked_at_again(old: Store) -> None:
    for question, (ask, indexes) in ASKS.items():
        plan = await plans(old, ask)
        assert not WHOLE_TABLE.search(plan), (question, plan)
        if old.alone:  # PostgreSQL may take any index that holds only what is open
            assert [index for index in indexes if index not in plan] == [], (question, plan)


async def test_who_only_looks_waits_for_nobody(store: Store, other: Store) -> None:
    async with store.unit() as unit:
        await unit.inbox.store([Heard("web", "1", "Lan", {})])
        async with other.view() as look:
            assert await look.inbox.count_open() == 0
    async with other.view() as look:
        assert await look.inbox.count_open() == 1


@pytest.mark.parametrize("known", [True, False])
async def test_with_another_aiosqlite_than_ours_it_works_all_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, known: bool
) -> None:
    assert trips.fits(), "aiosqlite has changed: look at storage/trips.py"
    monkeypatch.setattr(trips, "fits", lambda: known)
    store = Store(sqlite(tmp_path), lambda: Time().now)
    async with store.unit() as unit:
        connection = await (await unit.session.connection()).get_raw_connection()
        assert isinstance(connection.driver_connection, trips.Connection) == known
        assert await unit.session.scalar(text("SELECT 1")) == 1
    await store.close()
