"""What is read from the environment: typed, once, nothing misspelt, no secret shown."""

from __future__ import annotations

import stat
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.settings import BadSettings, Settings, utc_now


def fault(**env: str) -> str:
    """What is said about a wrong environment."""
    with pytest.raises(BadSettings) as refused:
        Settings.read({f"THIDUA_{name}": value for name, value in env.items()})
    return str(refused.value)


def read(**env: str) -> Settings:
    return Settings.read({f"THIDUA_{name}": value for name, value in env.items()})


def test_without_any_setting_it_runs_on_this_machine_alone() -> None:
    settings = Settings.read({"PATH": "/bin", "LANG": "C"})
    assert (settings.host, settings.port, settings.data_dir) == ("127.0.0.1", 8080, Path("data"))
    assert settings.telegram_token is None
    assert settings.clock() is utc_now


@pytest.mark.parametrize(
    ("misspelt", "meant"),
    [
        ("TELEGRAM_TOKN", "TELEGRAM_TOKEN"),
        ("DATABSE_URL", "DATABASE_URL"),
        ("PROT", "PORT"),
        ("CONTENTDIR", "CONTENT_DIR"),
    ],
)
def test_a_misspelt_setting_stops_the_start_and_names_the_near_one(
    misspelt: str, meant: str
) -> None:
    told = fault(**{misspelt: "123:matkhau"})
    assert told.startswith(f"THIDUA_{misspelt}: ")
    assert f"THIDUA_{meant}?" in told
    assert "matkhau" not in told


def test_a_setting_like_no_other_is_refused_without_a_guess() -> None:
    assert fault(XYZ="1") == "THIDUA_XYZ: không có thiết lập nào tên như vậy"


def test_every_fault_gets_a_line_of_its_own() -> None:
    told = fault(PORT="80a", NOW="15/4/2025", TELEGRAM_WEBHOOK="có", PUBLIC_URL="thidua.vn")
    lines = sorted(told.splitlines())
    starts = ["NOW: đang là '15/4/2025'; ", "PORT: đang là '80a'; ", "PUBLIC_URL: ", "TELEGRAM_W"]
    assert len(lines) == len(starts)
    for line, start in zip(lines, starts, strict=True):
        assert line.startswith(f"THIDUA_{start}")
        assert "phải là" in line


@pytest.mark.parametrize("port", ["-1", "65536", "8080.5", "một"])
def test_a_port_that_cannot_be_is_refused_with_an_example(port: str) -> None:
    assert "ví dụ 8080" in fault(PORT=port)


def test_empty_settings_count_as_not_set_and_those_of_the_tests_are_let_be() -> None:
    settings = read(PORT="", TELEGRAM_TOKEN=" ", TEST_DATABASE_URL="postgresql://tests")
    assert settings == Settings()


def test_a_content_folder_that_is_not_there_stops_the_start(tmp_path: Path) -> None:
    assert "thư mục" in fault(CONTENT_DIR=str(tmp_path / "noidung"))
    assert read(CONTENT_DIR=str(tmp_path)).content_dir == tmp_path


def test_content_of_ones_own_lies_in_the_data_folder_if_nowhere_else(tmp_path: Path) -> None:
    assert read(DATA_DIR="/var/lib/thidua").content() == Path("/var/lib/thidua/content")
    assert read(CONTENT_DIR=str(tmp_path)).content() == tmp_path


def test_our_pages_are_where_people_come_by_or_else_where_we_listen() -> None:
    assert read(PORT="9000").site() == ""
    assert read(PUBLIC_URL="https://thidua.example.vn/").site() == "https://thidua.example.vn"


@pytest.mark.parametrize(
    ("given", "used"),
    [
        ("", "sqlite+aiosqlite:///data/thidua.db"),
        ("sqlite:///x.db", "sqlite+aiosqlite:///x.db"),
        ("postgres://u@h/d", "postgresql+asyncpg://u@h/d"),
        ("postgresql://u@h/d", "postgresql+asyncpg://u@h/d"),
        ("postgresql+asyncpg://u@h/d", "postgresql+asyncpg://u@h/d"),
    ],
)
def test_a_database_address_gets_the_driver_that_we_use(given: str, used: str) -> None:
    assert read(DATABASE_URL=given).database() == used


@pytest.mark.parametrize("address", ["data/thidua.db", "mysql://root:matkhau@h/d"])
def test_any_other_database_is_refused_and_its_password_not_shown(address: str) -> None:
    told = fault(DATABASE_URL=address)
    assert "sqlite:///" in told
    assert "matkhau" not in told


def test_now_moves_the_clock_and_it_runs_on() -> None:
    clock = read(NOW="2025-04-15T08:00").clock()
    first, real = clock(), utc_now()
    assert datetime(2025, 4, 15, 1, tzinfo=UTC) <= first < datetime(2025, 4, 15, 1, 1, tzinfo=UTC)
    while (passed := utc_now() - real) < timedelta(milliseconds=1):
        pass
    assert clock() - first >= passed


def test_now_as_a_day_begins_at_midnight_there_and_a_zone_is_kept() -> None:
    assert read(NOW="2025-04-15").clock()().isoformat().startswith("2025-04-14T17:00")
    assert read(NOW="2025-04-15T08:00Z").clock()().isoformat().startswith("2025-04-15T08:00")


