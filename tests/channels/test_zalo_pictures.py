"""On Zalo a picture goes along by a link to our pages, and never holds back its words."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest
from aiohttp import web
from structlog.testing import capture_logs

from bot.channels.base import fit
from bot.channels.zalo import ZaloBot
from bot.knowledge import Knowledge
from bot.links import Links
from bot.papers import Papers
from bot.sending.sender import STUBBORN, Sender
from bot.web.server import Doors, site
from content.library import Library
from handlers.talk import Button, Made, Reply
from storage.unit import Store
from storage.upgrade import upgrade
from tests.databases import sqlite
from tests.fakes.clock import Time
from tests.fakes.papers import PICTURE, SHEET, Drawer, png
from tests.fakes.zalo import LAN, TOKEN, Sent, ZaloApi, no
from tests.web.house import House
from tests.workers.post import drain, sender_of

HELLO = Reply("Anh chị xem lại nhé", (Button("Gửi", "send"),), (PICTURE, SHEET))
SHOWN = "Anh chị xem lại nhé\n\n1. Gửi\n"
LINK = r"{} \({}\), mở được trong 24 giờ, đừng chuyển cho người khác: http://\S+/papers/\S+"
PDF = LINK.format("Phiếu đăng ký", "PDF")
PNG = LINK.format("Bản xem trước", "ảnh")


class Office:
    """Lan writes from Zalo, and has a picture and a sheet; our pages are open to everybody."""

    def __init__(self, store: Store, library: Library, api: ZaloApi, zalo: ZaloBot) -> None:
        self.store, self.library, self.api, self.zalo = store, library, api, zalo
        self.papers = self.at("")

    def at(self, address: str) -> Papers:
        return Papers(
            self.store, Knowledge(self.library), Links("only for tests", self.store.clock, address)
        )

    async def opened(self, token: str, visitor: str | None) -> Made | None:
        return await self.papers.opened(token, visitor)

    def sender(self) -> Sender:
        return sender_of(self.store, self.zalo, pack=self.papers.packed)

    async def says(self, reply: Reply) -> list[Sent]:
        """What Lan sees of a reply."""
        before = len(self.api.sent)
        parts = [part.as_json() for part in fit(reply, self.zalo.can)]
        async with self.store.unit() as unit:
            unit.outbox.add("zalo", LAN, parts)
        await drain(self.sender())
        return self.api.sent[before:]


@pytest.fixture
def time() -> Time:
    return Time()


@pytest.fixture
async def office(
    tmp_path: Path, time: Time, library: Library, drawer: Drawer
) -> AsyncIterator[Office]:
    store = Store(sqlite(tmp_path), time)
    await upgrade(store.engine)
    async with store.unit() as unit:
        await unit.inbox.know([("zalo", LAN)])
        drawer.owner = (await unit.people.at([("zalo", LAN)]))["zalo", LAN].id
    drawer.put(PICTURE, png())
    drawer.put(SHEET, b"%PDF")
    async with ZaloApi() as api, ZaloBot(TOKEN, api.base) as zalo:
        office = Office(store, library, api, zalo)
        runner = web.AppRunner(site(Doors(**{**vars(House().doors()), "paper": office.opened})))
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        office.papers = office.at(f"http://127.0.0.1:{runner.addresses[0][1]}")
        yield office
        await runner.cleanup()
    await store.close()


async def test_a_picture_is_fetched_without_a_cookie_and_is_one_message_with_its_words(
    office: Office,
) -> None:
    [message] = await office.says(HELLO)
    assert message.picture == png()
    assert re.fullmatch(f"{re.escape(SHOWN)}\n{PDF}", message.text)
    assert (office.api.left, office.api.calls["sendMessage"]) == (2999, 0)


async def test_the_longest_words_with_all_their_links_fit_below_a_picture(office: Office) -> None:
    *_, last = await office.says(replace(HELLO, text="ữ " * 1500))
    assert last.picture
    assert len(last.text) <= 2000


async def test_without_pages_of_ours_or_where_the_operator_wants_none_there_are_words(
    office: Office,
) -> None:
    office.zalo.can = replace(office.zalo.can, linked_pictures=0)
    [message] = await office.says(HELLO)
    assert not message.picture
    assert re.fullmatch(f"{re.escape(SHOWN)}\n{PNG}\n{PDF}", message.text)
    office.zalo.can = replace(office.zalo.can, linked_pictures=1)
    office.papers = office.at("")
    [message] = await office.says(HELLO)
    assert not message.picture
    assert "Bản xem trước (ảnh) không gửi qua đây được" in message.text


async def test_where_zalo_cannot_fetch_it_the_words_arrive_with_a_link(
    office: Office, drawer: Drawer
) -> None:
    def fail() -> Made:
        raise ValueError("chị Lan, 0912345678")

    drawer.papers[PICTURE] = fail
    with capture_logs() as logs:
        [message] = await office.says(HELLO)
    assert not message.picture
    assert re.fullmatch(f"{re.escape(SHOWN)}\n{PNG}\n{PDF}", message.text)
    assert [log["event"] for log in logs] == ["paper_failed", "papers_refused"]
    assert office.api.calls == {"sendPhoto": 1, "sendMessage": 1}


async def test_where_no_message_is_left_the_words_are_not_tried_either(office: Office) -> None:
    office.api.left = 0
    assert await office.says(HELLO) == []
    assert office.api.calls == {"sendPhoto": 1}


async def test_a_picture_that_hangs_is_left_out_after_a_while(office: Office, time: Time) -> None:
    for _ in range(9):
        office.api.fail("sendPhoto", 403, no(403, "Internal server error"))
    assert await office.says(HELLO) == []
    for _ in range(8):
        time.passes(STUBBORN / 4)
        await drain(office.sender())
    [message] = office.api.sent
    assert re.fullmatch(f"{re.escape(SHOWN)}\n{PNG}\n{PDF}", message.text)
