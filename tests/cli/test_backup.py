"""``thidua db backup|restore|resume``: a backup is put back, and nothing old leaves by itself."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from bot.broadcasts.planning import Planner
from bot.holding import take_up
from bot.intake import row as heard
from bot.run import run
from content.library import Library
from handlers.talk import Incoming
from storage.outbox import ANSWER, Push
from storage.tables import Outbox
from tests.cli.conftest import Ran, Thidua
from tests.crash.serving import Serving
from tests.dialogues.play import Stage

PLAN = "vinh-thuan-2025"
THEN, LATER = "2025-04-15T09:00", "2025-04-15T12:00"
TEXT = "Mời bà con dự hội nghị sơ kết phong trào thi đua tại xã"


OLD = {"câu trả lời cũ", "lời nhắc cũ"}
BACKUP = "data/backups/thidua-2025-04-15-0900.db"
BEGIN = f"""
    + owner {PLAN}
    @Chị Hoa
    > <MÃ MỜI>
    < …
    + editor yen-bai-2025
    @Anh Ba
    > <MÃ MỜI>
    < …
    @Bà Tư
    > hạn nộp hồ sơ
    < …
"""
ERASE = """
    @Bà Tư
    > xoá dữ liệu của tôi
    < …
    > [Xoá hết]
    < …
"""
LAST_ACT = "SELECT what, staff_id FROM act ORDER BY id DESC LIMIT 1"
HELD = Path(__file__).with_name("held.txt").read_text(encoding="utf-8")


class House:
    """An office whose assistant stops and starts, with operators at the command line."""

    def __init__(self, folder: Path, library: Library, thidua: Thidua) -> None:
        self.folder, self.thidua, self.library = folder, thidua, library
        self.stage = Stage(folder, library)

    def db(self, *arguments: str, now: str = THEN) -> Ran:
        address = f"sqlite:///{self.folder}/test.db"
        return self.thidua("db", *arguments, DATABASE_URL=address, NOW=now)

    def lives(self, *doing: Callable[[], Awaitable[object]]) -> list[str]:
        """Start it, have these done, stop it; what was seen after the last of them."""

        async def life() -> None:
            await self.stage.start()
            try:
                await take_up(self.stage.app)
                for each in doing:
                    self.stage.shown.clear()
                    await each()
            finally:
                await self.stage.stop()

        run(life())
        return [reply.text for reply in self.stage.shown]

    def plays(self, script: str) -> Callable[[], Awaitable[None]]:
        return lambda: self.stage.play(script)

    async def waits(self) -> None:
        """Have a reply, a reminder, a broadcast and an update wait."""
        said = Incoming("terminal", "n1", "Anh Sáu", "ai ký kế hoạch Vĩnh Thuận")
        async with self.stage.store.unit() as unit:
            hoa = Push((await unit.staff.all())[0].person_id, f"office:{PLAN}/news@2025-04-15")
            old = ("Lan", "câu trả lời cũ", ANSWER), ("Chị Hoa", "lời nhắc cũ", hoa)
            for name, text, push in old:
                unit.outbox.add("terminal", name, [{"text": text, "buttons": []}], push)
            whole = await unit.broadcasts.add(PLAN, {}, text=TEXT, state="running")
            row = Outbox(channel="terminal", address="", body={}, created_at=unit.now)
            row.person_id, row.broadcast_id, row.state = 1, whole.id, "planned"
            unit.session.add(row)
            await unit.inbox.store([heard(said)])

    async def goes_on(self) -> None:
        """A moment later: nobody is sent two things in the same second."""
        self.stage.time.passes(2)
        await self.stage.app.settle([])

    async def both_at_once(self) -> None:
        """Chị Hoa presses one button and the other."""
        values = ("staff:release", "staff:discard")
        said = [Incoming("terminal", each, "Chị Hoa", value=each) for each in values]
        await self.stage.app.settle(said)
        await self.goes_on()

    async def plans(self) -> None:
        """The planner's round, which ends the broadcasts of which nothing is left."""
        app = self.stage.app
        await Planner(app.store, app.knowledge, {}, asyncio.Event()).round()

    def rows(self, query: str) -> list[Any]:
        with sqlite3.connect(self.folder / "test.db") as memory:
            return memory.execute(query).fetchall()