@pytest.mark.parametrize(
    ("name", "value", "expected"),
    [
        ("TELEGRAM_SECRET", "matkhau dài", "chỉ gồm chữ không dấu, số"),
        ("TELEGRAM_SECRET", "matkhau.", "gạch nối và gạch dưới"),
        ("TELEGRAM_SECRET", "matkhau" * 37, "từ 1 đến 256 ký tự"),
        ("SECRET_KEY", "matkhau" * 4, "ít nhất 32 ký tự"),
    ],
)
def test_a_secret_that_cannot_be_one_is_told_and_not_shown(
    name: str, value: str, expected: str
) -> None:
    told = fault(**{name: value})
    assert told.startswith(f"THIDUA_{name}: ")
    assert expected in told
    assert "matkhau" not in told
    assert "\n" not in told


def test_a_secret_of_every_letter_that_telegram_takes_is_taken() -> None:
    secret = read(TELEGRAM_SECRET="Az09_-" + "x" * 250).telegram_secret
    assert secret is not None
    assert len(secret.get_secret_value()) == 256


@pytest.mark.parametrize(
    "given",
    [
        {},
        {"TELEGRAM_SECRET": "a"},
        {"PUBLIC_URL": "https://thidua.example.vn"},
        {"TELEGRAM_SECRET": "a", "PUBLIC_URL": "http://thidua.example.vn"},
    ],
)
def test_a_webhook_needs_a_secret_and_an_https_address(given: dict[str, str]) -> None:
    told = fault(TELEGRAM_WEBHOOK="true", **given)
    assert told.startswith("THIDUA_TELEGRAM_WEBHOOK: ")
    assert "THIDUA_TELEGRAM_SECRET" in told
    assert "địa chỉ https" in told
    assert "\n" not in told


@pytest.mark.parametrize(
    ("api", "public"),
    [
        ("", "https://thidua.example.vn"),
        ("http://127.0.0.1:8081", "http://127.0.0.1:8080"),  # a Bot API server of one's own
    ],
)
def test_a_webhook_that_can_be_reached_is_taken(api: str, public: str) -> None:
    settings = read(
        TELEGRAM_WEBHOOK="true", TELEGRAM_SECRET="a", TELEGRAM_API=api, PUBLIC_URL=public
    )
    assert settings.telegram_webhook


def test_secrets_are_never_shown() -> None:
    settings = read(
        TELEGRAM_TOKEN="matkhau",
        TELEGRAM_SECRET="matkhau",
        SECRET_KEY="matkhau" * 5,
        DATABASE_URL="postgresql://u:matkhau@h/d",
        PROXY="http://u:matkhau@h",
    )
    assert "matkhau" not in f"{settings!r} {settings}"
    assert settings.secret() == "matkhau" * 5


def test_a_secret_is_made_once_and_only_the_owner_may_read_it(tmp_path: Path) -> None:
    secret = read(DATA_DIR=str(tmp_path)).secret()
    kept = tmp_path / "secret"
    assert len(secret) > 40
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600
    assert read(DATA_DIR=str(tmp_path)).secret() == secret == kept.read_text(encoding="ascii")


def test_a_secret_that_a_power_cut_left_empty_is_made_again(tmp_path: Path) -> None:
    (tmp_path / "secret").touch()
    assert len(read(DATA_DIR=str(tmp_path)).secret()) > 40


def test_zalo_brings_its_updates_only_to_an_address_that_it_can_reach() -> None:
    assert fault(ZALO_SECRET="a-long-secret").startswith("THIDUA_ZALO_SECRET: ")
    assert fault(ZALO_SECRET="a-long-secret", PUBLIC_URL="http://thidua.example.vn")
    assert "8" in fault(ZALO_SECRET="short")
    settings = read(ZALO_SECRET="a-long-secret", PUBLIC_URL="https://thidua.example.vn")
    assert settings.zalo_secret


def test_messenger_needs_what_its_updates_are_known_by_and_an_address() -> None:
    known = {"MESSENGER_APP_SECRET": "s", "MESSENGER_VERIFY_TOKEN": "v"}
    for given in ({}, known, {"PUBLIC_URL": "https://thidua.example.vn"}):
        told = fault(MESSENGER_TOKEN="a", **given)
        assert told.startswith("THIDUA_MESSENGER_TOKEN: ")
        assert "\n" not in told
    assert read(MESSENGER_TOKEN="a", PUBLIC_URL="https://thidua.example.vn", **known)


OA = {
    "ZALO_OA_APP_ID": "3608465248940903967",
    "ZALO_OA_APP_SECRET": "matkhau",
    "ZALO_OA_SECRET": "matkhau",
    "PUBLIC_URL": "https://thidua.example.vn",
}


@pytest.mark.parametrize("missing", [*OA, ""])
def test_an_official_account_needs_all_of_what_belongs_to_it(missing: str) -> None:
    given = {**OA, "ZALO_OA_REFRESH_TOKEN": "matkhau"}
    if not missing:
        settings = read(**given)
        assert "matkhau" not in f"{settings!r}"
        return
    told = fault(**{name: value for name, value in given.items() if name != missing})
    assert told.startswith("THIDUA_ZALO_OA_APP_ID: ")
    assert missing in told
    assert "matkhau" not in told
    assert "\n" not in told


def test_the_number_of_an_app_is_a_number() -> None:
    assert "ví dụ 3608465248940903967" in fault(**{**OA, "ZALO_OA_APP_ID": "thi đua"})
