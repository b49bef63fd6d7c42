"""The web server as browsers and strangers meet it, over real HTTP."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack
from typing import Any
from uuid import uuid4

import pytest
from aiohttp import ClientResponse, CookieJar, web
from aiohttp.test_utils import TestClient, TestServer

from bot.limits import Limits, Rate
from bot.manners import HEADERS
from bot.web import Doors, site
from handlers.talk import Reply
from tests.web.house import GREETING, House

Client = TestClient[web.Request, None]
Visit = Callable[[Doors], Awaitable[Client]]


@pytest.fixture
def house() -> House:
    return House()


@pytest.fixture
async def visit() -> AsyncIterator[Visit]:
    """Serve these doors and come in by them."""
    async with AsyncExitStack() as open_things:

        async def come(doors: Doors) -> Client:
            server = await open_things.enter_async_context(TestServer(site(doors)))
            jar = CookieJar(unsafe=True)  # keeps the cookies of an IP address too
            client: Client = TestClient(server, cookie_jar=jar)
            return await open_things.enter_async_context(client)

        yield come


@pytest.fixture
async def lan(house: House, visit: Visit) -> Client:
    return await visit(house.doors())


def said(text: str = "", **more: Any) -> dict[str, Any]:
    return {"id": str(uuid4())} | ({"text": text} if text else {}) | more


async def post(client: Client, **said: Any) -> ClientResponse:
    return await client.post("/chat/messages", json=said)


async def events(answer: ClientResponse, count: int) -> list[tuple[int, dict[str, Any]]]:
    """The next replies on a line."""
    found: list[tuple[int, dict[str, Any]]] = []
    async with asyncio.timeout(5):
        while len(found) < count:
            block = (await answer.content.readuntil(b"\n\n")).decode()
            fields = dict(line.split(": ", 1) for line in block.strip().splitlines())
            if "id" in fields:
                found.append((int(fields["id"]), json.loads(fields["data"])))
    return found


async def test_what_is_said_is_safe_before_it_is_acknowledged(house: House, lan: Client) -> None:
    answer = await post(lan, **said("Hạn nộp hồ sơ?"))
    assert answer.status == 202
    assert [one.text for one in house.heard] == ["Hạn nộp hồ sơ?"]


async def test_replies_come_with_their_row_and_buttons(lan: Client) -> None:
    await post(lan, **said(value="start"))
    async with lan.get("/chat/events") as line:
        assert line.content_type == "text/event-stream"
        [(row, reply)] = await events(line, 1)
    assert (row, Reply.from_json(reply)) == (1, GREETING)


async def test_a_reply_that_shows_late_comes_all_the_same(house: House, lan: Client) -> None:
    """The bell rings before the row is settled as sent."""
    await lan.get("/")
    async with lan.get("/chat/events") as line:
        await post(lan, **said("một"))
        await events(line, 1)
        (address,) = house.web.listeners
        await house.web.send(address, Reply("hai"))
        for _ in range(3):  # it has looked in vain by now
            await post(lan, **said("ba"))
        house.rows.append((9, address, Reply("hai")))
        replies = [reply["text"] for _, reply in await events(line, 4)]
    assert replies == ["Đã nghe: ba"] * 3 + ["hai"]


@pytest.mark.parametrize("how", ["header", "query"])
async def test_a_line_goes_on_where_the_page_stopped_reading(lan: Client, how: str) -> None:
    for text in ("một", "hai", "ba"):
        await post(lan, **said(text))
    headers = {"Last-Event-ID": "2"} if how == "header" else {}
    query = "?after=2" if how == "query" else "?after=1"
    async with lan.get("/chat/events" + query, headers=headers) as line:
        assert [row for row, _ in await events(line, 1)] == [3]


@pytest.mark.parametrize("after", ["77", "-1", "x", "9" * 40, "1 OR 1"])
async def test_a_row_that_we_do_not_have_starts_from_the_beginning(lan: Client, after: str) -> None:
    await post(lan, **said("một"))
    async with lan.get("/chat/events", params={"after": after}) as line:
        assert [row for row, _ in await events(line, 1)] == [1]


async def test_many_replies_come_in_order(house: House, lan: Client) -> None:
    await post(lan, **said("một"))
    for number in range(150):
        await house.say(house.heard[0].sender, Reply(str(number)))
    async with lan.get("/chat/events") as line:
        assert [row for row, _ in await events(line, 151)] == list(range(1, 152))


async def test_people_hear_only_their_own_replies(house: House, visit: Visit) -> None:
    lan, minh = await visit(house.doors()), await visit(house.doors())
    await post(lan, **said("của Lan"))
    await post(minh, **said("của Minh"))
    async with minh.get("/chat/events") as line:
        assert [reply["text"] for _, reply in await events(line, 1)] == ["Đã nghe: của Minh"]


async def test_the_page_gets_signs_of_life(house: House, visit: Visit) -> None:
    client = await visit(house.doors(beat=0.01))
    async with client.get("/chat/events") as line, asyncio.timeout(5):
        assert (await line.content.readuntil(b"\n\n")).startswith(b"retry: ")
        assert (await line.content.readuntil(b"\n\n")).startswith(b"event: beat\n")


async def test_stopping_hangs_up_at_once(house: House) -> None:
    server = TestServer(site(house.doors()))
    async with TestClient(server) as client, client.get("/chat/events") as line:
        await line.content.readuntil(b"\n\n")
        async with asyncio.timeout(2):
            await server.close()
            assert await line.content.read() == b""


async def test_the_cookie_is_signed_lasting_and_out_of_reach(lan: Client) -> None:
    (cookie,) = (await lan.get("/")).cookies.values()
    assert cookie["httponly"]
    assert (cookie["samesite"], cookie["path"], cookie["max-age"]) == ("Lax", "/", "31536000")
    assert not cookie["secure"]


async def test_over_https_the_cookie_never_leaves_it(house: House, visit: Visit) -> None:
    doors = Doors(**{**vars(house.doors()), "secure": True})
    (cookie,) = (await (await visit(doors)).get("/")).cookies.values()
    assert cookie.key.startswith("__Host-")
    assert cookie["secure"]


@pytest.mark.parametrize("forged", ["", "x", "a" * 32, "a" * 32 + ".c2ln", "é.é", "." * 5000])
async def test_a_forged_cookie_makes_a_newcomer(house: House, visit: Visit, forged: str) -> None:
    client = await visit(house.doors())
    answer = await client.post(
        "/chat/messages", json=said("chào"), headers={"Cookie": f"thidua={forged}"}
    )
    assert answer.status == 202
    assert "thidua" in answer.cookies
    assert house.heard[0].sender not in forged or not forged


async def test_a_cookie_signed_by_somebody_else_makes_a_newcomer(
    house: House, visit: Visit
) -> None:
    elsewhere = await visit(Doors(**{**vars(house.doors()), "secret": "another"}))
    (foreign,) = (await elsewhere.get("/")).cookies.values()
    here = await visit(house.doors())
    headers = {"Cookie": f"thidua={foreign.value}"}
    await here.post("/chat/messages", json=said("chào"), headers=headers)
    assert house.heard[0].sender != foreign.value.split(".")[0]


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Origin": "https://elsewhere.example"},
        {"Origin": "null"},
        {"Origin": "http://[broken"},
    ],
)
async def test_other_sites_may_not_speak_for_a_person(
    house: House, lan: Client, headers: dict[str, str]
) -> None:
    answer = await lan.post("/chat/messages", json=said("chào"), headers=headers)
    assert (answer.status, await answer.json()) == (403, {"error": "not_our_page"})
    assert not house.heard


async def test_our_own_page_may_speak(lan: Client) -> None:
    origin = str(lan.make_url("/").origin())
    for headers in ({"Origin": origin}, {"Origin": origin, "Sec-Fetch-Site": "same-origin"}):
        answer = await lan.post("/chat/messages", json=said("chào"), headers=headers)
        assert answer.status == 202


async def test_behind_a_proxy_the_host_it_was_asked_for_counts(house: House, visit: Visit) -> None:
    client = await visit(house.doors(proxy=True))
    headers = {"Origin": "https://thidua.example", "X-Forwarded-Host": "thidua.example"}
    assert (await client.post("/chat/messages", json=said("ơi"), headers=headers)).status == 202


@pytest.mark.parametrize(
    "body",
    [
        "",
        "[]",
        "{",
        '{"id": "1", "text": "ngắn"}',
        json.dumps(said()),
        json.dumps(said("   ")),
        json.dumps(said("hai", value="start")),
        json.dumps(said(value="x" * 65)),
        json.dumps(said("hai", sender="ai khác")),
        json.dumps(said("hai")).replace("hai", "\\ud800"),
    ],
)
async def test_what_the_page_would_never_send_is_not_taken(
    house: House, lan: Client, body: str
) -> None:
    headers = {"Content-Type": "application/json"}
    answer = await lan.post("/chat/messages", data=body.encode(), headers=headers)
    assert (answer.status, await answer.json()) == (400, {"error": "not_understood"})
    assert not house.heard


async def test_a_form_is_not_taken(house: House, lan: Client) -> None:
    answer = await lan.post("/chat/messages", data={"text": "chào"})
    assert answer.status == 415
    assert not house.heard


async def test_a_very_long_text_is_taken_and_a_longer_one_refused(
    house: House, lan: Client
) -> None:
    typed = json.dumps(said("ữ" * 100_000), ensure_ascii=False).encode()  # as browsers write it
    headers = {"Content-Type": "application/json"}
    assert (await lan.post("/chat/messages", data=typed, headers=headers)).status == 202
    assert len(house.heard[0].text) == 100_000
    answer = await lan.post("/chat/messages", json=said("x" * 600_000))
    assert (answer.status, await answer.json()) == (413, {"error": "too_long"})


async def test_too_fast_is_told_and_passes(house: House, visit: Visit) -> None:
    client = await visit(house.doors(limits=Limits(person=Rate(burst=2, refill=0.4))))
    await client.get("/")
    for text in ("một", "hai"):
        await post(client, **said(text))
    answer = await post(client, **said("ba"))
    assert (answer.status, answer.headers["Retry-After"]) == (429, "3")
    assert await answer.json() == {"error": "too_fast", "retry_after": 3}
    house.time.passes(3)
    assert (await post(client, **said("ba"))).status == 202


async def test_one_place_cannot_get_more_by_dropping_its_cookies(
    house: House, visit: Visit
) -> None:
    client = await visit(house.doors(limits=Limits(place=Rate(burst=2, refill=1))))
    statuses = []
    for _ in range(3):
        client.session.cookie_jar.clear()
        statuses.append((await post(client, **said("chào"))).status)
    assert statuses == [202, 202, 429]


@pytest.mark.parametrize(("proxy", "statuses"), [(True, [202, 202, 429]), (False, [202, 429, 429])])
async def test_only_our_own_proxy_is_believed(
    house: House, visit: Visit, proxy: bool, statuses: list[int]
) -> None:
    client = await visit(house.doors(proxy=proxy, limits=Limits(place=Rate(burst=1, refill=1))))
    seen = []
    for named in ("1.1.1.1", "6.6.6.6, 2001:db8::1", "7.7.7.7, 2001:db8::2"):
        headers = {"X-Forwarded-For": named}
        answer = await client.post("/chat/messages", json=said("chào"), headers=headers)
        seen.append(answer.status)
    assert seen == statuses


async def test_one_place_has_only_so_many_lines(house: House, visit: Visit) -> None:
    client = await visit(house.doors(limits=Limits(lines=1)))
    async with client.get("/chat/events"), client.get("/chat/events") as second:
        assert second.status == 429
        assert await second.json() == {"error": "too_many_pages", "retry_after": 20}


async def test_trouble_inside_is_told_without_its_reason(house: House, lan: Client) -> None:
    def break_down(said: object) -> list[Reply]:
        raise RuntimeError("secret reason")

    house.answer = break_down
    answer = await post(lan, **said("chào"))
    assert (answer.status, await answer.json()) == (500, {"error": "trouble"})


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
