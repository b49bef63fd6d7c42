"""Backups: made while somebody writes, whole, held back; what is none of ours is refused."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import create_engine

from storage import copies
from storage.copies import BadCopy
from storage.upgrade import HEAD, migrate
from tests.databases import sqlite
from tests.fakes.clock import Time


@pytest.fixture
def database(tmp_path: Path) -> Path:
    """A database of our own, whose log is in use."""
    found = copies.file_of(sqlite(tmp_path))
    assert found
    return found


def ran(database: Path, *statements: str) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(database)) as connection, connection:
        return [row for each in statements for row in connection.execute(each)]


def person(moment: str) -> str:
    columns = "created_at, plan, talk, profile, consents"
    return f"INSERT INTO person ({columns}) VALUES ('{moment}', '', '{{}}', '{{}}', '{{}}')"


def test_it_is_made_while_somebody_writes_and_begins_held_back(
    database: Path, tmp_path: Path, time: Time
) -> None:
    ran(database, "PRAGMA journal_mode = WAL", person("2025-01-01"))
    copy = tmp_path / "copy.db"
    with closing(sqlite3.connect(database)) as writer:
        writer.execute(person("2025-01-02"))  # and not yet committed
        copies.back_up(database, copy, time)
        writer.commit()
    assert ran(copy, "SELECT count(*) FROM person") == [(1,)]
    assert ran(copy, "SELECT why, ended_at, told_at FROM hold") == [("backup", None, None)]
    assert ran(database, "SELECT count(*) FROM hold") == [(0,)], "it is the copy that is held"
    assert copy.stat().st_mode & 0o777 == 0o600
    there = {path.name for path in tmp_path.iterdir() if path.name.startswith((".", "copy"))}
    assert there == {"copy.db"}


def damage(copy: Path) -> None:
    whole = bytearray(copy.read_bytes())
    whole[4096:12288] = b"x" * 8192
    copy.write_bytes(whole)


def strange(copy: Path) -> None:
    copy.unlink()
    ran(copy, "CREATE TABLE thing (id INTEGER)")


def newer(copy: Path) -> None:
    ran(copy, "UPDATE alembic_version SET version_num = '9999'")


@pytest.mark.parametrize(
    ("spoil", "why"), [(damage, "damaged"), (strange, "foreign"), (newer, "newer")]
)
def test_what_is_no_good_is_refused(
    database: Path, tmp_path: Path, time: Time, spoil: Callable[[Path], None], why: str
) -> None:
    spoil(database)
    with pytest.raises(BadCopy) as refused:
        copies.fetch(database, tmp_path / "fetched.db", time)
    assert refused.value.args[0] == why


def test_an_old_copy_made_by_other_means_is_migrated_and_held(tmp_path: Path, time: Time) -> None:
    old, fetched = tmp_path / "old.db", tmp_path / "fetched.db"
    engine = create_engine(f"sqlite:///{old}")
    with engine.begin() as connection:
        migrate(connection, "0001")
    engine.dispose()
    copies.fetch(old, fetched, time)
    assert ran(fetched, "SELECT version_num FROM alembic_version") == [(HEAD,)]
    assert len(ran(fetched, "SELECT id FROM hold WHERE ended_at IS NULL")) == 1


def test_what_is_put_aside_keeps_what_stands_in_its_log(database: Path, tmp_path: Path) -> None:
    ran(database, "PRAGMA journal_mode = WAL")
    crashed, kept = tmp_path / "crashed.db", tmp_path / "kept.db"
    with closing(sqlite3.connect(database)) as connection:
        connection.execute(person("2025-01-01"))
        connection.commit()
        for end in ("", "-wal"):
            shutil.copy(f"{database}{end}", f"{crashed}{end}")
    assert copies.put_aside(crashed, kept)
    assert not [*tmp_path.glob("crashed*")]
    assert ran(kept, "SELECT count(*) FROM person") == [(1,)]
    assert not copies.put_aside(crashed, kept), "there is none any more"


def test_whoever_wants_it_alone_is_refused_while_others_use_it(database: Path) -> None:
    with copies.used(database) as one, copies.used(database) as other:
        assert one
        assert other
        with copies.used(database, alone=True) as alone:
            assert not alone
    with copies.used(database, alone=True) as alone, copies.used(database) as late:
        assert alone
        assert not late
