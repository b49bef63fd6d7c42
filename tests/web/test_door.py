"""What people say and hear by the web server, and how it knows them again."""

from __future__ import annotations

import asyncio
from contextlib import AsyncExitStack

import pytest
from aiohttp.test_utils import TestClient, TestServer

from bot.channels.web import PAGES
from bot.web.server import Doors, site
from handlers.talk import Reply
from tests.web.house import GREETING, House
from tests.web.visiting import Client, Visit, events, post, said


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
    for each in (lan, minh):
        await each.get("/")
    await post(lan, **said("của Lan"))
    await post(minh, **said("của Minh"))
    async with minh.get("/chat/events") as line:
        assert [reply["text"] for _, reply in await events(line, 1)] == ["Đã nghe: của Minh"]


async def test_what_comes_while_a_line_is_open_comes_at_once(house: House, lan: Client) -> None:
    async with lan.get("/chat/events") as line:
        for text in ("một", "hai"):
            await post(lan, **said(text))
            assert [reply["text"] for _, reply in await events(line, 1)] == [f"Đã nghe: {text}"]


async def test_of_sixty_pages_of_one_person_the_newest_stay(house: House, lan: Client) -> None:
    await lan.get("/")
    async with AsyncExitStack() as pages:
        lines = [await pages.enter_async_context(lan.get("/chat/events")) for _ in range(60)]
        async with asyncio.timeout(5):
            for line in lines[:-PAGES]:
                assert (await line.read()).startswith(b"retry: ")  # and then hung up
        await post(lan, **said("còn nghe không?"))
        for line in lines[-PAGES:]:
            assert await events(line, 1)


async def test_a_page_that_went_away_is_forgotten(house: House, visit: Visit) -> None:
    client = await visit(house.doors(beat=0.01))
    await client.get("/")
    async with client.get("/chat/events"):
        (listeners,) = house.web.listeners.values()
    async with client.get("/chat/events") as other, asyncio.timeout(5):
        while len(listeners) > 1:
            await other.content.readuntil(b"\n\n")  # a beat


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
async def test_with_a_forged_cookie_nothing_is_taken(
    house: House, visit: Visit, forged: str
) -> None:
    client = await visit(house.doors())
    headers = {"Cookie": f"thidua={forged}"}
    answer = await client.post("/chat/messages", json=said("chào"), headers=headers)
    assert (answer.status, await answer.json()) == (403, {"error": "no_cookie"})
    assert not answer.cookies
    assert not house.heard


@pytest.mark.parametrize("door", ["/", "/chat/events"])
async def test_the_page_and_its_line_bring_the_cookie(
    house: House, visit: Visit, door: str
) -> None:
    client = await visit(house.doors())
    assert (await post(client, **said("một"))).status == 403
    async with client.get(door):
        assert (await post(client, **said("hai"))).status == 202
    assert [one.text for one in house.heard] == ["hai"]


async def test_a_cookie_signed_by_somebody_else_is_none(house: House, visit: Visit) -> None:
    elsewhere = await visit(Doors(**{**vars(house.doors()), "secret": "another"}))
    (foreign,) = (await elsewhere.get("/")).cookies.values()
    here = await visit(house.doors())
    headers = {"Cookie": f"thidua={foreign.value}"}
    answer = await here.post("/chat/messages", json=said("chào"), headers=headers)
    assert answer.status == 403
    assert not house.heard
