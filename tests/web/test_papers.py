"""Links to papers open for those to whom they were given, for a day, and say nothing to others."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from structlog.testing import capture_logs

from bot.links import FETCHING, LIFE, Link, Links, Use
from bot.web.manners import HEADERS
from bot.web.server import Doors
from content.library import Library
from handlers.talk import Made, Paper, Reply
from tests.fakes.papers import PICTURE, SHEET, TABLE, Drawer, png
from tests.web.house import House
from tests.web.registry import Registry
from tests.web.visiting import Client, Visit, events, post, said

SECOND = timedelta(seconds=1).total_seconds()
REPLY = Reply("Của anh chị đây", papers=(PICTURE, SHEET, TABLE))


@pytest.fixture
async def house(tmp_path: Path, library: Library, drawer: Drawer) -> AsyncIterator[Registry]:
    registry = Registry(tmp_path, library)
    await registry.app.open()
    for paper, content in ((PICTURE, png()), (SHEET, b"%PDF-1.7"), (TABLE, b"PK")):
        drawer.put(paper, content)
    yield registry
    await registry.store.close()


async def arrived(house: Registry, visit: Visit) -> tuple[Client, str]:
    """Somebody who has said a word, and their address."""
    client = await visit(house.doors())
    await client.get("/")
    await post(client, **said("chào"))
    return client, house.heard[-1].sender


async def linked(house: Registry, client: Client, address: str) -> list[dict[str, str]]:
    """A reply with papers comes; what the page hears of them."""
    await house.say(address, REPLY)
    async with client.get("/chat/events") as line:
        *_, (_, body) = await events(line, 2)
    papers: list[dict[str, str]] = body["papers"]
    return papers


async def refused(client: Client, path: str, status: int = 404) -> bool:
    """Whether a link opens nothing, and the page instead says what to do."""
    answer = await client.get(path)
    words = await answer.text()
    assert answer.status == status
    assert answer.headers["Cache-Control"] == "no-store"
    return answer.content_type == "text/html" and "hỏi lại để xem" in words


async def test_a_visitor_opens_their_papers_and_nobody_else_does(
    house: Registry, visit: Visit, drawer: Drawer
) -> None:
    client, address = await arrived(house, visit)
    drawer.owner = await house.number(address)
    papers = await linked(house, client, address)
    assert [(paper["name"], paper["format"]) for paper in papers] == [
        ("Bản xem trước", "png"),
        ("Phiếu đăng ký", "pdf"),
        ("Danh sách đăng ký", "xlsx"),
    ]
    for paper, kind, how in zip(
        papers,
        ("image/png", "application/pdf", "application/vnd.openxmlformats-"),
        ("inline", "inline", "attachment"),
        strict=True,
    ):
        answer = await client.get(paper["href"])
        assert (answer.status, answer.headers["Cache-Control"]) == (200, "no-store")
        assert answer.content_type.startswith(kind)
        named = f"{how}; filename*=UTF-8''phi%E1%BA%BFu.{paper['format']}"
        assert answer.headers["Content-Disposition"] == named
        assert {name: answer.headers.get(name) for name in HEADERS} == HEADERS
    asked = drawer.asked
    stranger, _ = await arrived(house, visit)
    nobody = await visit(house.doors())
    for paper in papers:
        assert len(paper["href"]) < 150
        assert await refused(stranger, paper["href"])
        assert await refused(nobody, paper["href"])
        assert not (await nobody.head(paper["href"])).ok
    assert drawer.asked == asked


async def test_a_link_sent_by_another_channel_is_the_key_for_its_time(
    house: Registry, visit: Visit, drawer: Drawer
) -> None:
    client, address = await arrived(house, visit)
    drawer.owner = await house.number(address)
    nobody = await visit(house.doors())
    lives: dict[Use, timedelta] = {"sent": LIFE, "fetched": FETCHING}
    for use, life in lives.items():
        path = house.links.path(Link(PICTURE, drawer.owner, use))
        house.time.passes(life.total_seconds())
        assert await (await nobody.get(path)).read() == png()
        asked = await nobody.head(path)  # as platforms do before they fetch something
        assert (asked.status, asked.content_length) == (200, len(png()))
        house.time.passes(SECOND)
        assert await refused(nobody, path, 410)
        assert await refused(client, path, 410)


async def test_links_that_we_did_not_make_open_nothing(
    house: Registry, visit: Visit, drawer: Drawer
) -> None:
    client, address = await arrived(house, visit)
    drawer.owner = await house.number(address)
    mine = Link(PICTURE, drawer.owner, "sent")
    good = house.links.path(mine)
    wrong = [
        Links("of another house", house.time, "").path(mine),
        house.links.path(replace(mine, person_id=999)),  # who was forgotten
        house.links.path(replace(mine, paper=Paper("draft:other", "png"))),
        house.links.path(replace(mine, paper=Paper("unknown", "png"))),
        *(good[:at] + ("A" if good[at] != "A" else "B") + good[at + 1 :] for at in (9, 30, -20)),
        "/papers/",
        "/papers/%00",
        f"/papers/{'x' * 4000}",
    ]
    assert (await client.get(good)).status == 200
    for path in wrong[:-3]:
        assert await refused(client, path), path
    for path in wrong[-3:]:
        assert (await client.get(path)).status == 404


async def test_a_paper_that_cannot_be_made_is_no_page_of_errors(
    house: Registry, visit: Visit, drawer: Drawer
) -> None:
    client, address = await arrived(house, visit)
    drawer.owner = await house.number(address)

    def fail() -> Made:
        raise ValueError("chị Lan, 0912345678")

    drawer.papers[PICTURE] = fail
    with capture_logs() as logs:
        assert await refused(client, house.links.path(Link(PICTURE, drawer.owner, "sent")))
    assert [log["event"] for log in logs] == ["paper_failed"]
    assert "0912345678" not in f"{logs}"


async def test_no_link_stands_in_the_log(visit: Visit) -> None:
    async def fail(token: str, visitor: str | None) -> Made | None:
        raise OSError("the database is ill")

    client = await visit(Doors(**{**vars(House().doors()), "paper": fail}))
    with capture_logs() as logs:
        assert (await client.get("/papers/a-key")).status == 500
    assert [log["path"] for log in logs] == ["/papers/{token}"]
