"""Papers on the chat page, in a real browser on a small phone."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import Browser, Locator, Page, Route, expect

from bot.links import LIFE
from content.library import Library
from handlers.talk import Button, Reply
from tests.fakes.papers import PICTURE, SHEET, Drawer, png
from tests.web.conftest import Phone, Village
from tests.web.registry import Registry
from tests.web.talking import theirs

pytestmark = pytest.mark.asyncio(loop_scope="session")

REPLY = Reply("Anh chị xem lại nhé", (Button("Gửi đăng ký", "x"),), (PICTURE, SHEET))


@pytest_asyncio.fixture(loop_scope="session")
async def village(tmp_path: Path, library: Library) -> AsyncIterator[Village]:
    village = Village()
    registry = Registry(tmp_path, library)
    await registry.app.open()
    village.house = registry
    await village.start()
    yield village
    await village.stop()
    await registry.store.close()


async def shown(phone: Phone, drawer: Drawer) -> Page:
    """The page of somebody who is shown a picture and offered a file."""
    registry = phone.village.house
    assert isinstance(registry, Registry)
    page = await phone.visit()
    await expect(theirs(page)).to_have_count(1)
    address = registry.heard[0].sender
    drawer.owner = await registry.number(address)
    drawer.put(PICTURE, png(1240, 1754))
    drawer.put(SHEET, b"%PDF-1.7")
    await registry.say(address, REPLY)
    await expect(theirs(page)).to_have_count(2)
    return page


def picture(page: Page) -> Locator:
    return page.get_by_role("img", name="Bản xem trước, chạm để xem cả trang")


async def loaded(page: Page) -> None:
    await expect(picture(page)).to_be_visible()
    await picture(page).evaluate("image => image.decode()")
    assert await picture(page).evaluate("image => image.naturalWidth") == 1240


async def test_a_picture_stands_in_the_bubble_and_opens_whole(phone: Phone, drawer: Drawer) -> None:
    phone.expected = "inline style"  # the browser's own, around a picture that is alone
    held = asyncio.Event()

    async def hold(route: Route) -> None:
        await held.wait()
        await route.continue_()

    await phone.context.route("**/papers/*", hold)
    page = await shown(phone, drawer)
    before = await theirs(page).last.evaluate("it => it.offsetHeight")
    held.set()
    await loaded(page)
    assert await theirs(page).last.evaluate("it => it.offsetHeight") == before
    assert await page.evaluate("document.documentElement.scrollWidth") <= 360
    assert await picture(page).evaluate("image => image.offsetWidth") > 200
    row = theirs(page).last.get_by_role("link", name="Phiếu đăng ký Tệp PDF")
    assert await row.evaluate("it => it.offsetHeight") >= 48
    async with page.expect_popup() as opening:
        await picture(page).click()
    whole = await opening.value
    await whole.wait_for_load_state()
    assert await whole.locator("img").evaluate("image => image.naturalHeight") == 1754


async def test_it_is_there_after_a_reload_and_asked_for_anew_when_its_day_is_over(
    phone: Phone, drawer: Drawer
) -> None:
    page = await shown(phone, drawer)
    await page.reload()
    await loaded(page)
    phone.expected = "410"
    phone.village.house.time.passes(LIFE.total_seconds() + 1)
    await page.reload()
    lost = page.get_by_role("button", name="hỏi lại để xem")
    await expect(lost).to_be_visible()
    await expect(picture(page)).to_have_count(0)
    await expect(theirs(page).last).to_contain_text(REPLY.text)
    phone.village.house.time.passes(-2)
    await lost.click()
    await loaded(page)


async def test_a_stranger_who_has_the_link_sees_nothing(
    phone: Phone, browser: Browser, drawer: Drawer
) -> None:
    page = await shown(phone, drawer)
    link = await picture(page).evaluate("image => image.src")
    context = await browser.new_context()
    try:
        stranger = await context.new_page()
        await stranger.goto(phone.village.address)
        answer = await stranger.goto(link)
        assert answer
        assert answer.status == 404
        await expect(stranger.get_by_text("hỏi lại để xem nhé")).to_be_visible()
        await expect(stranger.locator("img")).to_have_count(0)
    finally:
        await context.close()
