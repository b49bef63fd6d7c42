"""How the chat page looks and reads: on narrow screens, zoomed, by keyboard, without seeing."""

from __future__ import annotations

import re
from typing import Literal

import pytest
from playwright.async_api import expect

from handlers.talk import Button, Reply
from tests.web.conftest import Phone, Village
from tests.web.talking import greeted, say, theirs

pytestmark = pytest.mark.asyncio(loop_scope="session")

COLOURS = """it => {
    const under = node => getComputedStyle(node).backgroundColor;
    let paper = it;
    while (under(paper) === "rgba(0, 0, 0, 0)") paper = paper.parentElement;
    return [getComputedStyle(it).color, under(paper)];
}"""


def contrast(*colours: str) -> float:
    """The contrast ratio of two colours, as WCAG 2.2 reckons it."""
    dark, light = sorted(map(luminance, colours))
    return (light + 0.05) / (dark + 0.05)


def luminance(colour: str) -> float:
    parts = [int(part) / 255 for part in re.findall(r"\d+", colour)[:3]]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return sum(share * p for share, p in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


@pytest.mark.parametrize("width", [180, 320, 360])
async def test_a_narrow_screen_needs_no_sideways_scrolling(phone: Phone, width: int) -> None:
    """180 pixels are a small phone at a zoom of 200 %."""
    phone.village.house.answer = lambda said: [
        Reply("https://" + "x" * 200, tuple(Button("Tập thể hợp tác xã " + n, n) for n in "1234")),
    ]
    page = await phone.visit()
    await page.set_viewport_size({"width": width, "height": 640})
    await say(page, "m" * 300)
    await expect(theirs(page)).to_have_count(2)
    for box in ("document.documentElement", "document.getElementById('scroll')"):
        assert await page.evaluate(f"{box}.scrollWidth <= {box}.clientWidth")
    for target in await page.locator("button:visible, textarea").all():
        assert await target.evaluate("it => it.getBoundingClientRect().height") >= 44


async def test_it_can_be_read_and_used_without_seeing(phone: Phone) -> None:
    page = await greeted(phone)
    assert await page.locator("html").get_attribute("lang") == "vi"
    await say(page, "chào")
    await expect(theirs(page)).to_have_count(2)
    tree = await page.locator("body").aria_snapshot()
    for role in ("heading", 'log "Cuộc trò chuyện"', "Anh chị:", "Thi Đua:", 'textbox "Tin nhắn'):
        assert role in tree
    assert await page.locator("#log").get_attribute("aria-live") == "polite"


async def test_the_keyboard_reaches_everything_in_reading_order(phone: Phone) -> None:
    page = await greeted(phone)
    await page.locator("#more").focus()
    names = []
    for _ in range(7):
        focus = page.locator(":focus")
        names.append(await focus.get_attribute("aria-label") or await focus.inner_text())
        await page.keyboard.press("Tab")
    order = ["Tuỳ chọn", "Cuộc trò chuyện", "Hạn nộp hồ sơ", "Đăng ký"]
    assert names == [
        *order,
        "Đính kèm ảnh công trình",
        "",
        "Gửi",
    ]  # the box has its name from a label


async def test_the_menu_gives_the_focus_back(phone: Phone) -> None:
    page = await greeted(phone)
    menu = page.get_by_role("button", name="Tuỳ chọn")
    for keys in (["Enter", "Escape"], ["Enter", "Tab", "Tab", "Enter"]):
        await menu.focus()
        for key in keys:
            await page.keyboard.press(key)
        await expect(menu).to_be_focused()
        await expect(menu).to_have_attribute("aria-expanded", "false")


async def test_text_is_large(phone: Phone) -> None:
    page = await greeted(phone)
    size = await theirs(page).evaluate("it => parseFloat(getComputedStyle(it).fontSize)")
    assert size >= 18


@pytest.mark.parametrize("scheme", ["light", "dark"])
async def test_text_stands_out_from_its_paper(
    phone: Phone, scheme: Literal["light", "dark"]
) -> None:
    """WCAG 2.2, 1.4.3: at least 4.5 to 1; 7 to 1 for what is read most."""
    page = await greeted(phone)
    await page.emulate_media(color_scheme=scheme)
    house = phone.village.house
    await house.say(house.heard[0].sender, Reply("Hạn là 2/6.\nVí dụ: x\nNguồn: KH 12", ()))
    await say(page, "cảm ơn")
    await expect(theirs(page)).to_have_count(3)
    least = {".bubble": 7, ".mine .bubble": 7, ".source": 4.5, ".aside": 4.5, ".chip": 4.5}
    for part, ratio in least.items():
        inks = await page.locator(part).first.evaluate(COLOURS)
        assert contrast(*inks) >= ratio, part


async def test_nothing_comes_from_elsewhere(phone: Phone, village: Village) -> None:
    asked: list[str] = []
    phone.context.on("request", lambda request: asked.append(request.url))
    await greeted(phone)
    assert asked
    assert all(url.startswith(village.address) for url in asked)
