"""Strangers at the web server: what is not taken, and how that is told."""

from __future__ import annotations

import json
from uuid import uuid4

import pytest

from bot.web.limits import Limits, Rate
from handlers.talk import Reply
from tests.web.house import House
from tests.web.visiting import Client, Visit, post, said


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
    await client.get("/")
    headers = {"Origin": "https://thidua.example", "X-Forwarded-Host": "thidua.example"}
    assert (await client.post("/chat/messages", json=said("ơi"), headers=headers)).status == 202


@pytest.mark.parametrize(
    "body",
    [
        "",
        "[]",
        "{",
        '{"id": "1", "text": "ngắn"}',
        '{"id": ID}',
        '{"id": ID, "text": "   "}',
        '{"id": ID, "text": "hai", "value": "start"}',
        f'{{"id": ID, "value": "{"x" * 65}"}}',
        '{"id": ID, "text": "hai", "sender": "ai khác"}',
        '{"id": ID, "text": "\\ud800"}',
    ],
)
async def test_what_the_page_would_never_send_is_not_taken(
    house: House, lan: Client, body: str
) -> None:
    headers = {"Content-Type": "application/json"}
    answer = await lan.post(
        "/chat/messages", data=body.replace("ID", f'"{uuid4()}"').encode(), headers=headers
    )
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
    assert statuses == [403, 403, 429]
    assert not house.heard


@pytest.mark.parametrize(("proxy", "statuses"), [(True, [202, 202, 429]), (False, [202, 429, 429])])
async def test_only_our_own_proxy_is_believed(
    house: House, visit: Visit, proxy: bool, statuses: list[int]
) -> None:
    client = await visit(house.doors(proxy=proxy, limits=Limits(place=Rate(burst=1, refill=1))))
    await client.get("/")
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
