"""``thidua broadcast``: composed, looked at, agreed to, sent; then steered, and told of."""

from __future__ import annotations

import io
import re
import sqlite3
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from zipfile import ZipFile

import pytest

from bot.run import run
from storage.tables import Address, Person
from storage.unit import Store
from tests.cli.conftest import Ran, Thidua

PLAN = "vinh-thuan-2025"
NOW = "2025-04-15T08:00"
HTX = {"unit": "HTX Tân Thuận", "person": "=Lan", "phone": "0912345678"}
Sql = Callable[[str], list[tuple[object, ...]]]


@pytest.fixture
def sql(memory: str, tmp_path: Path) -> Sql:
    """A village: Lan on the page, somebody with nothing but a phone."""
    run(settled(Store(memory, lambda: datetime(2025, 4, 1, tzinfo=UTC))))

    def ask(statement: str) -> list[tuple[object, ...]]:
        with sqlite3.connect(tmp_path / "data" / "thidua.db") as tables:
            return tables.execute(statement).fetchall()

    return ask


async def settled(store: Store) -> None:
    async with store.unit() as unit:
        people = [
            Person(created_at=unit.now, plan=PLAN, profile=profile)
            for profile in (HTX, {"person": "Ba", "phone": "0987654321"})
        ]
        unit.session.add_all(people)
        await unit.session.flush()
        unit.session.add(Address(channel="web", sender="w1", person_id=people[0].id))
    await store.close()


@pytest.fixture
def send(thidua: Thidua) -> Callable[..., Ran]:
    def sent(*arguments: str) -> Ran:
        return thidua("broadcast", "send", "--plan", PLAN, *arguments, NOW=NOW)

    return sent


def test_it_is_shown_and_counted_before_it_leaves(send: Callable[..., Ran], sql: Sql) -> None:
    ran = send("--text", "{tên} ơi, gửi bảng nhé", "--button", "register", "--dry-run")
    assert ran.code == 0
    for said in ("Bà con ơi, gửi bảng nhé", "[ Đăng ký công trình ]", "cho 1 người", "web: 1 tin"):
        assert said in ran.out
    assert "không có kênh nào để gửi: 1" in ran.out
    assert sql("SELECT * FROM broadcast") == []


def test_from_sending_to_the_list_of_whom_to_call(
    send: Callable[..., Ran], thidua: Thidua, sql: Sql, tmp_path: Path
) -> None:
    assert "Thông báo số 1." in send("--text", "Họp", "--yes", "--at", "2025-04-16T09:00").out
    assert sql("SELECT state, due_at FROM broadcast") == [("waiting", "2025-04-16 02:00:00.000000")]
    assert thidua("broadcast", "pause", "1").code == 0
    assert "tạm dừng" in thidua("broadcast", "list").out
    told = thidua("broadcast", "pause", "1")
    assert (told.code, told.out) == (2, "")
    assert "đang tạm dừng, không tạm dừng được" in told.err
    assert thidua("broadcast", "resume", "1").code == 0
    told = thidua("broadcast", "send", "--again", "1")
    assert (told.code, "không gửi lại được" in told.err) == (2, True)
    sql(
        "INSERT INTO outbox (channel, address, priority, state, reason, created_at, person_id,"
        " about, broadcast_id, ref) VALUES ('web', 'w1', 20, 'sent', '', '', 1, '', 1, ''),"
        " ('', '', 20, 'skipped', 'nowhere', '', 2, '', 1, '')"
    )
    out = tmp_path / "ai.xlsx"
    shown = thidua("broadcast", "show", "1", "--out", str(out))
    assert "đã gửi, Trang trò chuyện: 1" in shown.out
    assert "không gửi, không có kênh nào để gửi: 1" in shown.out
    with ZipFile(out) as book:
        everybody, calls = (sheet_text(book, number) for number in (1, 2))
    assert ("=Lan" in everybody, "Ba" in everybody, "=Lan" in calls) == (True, True, False)
    assert {"Ba", "0987654321", "không có kênh nào để gửi"} <= {*calls}
    assert thidua("broadcast", "cancel", "1", "--yes").code == 0
    acts = sql("SELECT plan, note, count FROM act WHERE what = 'broadcast' ORDER BY id")
    deeds = ("gửi", "tạm dừng", "gửi tiếp", "xuất danh sách", "huỷ")
    assert [note for _, note, _ in acts] == [f"số 1: {deed}" for deed in deeds]
    assert [count for *_, count in acts] == [1, 1, 1, 2, 1]


