"""Who has everything deleted is forgotten: in every table, every log and every file."""

from __future__ import annotations

import json
import logging
import sqlite3
from datetime import timedelta
from pathlib import Path

import pytest
from structlog.testing import capture_logs

from bot.tidy import forget
from handlers.papers import making
from handlers.talk import Paper
from storage.inbox import Heard
from storage.tables import Address
from storage.unit import Unit
from tests.databases import registrations
from tests.dialogues.play import Stage
from tests.fakes.papers import POINT

PLAN = "vinh-thuan-2025"
TOLD = {
    "unit": "HTX Kín Đáo",
    "person": "Trần Văn Kín",
    "phone": "0987654321",
    "place": "ấp Lẩn Khuất, xã Vĩnh Bình Bắc",
    "name": "Cầu Lẩn Khuất",
    "period": "từ 1/3 đến 30/6",
    "content": "đổ trụ kín",
    "value": "250 triệu",
    "economic": "bớt 10 triệu tiền ghe",
    "social": "20 hộ ở Lẩn Khuất đi lại",
}
ASKED = "hồ sơ của HTX Kín Đáo đóng thành mấy quyển", "hồ sơ của Lẩn Khuất có cần bìa cứng màu đỏ"
OBJECTED = "Đừng gọi ông Kín buổi trưa"
STAFF = "Ông Kín thiếu chữ ký", "Đã gọi cho Kín", "tìm Trần Văn Kín"
TELLING = ("Kín", "Lẩn Khuất", "0987", "987 654", "tiền ghe", "lan khuat", "tran van kin")


async def told(stage: Stage) -> str:
    """Bà Tư asks, registers twice and begins a third form; the first goes through all."""
    await stage.invite("owner", PLAN)
    stage.speaker = "Chị Hoa"
    await stage.say(stage.invitation)
    stage.speaker = "Bà Tư"
    for line in ("vĩnh thuận", *ASKED, "đăng ký công trình", "đồng ý"):
        await stage.say(line)
    for line in (*TOLD.values(), "bỏ qua", "[Gửi đăng ký]"):
        await stage.say(line)
    code = stage.code
    rest = [*TOLD.values()][4:]
    for line in ("đăng ký công trình", *rest, "bỏ qua", "[Gửi đăng ký]"):
        await stage.say(line)
    for line in ("đăng ký công trình", "Đường Lẩn Khuất"):
        await stage.say(line)
    await decided(stage, code)
    async with stage.store.unit() as unit:
        await left_behind(unit)
    for line in ("lấy bản sao dữ liệu", "dữ liệu của tôi", "xem hết"):
        await stage.say(line)
    for line in ("quyền khác", "phản đối, hạn chế", OBJECTED):
        await stage.say(line)
    return code


async def decided(stage: Stage, code: str) -> None:
    """One registration is commented, returned, corrected, told of, looked for and approved."""
    await officer(stage, code, "[Nhắn bà con]", STAFF[1], "[Gửi cho bà con]")
    await returned(stage, code)
    stage.speaker = "Bà Tư"
    for line in ("[Sửa đăng ký]", "ấp Kín, xã Lẩn Khuất", "/tiendo 50% trụ ở Lẩn Khuất", "2"):
        await stage.say(line)
    await stage.step("** mố cầu ở Lẩn Khuất")
    await officer(stage, STAFF[2], "/xuat", "1", code)
    assert "duyệt" in await officer(stage, "[Duyệt]")
    stage.speaker = "Bà Tư"


async def returned(stage: Stage, code: str) -> None:
    """It goes back to her for one field."""
    heard = await officer(
        stage, code, "[Trả lại để sửa]", "[Nơi thực hiện]", STAFF[0], "[Gửi cho bà con]"
    )
    assert "trả lại" in heard


async def left_behind(unit: Unit) -> None:
    """An update is parked, and she is also reached elsewhere."""
    tu = (await unit.people.at([("terminal", "Bà Tư")]))["terminal", "Bà Tư"]
    heard = Heard("terminal", "parked", "Bà Tư", {"text": "tôi là Kín"})
    await unit.inbox.store([heard])
    waiting = await unit.inbox.waiting(None, 1, ["terminal"])
    await unit.inbox.park(waiting[0], "ValueError: talk.py:1")
    unit.session.add(Address(channel="web", sender="trang", person_id=tu.id))
    unit.outbox.add("web", "trang", [{"text": "Chào Kín", "buttons": []}])


