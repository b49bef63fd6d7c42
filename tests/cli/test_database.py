"""A database that cannot be opened is told in one line, by every command that needs it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import Thidua

NO_SERVER = "postgresql://u:matkhau@127.0.0.1:1/d"


@pytest.mark.parametrize("command", ["serve", "chat", "registrations", "db upgrade"])
def test_a_folder_that_is_not_there_is_told_by_every_command(
    thidua: Thidua, tmp_path: Path, command: str
) -> None:
    address = f"sqlite:///{tmp_path}/khong/thidua.db"
    ran = thidua(*command.split(), DATABASE_URL=address)
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.startswith(f"THIDUA_DATABASE_URL: không mở được {address} (unable to open")
    assert "thư mục đang có và ghi được" in ran.err
    assert ran.err.count("\n") == 1


def test_a_file_that_is_no_database_is_told(thidua: Thidua, tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "thidua.db").write_text("đây là thư " * 1000, encoding="utf-8")
    ran = thidua("db", "upgrade")
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.startswith("THIDUA_DATA_DIR: không mở được sqlite:///data/thidua.db (file is")


def test_a_data_folder_that_is_a_file_is_told(thidua: Thidua, tmp_path: Path) -> None:
    (tmp_path / "data").touch()
    ran = thidua("db", "upgrade")
    assert ran.code == 2
    assert ran.err.startswith("THIDUA_DATA_DIR: data không dùng được (")


@pytest.mark.parametrize(
    "address", [NO_SERVER, NO_SERVER.replace(":1/", ":cong/"), "sqlite+matkhau:///a"]
)
def test_an_address_that_leads_nowhere_is_told_without_its_password(
    thidua: Thidua, address: str
) -> None:
    ran = thidua("db", "upgrade", DATABASE_URL=address)
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.startswith("THIDUA_DATABASE_URL: không mở được ")
    assert "u:matkhau" not in ran.err
    assert ran.err.count("\n") == 1
