"""News reach a browser whose page is closed: sealed, signed, once, only where it was wanted."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from structlog.testing import capture_logs

from bot.channels import web_push
from bot.channels.push_services import Services
from bot.channels.web_push import WebPush
from bot.knocking import SHOWN
from bot.web.limits import Limits, Rate
from content.library import Library
from handlers.talk import Reply
from storage.outbox import Push
from tests.fakes.push_service import Browser, PushService
from tests.web.registry import Registry
from tests.web.visiting import Client, Visit, post, said

SITE = "https://thidua.example.vn"
NEWS = Reply("Còn 7 ngày là hết hạn:\nhồ sơ đề nghị khen thưởng.", news="open")


@pytest.fixture
async def service() -> AsyncIterator[PushService]:
    async with PushService() as service:
        yield service


@pytest.fixture
async def house(tmp_path: Path, library: Library, service: PushService) -> AsyncIterator[Registry]:
    registry = Registry(tmp_path, library)
    await registry.app.open()
    async with WebPush("only for tests", SITE, Services([service.base])) as push:
        registry.rings(push)
        yield registry
    await registry.store.close()


async def key_of(client: Client) -> str:
    answer = await client.get("/chat/push")
    return str((await answer.json())["key"])


async def put(client: Client, given: dict[str, Any]) -> tuple[int, str]:
    answer = await client.put("/chat/push", json=given)
    return answer.status, (await answer.json())["error"] if answer.status >= 400 else ""


@pytest.fixture
async def lan(house: Registry, visit: Visit) -> Client:
    """Somebody who has said a word, and closed the page."""
    client = await visit(house.doors())
    await client.get("/")
    await post(client, **said("chào"))
    return client


@pytest.fixture
async def browser(house: Registry, service: PushService, lan: Client) -> Browser:
    """Theirs, which shows notices since they asked for them."""
    browser = service.browser(await key_of(lan))
    assert await put(lan, browser.given(asked=True)) == (204, "")
    return browser


async def kept(house: Registry) -> bool:
    async with house.store.view() as unit:
        return await unit.subscriptions.of(house.heard[0].sender) is not None


async def knock(house: Registry, reply: Reply = NEWS) -> None:
    await house.web.send(house.heard[0].sender, reply)


async def test_news_are_shown_sealed_signed_and_all_of_one_length(
    house: Registry, service: PushService, browser: Browser
) -> None:
    await knock(house)
    await knock(house, Reply("Đã duyệt đăng ký A1B2 của anh Nam.", news="private"))
    await knock(house, Reply("từ " * 100, news="open"))
    texts = [came["text"] for came in service.came]
    assert texts[:2] == ["Còn 7 ngày là hết hạn: hồ sơ đề nghị khen thưởng.", ""]
    assert texts[2].endswith("từ…")
    assert SHOWN - 5 < len(texts[2]) <= SHOWN
    assert {claim["sub"] for claim in service.claims} == {SITE}
    assert len(service.sizes) == 1
    sent = {name: service.headers[0][name] for name in ("TTL", "Topic", "Urgency")}
    assert sent == {"TTL": "14400", "Topic": "thidua", "Urgency": "normal"}


async def test_what_is_answered_or_seen_on_the_page_rings_nobody(
    house: Registry, service: PushService, lan: Client, browser: Browser
) -> None:
    await post(lan, **said("hạn nộp hồ sơ?"))
    async with house.web.listen(house.heard[0].sender):
        await knock(house)
    await knock(house, replace(NEWS, news=""))
    await house.web.send("somebody else", NEWS)
    assert not service.calls


async def test_what_goes_out_unasked_is_news_and_only_pushes_are_shown(
    house: Registry, service: PushService, browser: Browser
) -> None:
    address = house.heard[0].sender
    await house.say(address, Reply("Cán bộ trả lời anh chị: được."))
    async with house.store.unit() as unit:
        person = await unit.people.known("web", address)
        assert person
        house.app.turns.queue(unit, "web", address, Reply("Còn 7 ngày."), Push(person.id))
    async with house.store.view() as unit:
        rows = await unit.outbox.begun_after("web", address, 0, 9)
    assert [body.get("news", "") for _, body in rows] == ["", "private"]
    assert [came["text"] for came in service.came] == [""]


@pytest.mark.parametrize(
    ("status", "stays"), [(404, False), (410, False), (429, True), (500, True)]
)
async def test_a_refusal_costs_the_subscription_only_where_it_is_gone(
    house: Registry, service: PushService, browser: Browser, status: int, *, stays: bool
) -> None:
    service.status = status
    await knock(house)
    assert await kept(house) == stays
    assert service.calls == 1, "what comes late is worth little"
    async with house.store.view() as unit:
        known = await unit.people.addresses(await house.number(house.heard[0].sender))
    assert not known[0].unreachable_since


@pytest.mark.parametrize("status", [0, 301, 307])
async def test_a_service_that_hangs_or_sends_us_elsewhere_is_left(
    house: Registry,
    service: PushService,
    browser: Browser,
    status: int,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(web_push, "ENOUGH", aiohttp.ClientTimeout(total=0.05))
    service.status = status
    with capture_logs() as logs:
        await knock(house)
    assert [log["event"] for log in logs] == ["push_refused" if status else "push_failed"]
    assert "/send/" not in str(logs), "an endpoint is a key"
    assert not service.strayed
    assert await kept(house)


async def test_nothing_is_sent_that_nobody_could_take_any_more(
    house: Registry, service: PushService, browser: Browser
) -> None:
    async with WebPush("another secret", SITE, Services([service.base])) as other:
        house.rings(other)  # after the secret was changed
        await knock(house)
    assert not await kept(house)
    async with WebPush("only for tests", SITE, Services()) as push:
        house.rings(push)  # after the operator took the service out
        await knock(house)
    assert not service.calls


async def test_a_key_that_is_none_is_dropped(
    house: Registry, service: PushService, lan: Client, browser: Browser
) -> None:
    broken = browser.given(p256dh="B" + "A" * 86)
    assert await put(lan, broken) == (204, "")
    await knock(house)
    assert (service.calls, await kept(house)) == (0, False)


async def test_it_can_be_taken_back_and_is_not_brought_back_unasked(
    house: Registry, service: PushService, lan: Client, browser: Browser
) -> None:
    assert (await lan.delete("/chat/push")).status == 204
    assert not await kept(house)
    assert await put(lan, browser.given()) == (404, "not_kept")
    await knock(house)
    assert not service.calls


async def test_what_a_page_would_never_say_is_not_taken(
    house: Registry, lan: Client, browser: Browser
) -> None:
    before = browser.given()
    refused = {
        "unknown_service": [{"endpoint": "http://127.0.0.1:1/x"}, {"endpoint": "https://[::1]/x"}],
        "not_understood": [
            {"endpoint": f"{browser.endpoint}/{'x' * 3000}"},
            {"endpoint": "javascript:alert(1)"},
            {"auth": "x"},
            {"p256dh": ""},
            {"sender": "somebody else"},
        ],
    }
    for error, changes in refused.items():
        for change in changes:
            assert await put(lan, {**before, **change}) == (400, error), change
    assert await put(lan, {**before, "key": "B" * 87}) == (409, "other_key")
    answer = await lan.put("/chat/push", data=b"x" * 10_000)
    assert answer.status == 413
    async with house.store.view() as unit:
        assert await unit.subscriptions.of(house.heard[0].sender) == before


@pytest.mark.parametrize("method", ["GET", "PUT", "DELETE"])
async def test_strangers_and_other_sites_get_nowhere(
    house: Registry, visit: Visit, lan: Client, browser: Browser, method: str
) -> None:
    body = browser.given(endpoint=f"{browser.endpoint}2") if method == "PUT" else None
    headers = {"Sec-Fetch-Site": "cross-site"}
    answer = await lan.request(method, "/chat/push", json=body, headers=headers)
    assert (await answer.json())["error"] == "not_our_page"
    stranger = await visit(house.doors())
    answer = await stranger.request(method, "/chat/push", json=body)
    assert (await answer.json())["error"] == "no_cookie"
    hasty = await visit(house.doors(limits=Limits(person=Rate(burst=1, refill=1))))
    await hasty.get("/")
    statuses = [(await hasty.request(method, "/chat/push", json=body)).status for _ in range(2)]
    assert statuses[1] == 429
    assert await kept(house)


async def test_where_nobody_rings_there_is_no_such_door(visit: Visit, house: Registry) -> None:
    client = await visit(replace(house.doors(), bell=None))
    await client.get("/")
    assert (await client.get("/chat/push")).status == 404
