"""Opening the database: SQLite that survives a power cut, or PostgreSQL."""

from __future__ import annotations

import json
import sqlite3
from time import monotonic
from typing import Any

import orjson
from sqlalchemy import Connection, event
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession, create_async_engine

from storage.trips import connect

READS = {"reads": True}  # execution option of a connection that only looks
BLIND = {"synchronize_session": False}  # of a change: no row that it meets is kept in the session

PATIENCE = 10  # seconds that one waits for who has the file
WRITE_AHEAD = "PRAGMA journal_mode = WAL"
PRAGMAS = (
    "PRAGMA synchronous = FULL",  # a commit is on the disk before it is acknowledged
    "PRAGMA foreign_keys = ON",
    "PRAGMA secure_delete = ON",  # what goes is overwritten in the file, not only let go of
    f"PRAGMA busy_timeout = {PATIENCE * 1000}",
)


def open_engine(url: str) -> AsyncEngine:
    """An engine for ``sqlite+aiosqlite://…`` or ``postgresql+asyncpg://…``."""
    engine = create_async_engine(
        url,
        hide_parameters=True,  # errors are logged; texts are not
        json_serializer=written,
        json_deserializer=parsed,
    )
    if engine.dialect.name == "sqlite":
        event.listen(engine.sync_engine, "do_connect", connect)
        event.listen(engine.sync_engine, "connect", on_connect)
        event.listen(engine.sync_engine, "begin", on_begin)
    return engine


def written(value: Any) -> str:
    """A value as JSON; what nobody could read may hold half characters, which orjson refuses."""
    try:
        return orjson.dumps(value).decode()
    except TypeError:
        return json.dumps(value)


def parsed(text: str) -> Any:
    """The value that ``written`` wrote."""
    try:
        return orjson.loads(text)
    except orjson.JSONDecodeError:
        return json.loads(text)


def on_connect(connection: Any, record: object) -> None:
    connection.isolation_level = None  # we say BEGIN ourselves, below
    cursor = connection.cursor()
    for pragma in PRAGMAS:
        cursor.execute(pragma)
    write_ahead(cursor)
    cursor.close()


def write_ahead(cursor: Any) -> None:
    """Have the file keep a write-ahead log.

    Of several who turn a new file to it at once SQLite refuses all but one, without waiting: who
    is refused waits for the one as a writer does, and finds it done.
    """
    until = monotonic() + PATIENCE
    while True:
        try:
            cursor.execute(WRITE_AHEAD)
            return
        except sqlite3.OperationalError:
            if monotonic() > until:
                raise  # somebody reads on and on
            cursor.execute("BEGIN IMMEDIATE")
            cursor.execute("ROLLBACK")


def on_begin(connection: Connection) -> None:
    """Take the write lock at once: upgrading a read to a write could fail in the middle."""
    reads = connection.get_execution_options().get("reads", False)
    connection.exec_driver_sql("BEGIN" if reads else "BEGIN IMMEDIATE")


async def insert_new(session: AsyncSession, table: Any, rows: list[dict[str, Any]]) -> None:
    """Insert the rows that are not there yet."""
    on_sqlite = session.get_bind().dialect.name == "sqlite"
    new = sqlite.insert(table) if on_sqlite else postgresql.insert(table)
    if rows:
        await session.execute(new.on_conflict_do_nothing(), rows)
