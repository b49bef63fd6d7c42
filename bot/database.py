"""The database as the settings name it, opened or told in operators' words."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager, nullcontext
from typing import TypeVar

from bot.run import run
from bot.settings import BadSettings, Settings
from storage.copies import file_of, used
from storage.opening import Unopened, open_first
from storage.unit import Store

Result = TypeVar("Result")
EXPECTED = {
    "sqlite": "phải là tệp SQLite trong một thư mục đang có và ghi được",
    "postgresql": "cần máy chủ PostgreSQL đang chạy, cơ sở dữ liệu đã tạo sẵn (createdb),"
    " đúng tên người dùng và mật khẩu",
}

BUSY = "đang có chương trình dùng cơ sở dữ liệu này; dừng thidua serve và thidua chat rồi làm lại"
BEING_RESTORED = "đang phục hồi bản sao lưu vào cơ sở dữ liệu này; đợi xong rồi chạy lại"


def up_to_date(settings: Settings) -> bool:
    """Bring the database to today's shape, and say whether it was not; raise BadSettings where
    it cannot be opened.
    """
    try:
        settings.data_dir.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        told = f"THIDUA_DATA_DIR: {settings.data_dir} không dùng được ({error.strerror})"
        raise BadSettings(f"{told}; phải là thư mục ghi được, ví dụ data") from error
    try:
        return run(open_first(settings.database()))
    except Unopened as unopened:
        name = "THIDUA_DATABASE_URL" if settings.database_url else "THIDUA_DATA_DIR"
        expected = EXPECTED["sqlite" if unopened.address.startswith("sqlite") else "postgresql"]
        told = f"{name}: không mở được {unopened.address} ({unopened})"
        raise BadSettings(f"{told}; {expected}") from unopened


@contextmanager
def using(settings: Settings, *, alone: bool = False) -> Iterator[None]:
    """Have the database in use while the block runs; raise BadSettings where somebody wants, or
    we want, a file of SQLite's alone.
    """
    file = file_of(settings.database())
    with used(file, alone=alone) if file else nullcontext(True) as ours:
        if not ours:
            raise BadSettings(BUSY if alone else BEING_RESTORED)
        yield


def open_store(settings: Settings) -> Store:
    """The memory, ready to be used."""
    up_to_date(settings)
    return Store(settings.database(), settings.clock())


def with_store(settings: Settings, job: Callable[[Store], Awaitable[Result]]) -> Result:
    """Do this with what is remembered."""
    store = open_store(settings)

    async def done() -> Result:
        try:
            return await job(store)
        finally:
            await store.close()

    return run(done())
