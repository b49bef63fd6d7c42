"""The chat page in a real browser, as a person on a small phone meets it."""

from __future__ import annotations

import pytest
from playwright.async_api import Route, expect

from handlers.talk import Button, Reply
from handlers.unread import MOST
from tests.web.conftest import Phone
from tests.web.house import GREETING
from tests.web.talking import greeted, mine, say, theirs

pytestmark = pytest.mark.asyncio(loop_scope="session")


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


async def test_too_long_is_said_and_given_back(phone: Phone) -> None:
    """What the assistant would not read is not sent at all, and stays in the box."""
    page = await greeted(phone)
    await say(page, "ữ" * (MOST + 1))
    await expect(page.get_by_role("status")).to_contain_text("dài 2.001 ký tự")
    await expect(page.get_by_label("Tin nhắn của bạn")).to_have_value("ữ" * (MOST + 1))
    await say(page, "ữ" * MOST)
    await expect(theirs(page).last).to_have_text("Đã nghe: " + "ữ" * MOST)
    await expect(page.get_by_role("status")).to_be_hidden()
    assert [len(one.text) for one in phone.village.house.heard] == [0, MOST]


async def test_what_the_server_refuses_is_said_and_given_back(phone: Phone) -> None:
    phone.expected = "413"
    page = await greeted(phone)

    async def refuse(route: Route) -> None:
        await route.fulfill(status=413, json={"error": "too_long"})

    await page.route("**/chat/messages", refuse)
    await say(page, "một tin")
    await expect(page.get_by_text("Tin này dài quá nên chưa gửi được")).to_be_visible()
    await expect(page.get_by_label("Tin nhắn của bạn")).to_have_value("một tin")


async def test_a_long_reply_is_shown_from_its_first_line(phone: Phone) -> None:
    page = await greeted(phone)
    house = phone.village.house
    house.answer = lambda said: [Reply("Câu trả lời.\n" + "– một ý\n" * 60, (Button("Hết", "x"),))]
    await say(page, "kể hết đi")
    await expect(page.get_by_text("Câu trả lời.")).to_be_in_viewport()
    await expect(page.get_by_role("button", name="Hết")).not_to_be_in_viewport()
    await page.get_by_role("button", name="Xuống tin mới nhất").click()
    await expect(page.get_by_role("button", name="Hết")).to_be_in_viewport()
    await expect(page.get_by_role("button", name="Xuống tin mới nhất")).to_be_hidden()


async def test_the_keyboard_of_the_phone_hides_nothing(phone: Phone) -> None:
    page = await greeted(phone)
    await page.set_viewport_size({"width": 360, "height": 420})  # half of the screen is keys now
    await expect(page.get_by_role("button", name="Đăng ký")).to_be_in_viewport(ratio=1)


async def test_the_screen_can_be_cleared_and_the_talk_begun_again(phone: Phone) -> None:
    page = await greeted(phone)
    await page.get_by_role("button", name="Tuỳ chọn").click()
    await page.get_by_role("button", name="Xoá màn hình").click()
    await expect(page.get_by_text("Màn hình đã xoá")).to_be_visible()
    await expect(theirs(page)).to_have_count(0)
    await page.get_by_role("button", name="Tuỳ chọn").click()
    await page.get_by_role("button", name="Bắt đầu lại").click()
    await expect(theirs(page)).to_have_text([GREETING.text])


async def test_an_address_in_a_reply_can_be_opened_and_nothing_else_becomes_a_link(
    phone: Phone,
) -> None:
    phone.expected = "404"  # beside a document the browser asks for an icon
    page = await greeted(phone)
    await phone.context.route("**/documents/**", lambda route: route.fulfill(body="văn bản"))
    house, address = phone.village.house, f"{phone.village.address}/documents/mau/van-ban.pdf"
    text = f"Văn bản gốc:\n{address}#page=2.\nXem javascript:alert(1) hay <a href='//x'>x</a>"
    await house.say(house.heard[0].sender, Reply(text))
    link = theirs(page).last.get_by_role("link")
    await expect(link).to_have_text([f"{address}#page=2"])
    assert (await theirs(page).last.inner_text()) == text
    async with page.expect_popup() as opening:
        await link.click()
    opened = await opening.value
    await opened.wait_for_url(f"{address}#page=2", wait_until="commit")
    assert await opened.evaluate("window.opener") is None