def sheet_text(book: ZipFile, number: int) -> list[str]:
    """The texts of a sheet, which stand in its cells."""
    sheet = book.read(f"xl/worksheets/sheet{number}.xml").decode()
    return re.findall(r"<t[^>]*>([^<]*)</t>", sheet)


def test_to_many_it_takes_more_than_a_yes(
    send: Callable[..., Ran], sql: Sql, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    own = tmp_path / "data" / "content"
    own.mkdir()
    ours = Path(__file__).parents[2] / "content" / "broadcasts.yaml"
    rules = ours.read_text(encoding="utf-8").replace("second: 500", "second: 1")
    (own / "broadcasts.yaml").write_text(rules, encoding="utf-8")
    assert "phải thêm --yes" in send("--text", "Họp").err
    for typed, code in (("2\n", 2), ("1\n", 0)):
        monkeypatch.setattr("sys.stdin", io.StringIO(typed))
        assert send("--text", "Họp", "--yes").code == code
    assert sql("SELECT state, plan FROM broadcast") == [("planning", PLAN)]


def test_a_no_sends_nothing(
    send: Callable[..., Ran], sql: Sql, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("n\n"))
    assert send("--text", "Họp").code == 1
    assert sql("SELECT * FROM broadcast") == []


def test_a_trial_goes_to_one_address_alone(
    send: Callable[..., Ran], sql: Sql, tmp_path: Path
) -> None:
    (tmp_path / "a.png").write_bytes(b"png")
    assert send("--text", "{tên} ơi", "--picture", "a.png", "--test", "web:w1").code == 0
    [(address, body, state)] = sql("SELECT address, body, state FROM outbox")
    assert (address, state) == ("w1", "queued")
    assert "=Lan ơi" in str(body)
    assert "attached:1" in str(body)
    assert sql("SELECT state, file, picture FROM broadcast") == [("cancelled", "a.png", b"png")]
    assert "chưa ai nhắn từ web:xx" in send("--text", "a", "--test", "web:xx").err


@pytest.mark.parametrize(
    ("arguments", "why"),
    [
        ((), "thiếu lời nhắn"),
        (("--text", "a", "--file", "b"), "một trong hai"),
        (("--file", "khong-co.txt"), "mã UTF-8"),
        (("--text", "chào {ngày}"), "không có chỗ điền {ngày}; dùng được: {tên}, {đơn vị}"),
        (("--text", "a" * 4000), "tin dài quá"),
        (("--text", "a", "--button", "bay"), "không có nút 'bay'; có: register"),
        (("--text", "a", "--to", "all"), "--to phải là một trong: registered"),
        (("--text", "a", "--seen", "0"), "--seen phải là số ngày"),
        (("--text", "a", "--kind", "xã"), "không có loại hình 'xã'; đang có: HTX"),
        (("--text", "a", "--channel", "zalo"), "không có kênh 'zalo'; đang có: web"),
        (("--text", "a", "--at", "2025-04-15T07:00"), "đã qua"),
        (("--text", "a", "--attach", "a.exe"), "không kèm được a.exe; kèm được: png"),
        (("--text", "a", "--test", "bay"), "KÊNH:ĐỊA-CHỈ"),
        (("--text", "a", "--to", "approved", "--yes"), "không có ai để gửi"),
        (("--again", "x"), "'x' không phải số thông báo"),
        (("--again", "9"), "không có thông báo số 9"),
    ],
)
def test_what_cannot_be_is_told(
    send: Callable[..., Ran], sql: Sql, arguments: tuple[str, ...], why: str
) -> None:
    ran = send(*arguments)
    assert ran.code == 2
    assert why in ran.err
    assert sql("SELECT * FROM broadcast") == []
