"""The chat page in a real browser, as a person on a small phone meets it."""

from __future__ import annotations

import pytest
from playwright.async_api import Locator, Page, Route, expect

from bot.limits import Limits, Rate
from handlers.talk import Button, Reply
from tests.web.conftest import Phone, Village
from tests.web.house import GREETING

pytestmark = pytest.mark.asyncio(loop_scope="module")

REFUSED_CONNECTION = "ERR_CONNECTION_REFUSED"


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


async def test_a_newcomer_is_greeted_and_answered(phone: Phone) -> None:
    page = await greeted(phone)
    assert [one.value for one in phone.village.house.heard] == ["start"]
    await say(page, "Hạn nộp hồ sơ?")
    await expect(mine(page)).to_have_text(["Hạn nộp hồ sơ?"])
    await expect(theirs(page)).to_have_text([GREETING.text, "Đã nghe: Hạn nộp hồ sơ?"])
    await expect(page.get_by_label("Tin nhắn của bạn")).to_have_value("")
    await expect(page.get_by_text("Đang trả lời…")).to_be_hidden()


async def test_a_late_answer_is_announced(phone: Phone) -> None:
    house = phone.village.house
    page = await greeted(phone)
    house.answer = lambda said: ()
    await say(page, "câu khó")
    await expect(page.get_by_text("Đang trả lời…")).to_be_visible()
    await house.say(house.heard[0].sender, Reply("Mình tìm thấy rồi."))
    await expect(theirs(page).last).to_have_text("Mình tìm thấy rồi.")
    await expect(page.get_by_text("Đang trả lời…")).to_be_hidden()


async def test_lines_are_kept_and_the_source_is_set_apart(phone: Phone) -> None:
    page = await greeted(phone)
    house = phone.village.house
    await house.say(house.heard[0].sender, Reply("Dòng một\nDòng hai\nNguồn: KH 12, mục IV.2"))
    await expect(page.locator(".source")).to_have_text("Nguồn: KH 12, mục IV.2")
    assert (await theirs(page).last.inner_text()).startswith("Dòng một\nDòng hai\n")


async def test_chips_are_tapped_by_keyboard(phone: Phone) -> None:
    page = await greeted(phone)
    await page.get_by_role("button", name="Hạn nộp hồ sơ").focus()
    await page.keyboard.press("Enter")
    await expect(mine(page)).to_have_text(["Hạn nộp hồ sơ"])
    await expect(theirs(page).last).to_have_text("Đã nghe: deadlines")
    assert phone.village.house.heard[-1].value == "deadlines"


async def test_older_chips_still_work(phone: Phone) -> None:
    page = await greeted(phone)
    await say(page, "một")
    await expect(theirs(page)).to_have_count(2)
    await page.get_by_role("button", name="Đăng ký").click()
    await expect(theirs(page).last).to_have_text("Đã nghe: register")


async def test_shift_enter_makes_a_new_line(phone: Phone) -> None:
    page = await greeted(phone)
    await page.get_by_label("Tin nhắn của bạn").fill("một")
    low = await page.locator("#words").evaluate("box => box.offsetHeight")
    await page.keyboard.press("Shift+Enter")
    await page.keyboard.type("hai")
    assert await page.locator("#words").evaluate("box => box.offsetHeight") > low
    await page.keyboard.press("Enter")
    await expect(theirs(page).last).to_have_text("Đã nghe: một\nhai")


async def test_submitting_twice_says_it_once(phone: Phone) -> None:
    page = await greeted(phone)
    await page.get_by_label("Tin nhắn của bạn").fill("một lần")
    await page.get_by_role("button", name="Gửi").dblclick()
    await expect(theirs(page).last).to_have_text("Đã nghe: một lần")
    assert [one.text for one in phone.village.house.heard] == ["", "một lần"]


async def test_markup_is_shown_as_text(phone: Phone) -> None:
    page = await greeted(phone)
    house, attack = phone.village.house, '<img src=x onerror="alert(1)"><b>đậm</b>'
    house.answer = lambda said: [Reply(attack, (Button("<i>nút</i>", "<i>"),))]
    await say(page, attack)
    await expect(theirs(page).last).to_have_text(attack)
    await expect(mine(page).last).to_have_text(attack)
    await expect(page.get_by_role("button", name="<i>nút</i>")).to_be_visible()
    assert await page.locator("#log :is(img, b, i)").count() == 0


async def test_nothing_is_lost_or_repeated_while_the_server_is_away(phone: Phone) -> None:
    phone.expected = REFUSED_CONNECTION
    village, house = phone.village, phone.village.house
    page = await greeted(phone)
    await village.stop()
    await say(page, "một")
    await say(page, "hai")
    await expect(page.get_by_text("Đang nối lại…")).to_be_visible()
    await expect(page.get_by_text("Đang gửi…")).to_have_count(2)
    await house.say(house.heard[0].sender, Reply("Nhắc: mai là hạn nộp."))
    await village.start()
    replies = [GREETING.text, "Nhắc: mai là hạn nộp.", "Đã nghe: một", "Đã nghe: hai"]
    await expect(theirs(page)).to_have_text(replies)
    await expect(page.locator("#status")).to_be_hidden()
    assert [one.text for one in house.heard] == ["", "một", "hai"]


async def test_what_was_not_sent_is_sent_after_the_page_was_closed(phone: Phone) -> None:
    phone.expected = REFUSED_CONNECTION
    page = await greeted(phone)
    await page.wait_for_function("navigator.serviceWorker.ready")
    await phone.village.stop()
    await say(page, "gửi sau")
    await page.close()
    page = await phone.visit()  # kept by the service worker
    await expect(mine(page)).to_have_text(["gửi sau"])
    await phone.village.start()
    await expect(theirs(page)).to_have_text([GREETING.text, "Đã nghe: gửi sau"])