@pytest.fixture
def house(tmp_path: Path, library: Library, thidua: Thidua) -> House:
    """A backup was made while something waited; then that left, and Bà Tư was erased."""
    house = House(tmp_path, library, thidua)
    house.stage.time.passes(1800)
    house.lives(house.plays(BEGIN), house.waits)
    made = house.db("backup", "--keep", "1")
    assert f"Đã sao lưu vào {BACKUP}" in made.out, made.err
    house.stage.time.passes(2 * 3600)
    seen = house.lives(house.goes_on)
    assert {*seen} > OLD
    assert len(seen) == 3, "Anh Sáu is answered"
    house.lives(house.plays(ERASE))
    house.stage.time.passes(3600)
    return house


def restored(house: House) -> None:
    back = house.db("restore", BACKUP, now=LATER)
    assert "như lúc 09:00 ngày 15/04/2025" in back.out, back.err
    assert "1 câu trả lời cũ, 1 lời nhắc, 1 thông báo dở (còn 1 tin)" in back.out
    assert "Đã xoá lại những gì được xoá sau lúc sao lưu: 1" in back.out


def test_put_back_only_what_is_new_leaves_until_somebody_in_charge_says_so(house: House) -> None:
    restored(house)
    [kept] = house.folder.glob("test-truoc-khi-phuc-hoi-2025-04-15-1200*.db")
    assert house.rows("SELECT count(*) FROM outbox WHERE address = 'Bà Tư'") == [(0,)]

    news = house.lives(house.goes_on)
    assert len(news) == 2, "Chị Hoa's, and that of Anh Ba, who may not decide"
    assert all("– 2 câu trả lời cũ" in each for each in news), "that to Anh Sáu waits, too"
    assert house.lives(house.goes_on) == [], "it is told once"
    seen = house.lives(house.plays(HELD), house.both_at_once)
    assert len(seen) == 5
    assert {*seen} > OLD
    assert any("Chủ tịch" in each for each in seen), "and what Anh Sáu asked"
    assert any("11:30 ngày 15/4/2025, do Cán bộ owner" in each for each in seen), "to the later"
    assert house.rows(LAST_ACT) == [("released", 1)]
    house.lives(house.plans)
    assert house.rows("SELECT state FROM broadcast") == [("done",)], "its last had no address"

    kept.unlink()
    restored(house)
    seen = house.lives(house.plays(HELD), lambda: house.stage.say("Bỏ tin cũ"), house.goes_on)
    assert seen == []
    assert house.rows(LAST_ACT) == [("discarded", 1)]
    assert house.rows("SELECT state FROM broadcast") == [("cancelled",)]
    assert house.rows("SELECT reason FROM outbox WHERE person_id = 1") == [("cancelled",)]
    assert "không có gì đang tạm dừng" in house.db("resume", now=LATER).err

    restored(house)
    ran = house.db("resume", "--drop", now=LATER)
    assert "Đã bỏ: 1 câu trả lời cũ, 1 lời nhắc, 1 thông báo dở (còn 1 tin)." in ran.out
    assert house.rows(LAST_ACT) == [("discarded", None)]
    assert not OLD & {*house.lives(house.goes_on)}


def test_of_several_backups_the_latest_are_kept(thidua: Thidua, tmp_path: Path) -> None:
    thidua("db", "upgrade")
    for hour in ("09", "10", "11"):
        thidua("db", "backup", "--keep", "2", NOW=f"2025-04-15T{hour}:00")
    kept = [path.name[-7:-3] for path in sorted((tmp_path / "data" / "backups").iterdir())]
    assert kept == ["1000", "1100"]
    refused = thidua("db", "backup", "data/thidua.db")
    assert (refused.code, "chính là" in refused.err) == (2, True)


async def test_while_it_serves_it_is_backed_up_and_not_restored(
    thidua: Thidua, tmp_path: Path
) -> None:
    async def db(*arguments: str) -> Ran:
        return await asyncio.to_thread(thidua, "db", *arguments, DATA_DIR=str(tmp_path))

    serving, copy = Serving(tmp_path), str(tmp_path / "copy.db")
    await serving.start()
    assert "Đã sao lưu" in (await db("backup", copy)).out
    refused = await db("restore", copy)
    assert (refused.code, "dừng thidua serve" in refused.err) == (2, True)
    await serving.stop()
    assert "Đã phục hồi" in (await db("restore", copy)).out
    await serving.start()
    async with aiohttp.ClientSession() as web, web.get(f"{serving.address}/health") as health:
        assert (await health.json())["held_since"]
    assert any("sending_held" in line for line in serving.told)
    await serving.stop()