async def officer(stage: Stage, *lines: str) -> str:
    """What an officer hears at the end."""
    stage.speaker = "Chị Hoa"
    for line in lines:
        heard = await stage.say(line)
    return "\n".join(heard)


def kept(folder: Path) -> dict[str, str]:
    """Everything in the data folder as text: each table, and each file byte by byte."""
    found = {}
    with sqlite3.connect(folder / "test.db") as tables:
        for (name,) in tables.execute("SELECT name FROM sqlite_master WHERE type = 'table'"):
            rows = [str(row) for row in tables.execute(f"SELECT * FROM {name}")]
            found[name] = "\n".join(rows)
    tables.close()
    files = (path for path in folder.rglob("*") if path.is_file())
    return found | {str(path): path.read_bytes().decode(errors="replace") for path in files}


def telling(folder: Path) -> set[str]:
    """What is left that tells of Bà Tư, and where."""
    files = (path for path in folder.rglob("*") if path.is_file())
    shown = {f"photo: {path}" for path in files if POINT[-99:] in path.read_bytes()}
    words = [*TELLING, *(json.dumps(word)[1:-1] for word in TELLING)]
    return shown | {
        f"{word}: {name}" for name, text in kept(folder).items() for word in words if word in text
    }


async def test_nothing_is_left_of_who_has_everything_deleted(
    stage: Stage, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    library = stage.knowledge.library
    with capture_logs() as logs:
        code = await told(stage)
        await officer(stage, "/cauhoi", "1", "/yeucau", "1")
        assert {"photo", "Kín"} <= {each.partition(":")[0] for each in telling(tmp_path)}
        stage.speaker = "Bà Tư"
        await stage.say("xoá dữ liệu của tôi")
        heard = "\n".join(await stage.say("[Xoá hết]"))
        assert "chậm nhất" in heard
        await returned(stage, code)  # meanwhile, which changes nothing of what she asked for
        await officer(stage, "/yeucau", "1", "làm xong")
        assert "Đã xong" in await officer(stage, "[Xoá, không lấy lại]")
        stage.speaker = "Bà Tư"
        await forget(stage.store, library, [])
    assert telling(tmp_path) == set()
    assert not [word for word in TELLING if word in f"{logs}{caplog.text}"]
    async with stage.store.view() as unit:
        rows = await registrations(unit)
        assert [row.state for row in rows] == ["withdrawn", "withdrawn"]
        assert all(row.answers.keys() == {"period", "value"} for row in rows)
    stage.time.passes(timedelta(days=60).total_seconds())
    await forget(stage.store, library, [])
    assert "Bà Tư" not in str(kept(tmp_path))


async def test_what_a_member_takes_along_has_all_of_theirs_and_nothing_of_another(
    stage: Stage,
) -> None:
    await told(stage)
    library = stage.knowledge.library
    places = [("terminal", "Bà Tư"), ("terminal", "Lan")]
    copies = []
    async with stage.store.unit() as unit:
        await unit.inbox.store([Heard("terminal", "Lan", "Lan", {})])
        for person in [(await unit.people.at(places))[place] for place in places]:
            for paper in (Paper("mydata:", "txt"), Paper("mydata:", "json")):
                make = await making(unit, library, person, paper)
                assert make
                copies.append(make())
    words = {copy.name.rpartition(".")[2]: copy.content.decode() for copy in copies[:2]}
    for each in (*ASKED, *STAFF[:2], "Trần Văn Kín", "đổ trụ kín", "trụ ở Lẩn Khuất", OBJECTED):
        assert each in words["txt"]
        assert each in words["json"]
    assert "Anh chị có đồng ý không?" in words["txt"]
    assert json.loads(words["json"])["consents"][0]["version"] == library.rights.consent
    assert not [word for copy in copies[2:] for word in TELLING if word in copy.content.decode()]
