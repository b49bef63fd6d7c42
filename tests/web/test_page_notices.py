"""The chat page offers notices, and shows at the next visit what was missed.

No browser here reaches a push service: its subscribing is played, what it shows is noted.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import Page, Worker, expect

from bot.channels.push_services import Services
from bot.channels.web_push import WebPush
from content.library import Library
from handlers.talk import Button, Reply
from tests.fakes.push_service import PushService
from tests.web.conftest import Phone
from tests.web.noticing import NOTED, PLAYED, kept, left, menu, tap, until, visited
from tests.web.registry import Registry
from tests.web.talking import forget_cookie, greeted, say, theirs

pytestmark = pytest.mark.asyncio(loop_scope="session")

ASKED = Reply("Dạ, tới 25/5/2025 mình nhắc anh chị.", (Button("Nhắc việc", "remind"),))
Plays = Callable[[str], Awaitable[Page]]


@pytest_asyncio.fixture(loop_scope="session")
async def service() -> AsyncIterator[PushService]:
    async with PushService() as service:
        yield service


@pytest_asyncio.fixture(loop_scope="session")
async def house(
    phone: Phone, tmp_path: Path, library: Library, service: PushService
) -> AsyncIterator[Registry]:
    """The real app behind the page."""
    registry = Registry(tmp_path, library)
    await registry.app.open()
    async with WebPush("only for tests", "https://localhost", Services([service.base])) as push:
        registry.rings(push)
        await phone.village.stop()
        phone.village.house = registry
        await phone.village.start()
        yield registry
        for page in phone.context.pages:
            await page.close()  # or it would complain that nobody is there
        await phone.village.stop()
    await registry.store.close()


@pytest_asyncio.fixture(loop_scope="session")
async def opened(phone: Phone, house: Registry, service: PushService) -> Plays:
    """Open the page in a browser that answers so when it is asked to allow notices."""

    async def plays(answer: str) -> Page:
        assert house.bell
        browser = service.browser(await house.bell.key())
        played = json.dumps({"answer": answer, "given": browser.given()})
        await phone.context.add_init_script(f"{PLAYED}({played})")
        page = await phone.visit()
        await expect(theirs(page)).to_have_count(1)
        await house.say(house.heard[0].sender, ASKED)
        return page

    return plays


async def allowed(opened: Plays) -> Page:
    page = await opened("granted")
    await tap(page, "Bật thông báo")
    await expect(page.get_by_text("Đã bật. Có nhắc hạn")).to_be_visible()
    return page


async def test_nothing_is_asked_before_the_right_moment_and_a_tap(opened: Plays) -> None:
    page = await opened("granted")
    await expect(page.get_by_text("Bật thông báo trên máy này?")).to_be_visible()
    await expect(page.get_by_role("button", name="Bật thông báo")).to_be_in_viewport(ratio=1)
    await tap(page, "Để sau")
    await expect(page.locator("#offer")).to_be_hidden()
    await page.reload()
    await expect(theirs(page)).to_have_count(2)
    await expect(page.locator("#offer")).to_be_hidden()
    assert await page.evaluate("localStorage.asked") is None


async def test_who_refuses_is_told_how_to_allow_it_and_not_asked_again(
    house: Registry, opened: Plays
) -> None:
    page = await opened("denied")
    await tap(page, "Bật thông báo")
    await expect(page.get_by_text("Trình duyệt đang chặn")).to_be_visible()
    await tap(page, "Đã hiểu")
    await expect(page.locator("#offer")).to_be_hidden()
    await menu(page, "Bật thông báo")
    await expect(page.get_by_text("Trình duyệt đang chặn")).to_be_in_viewport()
    assert await page.evaluate("localStorage.asked") == "1"
    assert not await kept(house)


async def test_allowed_it_is_told_while_closed_and_shown_as_missed_afterwards(
    phone: Phone, house: Registry, service: PushService, opened: Plays
) -> None:
    page = await allowed(opened)
    await house.say(house.heard[0].sender, Reply("Anh chị đang xem đây."))
    await expect(theirs(page).last).to_have_text("Anh chị đang xem đây.")
    assert not service.came
    await left(phone, house, page)
    for text in ("Cán bộ trả lời rồi.", "Còn 3 ngày là hết hạn."):
        await house.say(house.heard[0].sender, Reply(text))
    assert service.came == [{"text": ""}, {"text": ""}]
    house.time.passes(3 * 24 * 3600)
    await page.goto(phone.village.address)
    await expect(theirs(page).last).to_have_text("Còn 3 ngày là hết hạn.")
    await expect(page.get_by_text("Tin trong lúc anh chị đi vắng")).to_have_count(1)
    await expect(page.locator(".sent")).to_have_text(["Gửi Thứ Ba, 15/4"] * 2)


async def test_what_was_turned_off_stays_off(
    phone: Phone, house: Registry, service: PushService, opened: Plays
) -> None:
    page = await allowed(opened)
    await menu(page, "Tắt thông báo")
    await expect(page.get_by_text("Đã tắt thông báo")).to_be_visible()
    assert await page.evaluate("localStorage.known") is None
    await left(phone, house, page)
    await house.say(house.heard[0].sender, Reply("Cán bộ trả lời rồi."))
    assert not service.calls


async def test_at_each_visit_the_page_says_how_its_browser_is_reached_now(
    phone: Phone, house: Registry, opened: Plays
) -> None:
    page = await allowed(opened)
    await page.evaluate("delete localStorage.known")  # the browser has dropped it
    await visited(page)
    assert await page.evaluate("localStorage.known")
    await forget_cookie(phone, page)
    await visited(page)
    before = house.heard[0].sender
    assert not await kept(house), "it is somebody new who has the browser"
    await say(page, "chào")
    await expect(theirs(page).last).not_to_have_text(ASKED.text)
    assert house.heard[-1].sender != before
    assert await kept(house, -1)


async def test_who_had_it_forgotten_is_not_signed_on_again_by_the_page(
    house: Registry, opened: Plays, phone: Phone
) -> None:
    phone.expected = "404"
    page = await allowed(opened)
    async with house.store.unit() as unit:
        await unit.subscriptions.drop(house.heard[0].sender)
    await visited(page)
    await page.wait_for_function("localStorage.known === undefined")
    assert not await kept(house)
    await tap(page, "Tuỳ chọn")
    await expect(page.locator("#notices")).to_have_text("Bật thông báo")


async def test_where_permission_was_taken_away_the_server_is_told(
    house: Registry, opened: Plays
) -> None:
    page = await allowed(opened)
    await page.evaluate("localStorage.permission = 'denied'")
    async with page.expect_response(lambda answer: answer.request.method == "DELETE"):
        await page.reload()
    assert not await kept(house)


async def test_an_iphone_is_told_to_put_the_page_on_its_home_screen(phone: Phone) -> None:
    await phone.context.add_init_script(
        """Object.defineProperty(navigator, 'userAgent', { get: () => 'iPhone' });
        delete window.PushManager;"""
    )
    page = await greeted(phone)
    await menu(page, "Bật thông báo")
    await expect(page.get_by_text("Thêm vào MH chính")).to_be_visible()


async def test_a_browser_that_cannot_is_not_offered_it(phone: Phone) -> None:
    await phone.context.add_init_script("delete window.PushManager;")
    page = await greeted(phone)
    await tap(page, "Tuỳ chọn")
    await expect(page.get_by_role("button", name="Bắt đầu lại")).to_be_visible()
    await expect(page.locator("#notices")).to_be_hidden()


async def worker_of(phone: Phone, page: Page) -> Worker:
    await page.wait_for_function("navigator.serviceWorker.ready")
    return phone.context.service_workers[0]


async def test_what_is_pushed_is_shown_unless_the_page_is_and_a_tap_opens_it(phone: Phone) -> None:
    page = await greeted(phone)
    worker = await worker_of(phone, page)
    await worker.evaluate(NOTED)
    devtools, registrations = await phone.context.new_cdp_session(page), asyncio.Queue[str]()
    devtools.on(
        "ServiceWorker.workerRegistrationUpdated",
        lambda event: registrations.put_nowait(event["registrations"][0]["registrationId"]),
    )
    await devtools.send("ServiceWorker.enable")
    to = {"origin": phone.village.address, "registrationId": await registrations.get()}
    await worker.evaluate("notify({ json: () => ({ text: 'Trang đang mở.' }) })")
    assert await worker.evaluate("self.shown") == []
    await page.goto("about:blank")
    await until(worker, "self.clients.matchAll(PAGES).then((all) => !all.length)")
    for count, data in enumerate(('{"text": "Còn 3 ngày."}', "?"), start=1):
        await devtools.send("ServiceWorker.deliverPushMessage", {**to, "data": data})
        await until(worker, f"self.shown.length === {count}")
    words, without = await worker.evaluate("self.shown")
    told = ["Còn 3 ngày.", "Anh chị có tin mới. Chạm để xem."]
    assert [words["body"], without["body"]] == told
    assert words["tag"] == without["tag"] != "", "the newest stands for all"
    assert words["renotify"]
    assert (await phone.context.request.get(phone.village.address + words["icon"])).ok
    await worker.evaluate("self.clients.openWindow = (path) => { self.opened = path; }; openPage()")
    assert await worker.evaluate("self.opened") == "/"


async def test_a_subscription_that_the_browser_changes_is_told_without_a_visit(
    phone: Phone, house: Registry, service: PushService, opened: Plays
) -> None:
    page = await allowed(opened)
    worker = await worker_of(phone, page)
    assert house.bell
    changed = service.browser(key := await house.bell.key(), "new").given()
    await worker.evaluate(
        """async ({ endpoint, p256dh, auth, key }) => {
            const toJSON = () => ({ endpoint, keys: { p256dh, auth } });
            PushManager.prototype.subscribe = async () => ({ toJSON });
            const text = atob(key.replace(/-/g, '+').replace(/_/g, '/'));
            const letters = Uint8Array.from(text, (one) => one.charCodeAt(0));
            const applicationServerKey = letters.buffer;
            await renew({ oldSubscription: { options: { applicationServerKey } } });
        }""",
        changed,
    )
    async with house.store.view() as unit:
        assert await unit.subscriptions.of(house.heard[0].sender) == {**changed, "key": key}
