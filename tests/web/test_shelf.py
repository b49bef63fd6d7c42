"""What else the web server answers: the files of the page, how we are, the hooks."""

from __future__ import annotations

import gzip
import re
from pathlib import Path

import pytest
from aiohttp import web

import bot
from bot.web.manners import HEADERS
from bot.web.server import Doors
from tests.web.house import House
from tests.web.visiting import Client, Visit

PAGE = sorted((Path(str(bot.__file__)).parent / "web" / "page").iterdir())
TEXT = {".js", ".css"}


@pytest.mark.parametrize(
    "path", ["/", "/page/chat.js", "/page/missing.js", "/health", "/metrics", "/nowhere"]
)
async def test_every_answer_keeps_browsers_in_bounds(lan: Client, path: str) -> None:
    answer = await lan.get(path)
    assert {name: answer.headers.get(name) for name in HEADERS} == HEADERS


async def test_lines_and_refusals_keep_browsers_in_bounds_too(lan: Client) -> None:
    async with lan.get("/chat/events") as line, lan.post("/chat/messages") as refused:
        for answer in (line, refused):
            assert answer.headers["X-Content-Type-Options"] == "nosniff"


async def test_parts_named_by_their_version_last_and_others_are_asked_for(lan: Client) -> None:
    page = await (await lan.get("/")).text()
    path = page.split('src="', 1)[1].split('"')[0]
    part = await lan.get(path)
    assert "immutable" in part.headers["Cache-Control"]
    again = await lan.get(path, headers={"If-None-Match": part.headers["ETag"]})
    assert again.status == 304
    old = await lan.get("/page/0ld/chat.js")
    assert "no-cache" in old.headers["Cache-Control"]
    assert await old.read() == await (await lan.get("/page/chat.js")).read()


async def test_no_file_outside_the_page_is_lent(lan: Client) -> None:
    for path in ("/page/..%2fweb.py", "/page/now/..%2f..%2fweb.py", "/page/%2fetc%2fpasswd"):
        assert (await lan.get(path)).status == 404


async def test_the_manifest_is_what_installing_needs(lan: Client) -> None:
    answer = await lan.get("/page/manifest.webmanifest")
    manifest = await answer.json(content_type="application/manifest+json")
    assert {"name", "short_name", "start_url", "display"} <= manifest.keys()
    for icon in manifest["icons"]:
        picture = await lan.get(f"/page/{icon['src']}")
        assert picture.content_type == icon["type"]


async def test_health_is_said_in_the_status_too(house: House, lan: Client) -> None:
    answer = await lan.get("/health")
    assert (answer.status, await answer.json()) == (200, {"ok": True, "waiting": 0})
    house.well = False
    assert (await lan.get("/health")).status == 503


async def test_metrics_are_in_the_text_format(lan: Client) -> None:
    answer = await lan.get("/metrics")
    assert answer.content_type == "text/plain"
    assert "# TYPE" in await answer.text()


async def test_a_hook_is_called(house: House, visit: Visit) -> None:
    async def hook(request: web.Request) -> web.Response:
        return web.Response(text=await request.text())

    client = await visit(Doors(**{**vars(house.doors()), "hooks": {"zalo": hook}}))
    assert await (await client.post("/hooks/zalo", data="chào")).text() == "chào"
    assert (await client.post("/hooks/telegram")).status == 404


def test_the_page_is_light() -> None:
    """On a signal of 40 KB/s it is there within a second or so."""
    packed = {f.name: len(gzip.compress(f.read_bytes())) for f in PAGE if f.suffix != ".png"}
    assert sum(packed.values()) < 22 * 1024


def test_browsers_of_2019_know_every_word() -> None:
    """Chrome 76 and its WebView, on phones that get no more updates."""
    newer = re.compile(
        r"\?\.\w|\?\?|\|\|=|replaceChildren|\.at\(|\bgap:|:has\(|:is\(|inset:|#\w+ in "
    )
    found = [
        f"{f.name}: {m}" for f in PAGE if f.suffix in TEXT for m in newer.findall(f.read_text())
    ]
    assert not found


async def test_where_nothing_is_the_way_back_is_shown(lan: Client) -> None:
    for answer in (await lan.get("/khong-co"), await lan.post("/khong-co")):
        assert (answer.status, answer.content_type) == (404, "text/html")
        assert 'Không có trang này. Anh chị <a href="/">' in await answer.text()
