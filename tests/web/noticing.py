"""A browser that plays subscribing to a push service, and what a person does about notices."""

from __future__ import annotations

import asyncio

from playwright.async_api import Page, Worker

from tests.web.conftest import Phone
from tests.web.registry import Registry

NOTED = """() => {
    self.shown = [];
    self.registration.showNotification = async (title, shown) => { self.shown.push(shown); };
}"""
PLAYED = """
(({ answer, given }) => {
  if (!location.protocol.startsWith('http')) return;
  let permission = localStorage.permission || 'default';
  Object.defineProperty(Notification, 'permission', { get: () => permission });
  Notification.requestPermission = async () => {
    localStorage.asked = Number(localStorage.asked || 0) + 1;
    permission = localStorage.permission = answer;
    return permission;
  };
  const made = () => ({
    options: { applicationServerKey: new Uint8Array(JSON.parse(localStorage.known)).buffer },
    toJSON: () => ({ endpoint: given.endpoint, keys: { p256dh: given.p256dh, auth: given.auth } }),
    unsubscribe: async () => { delete localStorage.known; return true; },
  });
  PushManager.prototype.getSubscription = async () => (localStorage.known ? made() : null);
  PushManager.prototype.subscribe = async ({ applicationServerKey }) => {
    localStorage.known = JSON.stringify([...applicationServerKey]);
    return made();
  };
})"""


async def kept(house: Registry, whose: int = 0) -> bool:
    async with house.store.view() as unit:
        return await unit.subscriptions.of(house.heard[whose].sender) is not None


async def visited(page: Page) -> None:
    """The page is opened anew, and has said what there was to say."""
    async with page.expect_response("**/chat/push"):
        await page.reload()


async def tap(page: Page, label: str) -> None:
    await page.get_by_role("button", name=label, exact=True).click()


async def menu(page: Page, label: str) -> None:
    await tap(page, "Tuỳ chọn")
    await page.locator("#menu").get_by_role("button", name=label).click()


async def left(phone: Phone, house: Registry, page: Page) -> None:
    """The page is closed, and the server has seen it."""
    await page.goto("about:blank")
    async with asyncio.timeout(5):
        while any(line.there() for some in house.web.listeners.values() for line in some):
            await phone.context.request.get(f"{phone.village.address}/health")


async def until(worker: Worker, check: str) -> None:
    """Wait for something in the service worker."""
    async with asyncio.timeout(30):
        while not await worker.evaluate(check):
            pass
