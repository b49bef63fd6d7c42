"""A message that tells how far a broadcast is, kept true in its place."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select
from sqlmodel import col

from bot.app import App
from bot.broadcasts.boards import Boards
from bot.channels.telegram import Telegram
from bot.knowledge import Knowledge
from content.library import Library
from handlers.staff.officers import bare, new_code
from handlers.talk import Incoming
from storage.outbox import Outcome
from storage.tables import Outbox, Person
from storage.unit import Store
from tests.databases import sqlite
from tests.fakes.clock import Time
from tests.fakes.telegram import TOKEN, BotApi, Fault

PLAN = "vinh-thuan-2025"
HOA = 7  # the chat of the officer


class Office:
    """Chị Hoa, on Telegram, and a broadcast to four that runs."""

    def __init__(self, app: App) -> None:
        self.app, self.said = app, 0
        self.boards = Boards(app.store, app.knowledge, app.channels)

    async def say(self, text: str = "", value: str = "") -> None:
        self.said += 1
        await self.app.settle([Incoming("telegram", f"{self.said}", f"{HOA}", text, value)])

    async def run(self) -> None:
        code = new_code()
        async with self.app.store.unit() as unit:
            unit.staff.invite(bare(code), PLAN, "owner", "Chị Hoa")
        await self.say(code)
        async with self.app.store.unit() as unit:
            people = [Person(created_at=unit.now) for _ in range(4)]
            unit.session.add_all(people)
            row = await unit.broadcasts.add(PLAN, {}, staff_id=1, text="Bà con nhớ hạn nộp nhé")
            assert await unit.broadcasts.change(row, "planning")
            rest: dict[str, Any] = {"address": "x", "body": {}, "state": "planned", "about": ""}
            rest |= {"broadcast_id": row.id, "channel": "post", "reason": "", "until": None}
            await unit.broadcasts.plan([{**rest, "person_id": person.id} for person in people])
            assert await unit.broadcasts.change(row, "running", begun_at=unit.now)

    async def sent(self, count: int) -> None:
        """So many have got it by now."""
        async with self.app.store.unit() as unit:
            mine = select(col(Outbox.id)).where(col(Outbox.broadcast_id) == 1)
            ids = (await unit.session.scalars(mine.order_by(col(Outbox.id)))).all()
            await unit.outbox.settle([Outcome(number, "sent") for number in ids[:count]])


@pytest.fixture
async def office(api: BotApi, tmp_path: Path, library: Library) -> AsyncIterator[Office]:
    store = Store(sqlite(tmp_path), Time())
    async with Telegram(TOKEN, api.base) as telegram:
        app = App(store, Knowledge(library), {telegram.name: telegram})
        await app.open()
        office = Office(app)
        await office.run()
        yield office
    await store.close()


def edits(api: BotApi) -> int:
    return sum(method == "editMessageText" for method, _ in api.calls)


async def test_a_board_is_edited_in_its_place_while_the_numbers_change(
    api: BotApi, office: Office
) -> None:
    await office.say(value="staff:cast:see:1")
    board = api.seen(HOA)[-1]
    assert "Đã gửi 0/4 người" in board.text
    await office.sent(3)
    for _ in range(2):
        await office.boards.round()
    assert "▓▓▓▓▓▓▓░░░ 75%" in board.text
    assert "Đã gửi 3/4 người" in board.text
    assert board.rows[0] == ["Tạm dừng", "Huỷ thông báo"]
    assert edits(api) == 1
    await office.sent(4)
    async with office.app.store.unit() as unit:
        await unit.broadcasts.finish()
    await office.boards.round()
    assert "Đã gửi xong" in board.text
    assert board.rows[0][0] == "Bảng kết quả"
    assert len([message for message in api.seen(HOA) if "Thông báo số 1" in message.text]) == 1


async def test_the_latest_board_is_the_one_that_is_kept_true(api: BotApi, office: Office) -> None:
    await office.say(value="staff:cast:see:1")
    await office.say(value="staff:cast:see:1")
    old, board = api.seen(HOA)[-2:]
    await office.sent(2)
    await office.boards.round()
    assert "2/4" in board.text
    assert "0/4" in old.text


async def test_a_board_that_cannot_be_edited_does_no_harm(api: BotApi, office: Office) -> None:
    await office.say(value="staff:cast:see:1")
    board = api.seen(HOA)[-1]
    api.faults["editMessageText"] = Fault(400, "Bad Request: message can't be edited")
    await office.sent(2)
    await office.boards.round()
    del api.faults["editMessageText"]
    await office.sent(3)
    await office.boards.round()
    assert "3/4" in board.text