async def test_an_acknowledgement_that_got_lost_makes_no_second_message(phone: Phone) -> None:
    phone.expected = "ERR_FAILED"
    page = await greeted(phone)
    lost: list[int] = []

    async def lose(route: Route) -> None:
        if lost:
            await route.continue_()
            return
        lost.append((await route.fetch()).status)
        await route.abort()

    await page.route("**/chat/messages", lose)
    await say(page, "chỉ một lần")
    await expect(page.get_by_text("Đang gửi…")).to_have_count(0)
    await expect(theirs(page)).to_have_text([GREETING.text, "Đã nghe: chỉ một lần"])
    assert (lost, phone.village.house.deliveries) == ([202], 3)


async def test_the_conversation_is_there_after_a_reload(phone: Phone) -> None:
    page = await greeted(phone)
    await say(page, "một")
    await expect(theirs(page)).to_have_count(2)
    await page.get_by_label("Tin nhắn của bạn").fill("đang gõ dở")
    await page.reload()
    await expect(theirs(page)).to_have_text([GREETING.text, "Đã nghe: một"])
    await expect(page.get_by_label("Tin nhắn của bạn")).to_have_value("đang gõ dở")
    assert len(phone.village.house.heard) == 2


async def test_two_open_tabs_show_the_same(phone: Phone) -> None:
    first, second = await greeted(phone), await greeted(phone)
    for page, text in ((first, "từ tab một"), (second, "từ tab hai")):
        await say(page, text)
        for each in (first, second):
            await expect(mine(each).last).to_have_text(text)
            await expect(theirs(each).last).to_have_text(f"Đã nghe: {text}")
    assert await theirs(first).count() == await theirs(second).count() == 3


async def test_a_lost_cookie_or_memory_does_not_silence_the_page(phone: Phone) -> None:
    page = await greeted(phone)
    for number in range(3):
        await say(page, str(number))
        await expect(theirs(page)).to_have_count(number + 2)
    await phone.context.clear_cookies()
    phone.village.house.rows.clear()  # numbers start again
    await page.reload()
    await say(page, "còn đó không?")
    await expect(theirs(page).last).to_have_text("Đã nghe: còn đó không?")


async def test_too_fast_keeps_what_was_said(phone: Phone) -> None:
    phone.expected = "429"
    village = phone.village
    await village.stop()
    village.limits = Limits(person=Rate(burst=2, refill=1))
    await village.start()
    page = await greeted(phone)
    await say(page, "một")
    await say(page, "hai")
    await expect(page.get_by_text("Bạn gửi hơi nhanh")).to_be_visible()
    await expect(mine(page)).to_have_text(["một", "hai"])
    village.house.time.passes(60)
    await expect(theirs(page).last).to_have_text("Đã nghe: hai")
    await expect(page.get_by_text("Bạn gửi hơi nhanh")).to_be_hidden()


async def test_too_long_is_said_and_given_back(phone: Phone) -> None:
    phone.expected = "413"
    page = await greeted(phone)
    await say(page, "ữ" * 200_000)
    await expect(page.get_by_text("Tin này dài quá")).to_be_visible()
    box = page.get_by_label("Tin nhắn của bạn")
    assert await box.evaluate("box => box.value.length") == 200_000
    await say(page, "ngắn thôi")
    await expect(theirs(page).last).to_have_text("Đã nghe: ngắn thôi")


async def test_the_screen_can_be_cleared_and_the_talk_begun_again(phone: Phone) -> None:
    page = await greeted(phone)
    await page.get_by_role("button", name="Tuỳ chọn").click()
    await page.get_by_role("button", name="Xoá màn hình").click()
    await expect(page.get_by_text("Màn hình đã xoá")).to_be_visible()
    await expect(theirs(page)).to_have_count(0)
    await page.get_by_role("button", name="Tuỳ chọn").click()
    await page.get_by_role("button", name="Bắt đầu lại").click()
    await expect(theirs(page)).to_have_text([GREETING.text])


@pytest.mark.parametrize("width", [320, 360])
async def test_a_narrow_screen_needs_no_sideways_scrolling(phone: Phone, width: int) -> None:
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
    for role in ("heading", 'log "Cuộc trò chuyện"', "Bạn:", "Thi Đua:", 'textbox "Tin nhắn'):
        assert role in tree
    assert await page.locator("#log").get_attribute("aria-live") == "polite"
    names = []
    await page.locator("body").click(position={"x": 180, "y": 400})
    await page.locator("#more").focus()
    for _ in range(6):
        names.append(
            await page.evaluate(
                "document.activeElement.id || document.activeElement.textContent.trim() || document.activeElement.ariaLabel"
            )
        )
        await page.keyboard.press("Tab")
    assert names == ["more", "log", "Hạn nộp hồ sơ", "Đăng ký", "words", "Gửi"]


async def test_text_is_large(phone: Phone) -> None:
    page = await greeted(phone)
    size = await theirs(page).evaluate("it => parseFloat(getComputedStyle(it).fontSize)")
    assert size >= 17


async def test_nothing_comes_from_elsewhere(phone: Phone, village: Village) -> None:
    asked: list[str] = []
    phone.context.on("request", lambda request: asked.append(request.url))
    await greeted(phone)
    assert asked
    assert all(url.startswith(village.address) for url in asked)
