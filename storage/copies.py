"""Copies of a SQLite database: made while it is in use, and put back. Each begins held back."""

from __future__ import annotations

import fcntl
import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import datetime
from pathlib import Path

from sqlalchemy import Connection, Engine, create_engine, make_url, select, update
from sqlmodel import Session, col

from storage.tables import Hold
from storage.upgrade import HEAD, MIGRATIONS, migrate, revision

WITH = ("-wal", "-shm")  # files that SQLite keeps beside a database
Clock = Callable[[], datetime]
WHY = "backup"


def file_of(url: str) -> Path | None:
    """The file of a SQLite database; None for any other."""
    address = make_url(url)
    on_disk = address.get_backend_name() == "sqlite" and address.database
    return Path(str(address.database)) if on_disk else None


class BadCopy(Exception):
    """A file that is no whole copy of a database of ours; ``args`` are why, and what it says."""


def back_up(source: Path, target: Path, clock: Clock) -> None:
    """Copy a database, which may be in use, whole or not at all: checked, on the disk, and held.

    In one read, as it is at this moment: with SQLite's log that holds up nobody who writes.
    """
    with beside(target) as part:
        duplicate(source, part)
        with opened(part) as connection:
            migrate(connection)
            hold(connection, clock())
        check(part)
        put(part, target)


def fetch(copy: Path, target: Path, clock: Clock) -> None:
    """Copy a backup, brought up to date, to where it can take a database's place: held, checked.

    Raise BadCopy where it is damaged, newer than we are, or none of ours.
    """
    try:
        check(copy)
        duplicate(copy, target)
        with opened(target) as connection:
            known(connection)
            migrate(connection)
            if not held(connection):  # it was made by other means
                hold(connection, clock())
    except sqlite3.DatabaseError as error:
        raise BadCopy("damaged", str(error)) from error


def put_aside(database: Path, kept: Path) -> bool:
    """Rename a database, with all that is written in its log; False where there is none."""
    try:
        with closing(sqlite3.connect(f"file:{database}?mode=rw", uri=True)) as connection:
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    except sqlite3.DatabaseError:
        pass  # damaged: kept as it is
    # The log first: what is put in its place must never be met by it.
    there = [end for end in (*WITH, "") if Path(f"{database}{end}").exists()]
    for end in there:
        Path(f"{database}{end}").rename(f"{kept}{end}")
    return bool(there)


@contextmanager
def used(database: Path, *, alone: bool = False) -> Iterator[bool]:
    """Have a database in use while the block runs; False where that cannot be.

    Whoever wants it alone cannot have it beside others, nor they beside them. It ends with us,
    however we end.
    """
    with Path(f"{database}-use").open("w") as mark:
        try:
            fcntl.flock(mark, (fcntl.LOCK_EX if alone else fcntl.LOCK_SH) | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
        else:
            yield True


@contextmanager
def beside(target: Path) -> Iterator[Path]:
    """A new file in the same folder, for our own user only; nothing of it stays."""
    part = target.with_name(f".{target.name}.{os.getpid()}")
    os.close(os.open(part, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    try:
        yield part
    finally:
        for end in ("", "-journal", *WITH):
            Path(f"{part}{end}").unlink(missing_ok=True)


def duplicate(source: Path, target: Path) -> None:
    with (
        closing(sqlite3.connect(f"file:{source}?mode=ro", uri=True)) as read,
        closing(sqlite3.connect(target)) as written,
    ):
        read.backup(written)


def check(copy: Path) -> None:
    """Raise BadCopy where a database is damaged."""
    with closing(sqlite3.connect(f"file:{copy}?mode=ro", uri=True)) as connection:
        [(said,), *_] = connection.execute("PRAGMA integrity_check(1)")
    if said != "ok":
        raise BadCopy("damaged", said)


@contextmanager
def opened(copy: Path) -> Iterator[Connection]:
    """A copy's database, in one transaction."""
    engine: Engine = create_engine(f"sqlite:///{copy}", hide_parameters=True)
    try:
        with engine.begin() as connection:
            yield connection
    finally:
        engine.dispose()


def known(connection: Connection) -> None:
    """Raise BadCopy for a database that is newer than we are, or none of ours."""
    at = revision(connection)
    if at is None:
        raise BadCopy("foreign", "")
    if not any(MIGRATIONS.glob(f"versions/*_{at}.py")):
        raise BadCopy("newer" if at > HEAD else "foreign", at)


def held(connection: Connection) -> bool:
    standing = select(col(Hold.id)).where(col(Hold.ended_at).is_(None))
    return connection.execute(standing).first() is not None


def hold(connection: Connection, now: datetime) -> None:
    """Have the copy begin held back, wherever and however it is put back."""
    with Session(connection) as session:
        standing = col(Hold.ended_at).is_(None)
        session.execute(update(Hold).where(standing).values(ended_at=now))
        session.add(Hold(since=now, why=WHY))
        session.flush()


def put(part: Path, target: Path) -> None:
    """Give a finished copy its name; after a power cut it is there whole, or not at all."""
    with closing(sqlite3.connect(part)) as connection:
        connection.execute("PRAGMA journal_mode = DELETE")  # one file is all there is of it
    flush(part)
    part.replace(target)
    flush(target.parent)


def flush(path: Path) -> None:
    number = os.open(path, os.O_RDONLY)
    try:
        os.fsync(number)
    finally:
        os.close(number)
