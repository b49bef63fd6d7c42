"""Bringing a database to the shape of today's tables."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import Connection, inspect, text
from sqlalchemy.ext.asyncio import AsyncEngine

HEAD = "0007"  # the newest revision in migrations/versions; a test holds it
MIGRATIONS = Path(__file__).parent / "migrations"
ALONE = text("SELECT pg_advisory_xact_lock(7234)")  # the others wait until we are done


async def upgrade(engine: AsyncEngine) -> bool:
    """Migrate to the newest revision; return whether there was anything to do.

    Of several processes that start at once, one migrates: SQLite has one writer anyway.
    """
    async with engine.begin() as connection:
        if engine.dialect.name == "postgresql":
            await connection.execute(ALONE)
        if await connection.run_sync(revision) == HEAD:
            return False
        await connection.run_sync(migrate)
        return True


def revision(connection: Connection) -> str | None:
    """The revision that a database is at; None for an empty one."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    return connection.execute(text("SELECT version_num FROM alembic_version")).scalar()


def migrate(connection: Connection, revision: str = "head") -> None:
    from alembic import command  # slow to load and seldom needed
    from alembic.config import Config

    config = Config(attributes={"connection": connection})
    config.set_main_option("script_location", str(MIGRATIONS))
    command.upgrade(config, revision)
