"""Opening the memory for the first time after a start: brought up to date, or told why not."""

from __future__ import annotations

from sqlalchemy import URL, create_engine, make_url
from sqlalchemy.exc import DBAPIError, SQLAlchemyError

from storage.engine import open_engine
from storage.upgrade import upgrade


class Unopened(Exception):
    """A database that cannot be opened: the driver's words, and the address without password."""

    def __init__(self, reason: str, address: str) -> None:
        super().__init__(reason)
        self.address = address


async def open_first(url: str) -> bool:
    """Migrate the database to the newest revision; return whether there was anything to do."""
    try:
        engine = open_engine(url)
        if engine.dialect.name == "sqlite":
            knock(engine.url)
        try:
            return await upgrade(engine)
        finally:
            await engine.dispose()
    except (SQLAlchemyError, OSError, ImportError, ValueError) as error:
        raise Unopened(reason(error), shown(url)) from error


def knock(url: URL) -> None:
    """Open the file here first: refused, aiosqlite's thread would outlive the loop."""
    engine = create_engine(url.set(drivername="sqlite"), hide_parameters=True)
    try:
        with engine.connect() as connection:
            connection.exec_driver_sql("PRAGMA schema_version")
    finally:
        engine.dispose()


def reason(error: Exception) -> str:
    """What the driver says, in one line."""
    said = error.orig if isinstance(error, DBAPIError) and error.orig else error
    return f"{said}".partition("\n")[0] or type(said).__name__


def shown(url: str) -> str:
    """An address that may be shown; of one that cannot be read, only how it begins."""
    try:
        address = make_url(url)
    except (SQLAlchemyError, ValueError):
        return f"{url.partition(':')[0]}://…"
    return address.set(drivername=address.get_backend_name()).render_as_string()
