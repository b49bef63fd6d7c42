"""Talking on the chat page, as a person does."""

from __future__ import annotations

from playwright.async_api import Locator, Page, expect

from tests.web.conftest import Phone
from tests.web.house import GREETING


def theirs(page: Page) -> Locator:
    return page.locator(".turn:not(.mine) .bubble")


def mine(page: Page) -> Locator:
    return page.locator(".turn.mine .bubble")


async def say(page: Page, text: str) -> None:
    await page.get_by_label("Tin nhắn của bạn").fill(text)
    await page.keyboard.press("Enter")


async def greeted(phone: Phone) -> Page:
    page = await phone.visit()
    await expect(theirs(page)).to_have_text([GREETING.text])
    return page


async def forget_cookie(phone: Phone, page: Page) -> None:
    """Not before the service worker is there: while it fetches the page, it is handed one anew."""
    await page.wait_for_function("navigator.serviceWorker.ready")
    await phone.context.clear_cookies()
