"""``thidua db backup|restore|resume``: a backup is put back, and nothing old leaves by itself."""

from __future__ import annotations

import asyncio
import sqlite3
import sys
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from bot.holding import take_up
from bot.intake import row
from bot.nudges import remind
from bot.run import run
from content.library import Library
from handlers.talk import Incoming
from storage.outbox import PRIORITIES
from storage.tables import Broadcast
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
NEWS = """
    @Chị Hoa
    > tạm dừng gửi
    < Máy chủ đã phục hồi từ bản sao lưu lúc 09:00 ngày 15/4/2025. Mình đang tạm dừng gửi tin cũ, chỉ trả lời những tin mới.
    < Đang giữ lại, có thể bà con đã nhận rồi:
    < – 2 câu trả lời cũ
    < – 1 lời nhắc
    < – Thông báo “Mời bà con dự hội nghị sơ kết phong trào”, soạn ngày 15/4/2025: đã gửi 0, còn 0
    < “Cho gửi tiếp” thì những tin này đi ngay. “Bỏ tin cũ” thì bỏ hẳn chúng, huỷ thông báo dở, rồi gửi bình thường.
    < [Cho gửi tiếp] [Bỏ tin cũ] [Để sau]
    > [Để sau]
    < Vâng, mình vẫn giữ lại và chỉ trả lời tin mới. Khi nào quyết định, anh chị gõ /tamdung nhé.
    > /tamdung
    < …
    < [Cho gửi tiếp] [Bỏ tin cũ] [Để sau]
"""


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
            for text, priority in zip(("câu trả lời cũ", "lời nhắc cũ"), PRIORITIES, strict=True):
                unit.outbox.add("terminal", "Lan", [{"text": text, "buttons": []}], priority)
            whole = Broadcast(plan=PLAN, text=TEXT, buttons=[], whom={}, made_at=unit.now)
            whole.state = "running"
            unit.session.add(whole)
            await unit.inbox.store([row(said)])

    async def goes_on(self) -> None:
        await self.stage.app.settle([])

    def rows(self, query: str) -> list[Any]:
        with sqlite3.connect(self.folder / "test.db") as memory:
            return memory.execute(query).fetchall()


@pytest.fixture
def house(tmp_path: Path, library: Library, thidua: Thidua) -> House:
    """A backup was made while something waited; it left; Bà Tư was erased; the backup is back."""
    house = House(tmp_path, library, thidua)
    house.stage.time.passes(1800)
    house.lives(house.plays(BEGIN), house.waits)
    made = house.db("backup", "--keep", "1")
    assert f"Đã sao lưu vào {BACKUP}" in made.out, made.err
    house.stage.time.passes(2 * 3600)
    seen = house.lives(house.goes_on)
    assert OLD < {*seen}
    assert len(seen) == 3, "Anh Sáu is answered"
    house.lives(house.plays(ERASE))
    house.stage.time.passes(3600)
    back = house.db("restore", BACKUP, now=LATER)
    assert "như lúc 09:00 ngày 15/04/2025" in back.out, back.err
    assert "1 câu trả lời cũ, 1 lời nhắc, 1 thông báo dở" in back.out
    assert "Đã xoá lại những gì được xoá sau lúc sao lưu: 1" in back.out
    return house


def test_only_what_is_new_leaves_until_the_one_in_charge_says_so(house: House) -> None:
    [news] = house.lives(house.goes_on)
    assert "– 2 câu trả lời cũ" in news, "that to Anh Sáu waits, too"
    assert house.lives(house.goes_on) == [], "it is told once"
    [_, released, *old] = house.lives(house.plays(NEWS), lambda: house.stage.say("Cho gửi tiếp"))
    assert len(released) > 0
    assert house.rows("SELECT what, staff_id FROM act ORDER BY id DESC LIMIT 1") == [
        ("released", 1)
    ]
