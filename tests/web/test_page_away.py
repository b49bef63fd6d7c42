"""The chat page when the server, the signal, the cookie or the tab goes away."""

from __future__ import annotations

import pytest
from playwright.async_api import Route, expect

from bot.web.limits import Limits, Rate
from handlers.talk import Reply
from tests.web.conftest import Phone
from tests.web.house import GREETING
from tests.web.talking import forget_cookie, greeted, mine, say, theirs

pytestmark = pytest.mark.asyncio(loop_scope="session")

REFUSED_CONNECTION = "ERR_CONNECTION_REFUSED"


async def test_nothing_is_lost_or_repeated_while_the_server_is_away(phone: Phone) -> None:
    phone.expected = REFUSED_CONNECTION
    village, house = phone.village, phone.village.house
    page = await greeted(phone)
    await village.stop()
    await say(page, "một")
    await say(page, "hai")
    await expect(page.get_by_text("Đang nối lại…")).to_be_visible()
    await expect(page.get_by_role("button", name="chạm để gửi lại")).to_have_count(2)
    await house.say(house.heard[0].sender, Reply("Nhắc: mai là hạn nộp."))
    await village.start()
    replies = [GREETING.text, "Nhắc: mai là hạn nộp.", "Đã nghe: một", "Đã nghe: hai"]
    await expect(theirs(page)).to_have_text(replies)
    await expect(page.locator("#status")).to_be_hidden()
    assert [one.text for one in house.heard] == ["", "một", "hai"]


async def test_a_tap_sends_at_once_what_could_not_be_sent(phone: Phone) -> None:
    phone.expected = "ERR_FAILED"
    page = await greeted(phone)
    await page.route("**/chat/messages", lambda route: route.abort())
    await say(page, "gửi giúp")
    again = page.get_by_role("button", name="chạm để gửi lại")
    await expect(again).to_be_visible()
    await page.unroute("**/chat/messages")
    await again.click()
    await expect(theirs(page).last).to_have_text("Đã nghe: gửi giúp")
    await expect(again).to_be_hidden()


async def test_without_a_network_it_says_so_and_sends_later(phone: Phone) -> None:
    phone.expected = "ERR_INTERNET_DISCONNECTED"
    page = await greeted(phone)
    await phone.context.set_offline(True)
    await expect(page.get_by_role("status")).to_contain_text("Đang mất mạng")
    await say(page, "gửi khi có mạng")
    await phone.context.set_offline(False)
    await expect(theirs(page).last).to_have_text("Đã nghe: gửi khi có mạng")
    await expect(page.get_by_role("status")).to_be_hidden()


async def test_the_page_opens_from_memory_where_the_network_hangs(phone: Phone) -> None:
    page = await greeted(phone)
    await page.wait_for_function("navigator.serviceWorker.ready")
    phone.village.answers.clear()
    page = await phone.visit()
    phone.village.answers.set()
    await expect(theirs(page)).to_have_text([GREETING.text])


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


async def test_a_tab_that_sees_late_what_the_other_said_does_not_write_over_it(
    phone: Phone,
) -> None:
    first, second = await greeted(phone), await greeted(phone)
    await second.evaluate(
        """() => {
            const seen = { ...localStorage };
            const kept = Storage.prototype.setItem;
            Storage.prototype.getItem = (name) => (name in seen ? seen[name] : null);
            Storage.prototype.setItem = function set(name, value) {
                seen[name] = value;
                kept.call(this, name, value);
            };
        }"""
    )
    await say(first, "từ tab một")
    await expect(theirs(second).last).to_have_text("Đã nghe: từ tab một")
    await first.reload()
    await expect(mine(first)).to_have_text(["từ tab một"])
    await expect(theirs(first).last).to_have_text("Đã nghe: từ tab một")


async def test_what_was_kept_in_one_list_before_is_still_there(phone: Phone) -> None:
    page = await greeted(phone)
    await page.evaluate(
        """() => {
            localStorage['thidua.talk'] = JSON.stringify([
                { key: 'a', mine: true, state: 'sent', at: 1, text: 'hỏi hôm qua' },
                { key: 'b', row: 7, text: 'đáp hôm qua', buttons: [] },
            ]);
            Object.keys(localStorage).filter((name) => name.startsWith('thidua.item.'))
                .forEach((name) => localStorage.removeItem(name));
        }"""
    )
    await page.reload()
    await expect(mine(page)).to_have_text(["hỏi hôm qua"])
    await expect(theirs(page).first).to_have_text("đáp hôm qua")


async def test_a_lost_cookie_or_memory_does_not_silence_the_page(phone: Phone) -> None:
    page = await greeted(phone)
    for number in range(3):
        await say(page, str(number))
        await expect(theirs(page)).to_have_count(number + 2)
    await forget_cookie(phone, page)
    phone.village.house.rows.clear()  # numbers start again
    await page.reload()
    await say(page, "còn đó không?")
    await expect(theirs(page).last).to_have_text("Đã nghe: còn đó không?")


async def test_a_cookie_that_vanishes_while_the_page_is_open_loses_nothing(phone: Phone) -> None:
    phone.expected = "403"
    page = await greeted(phone)
    await forget_cookie(phone, page)
    await say(page, "còn đó không?")
    await expect(theirs(page).last).to_have_text("Đã nghe: còn đó không?")
    assert [one.text for one in phone.village.house.heard] == ["", "còn đó không?"]


async def test_a_cookie_renewed_beside_the_open_page_brings_the_answer(
    phone: Phone,
) -> None:
    page = await greeted(phone)
    await forget_cookie(phone, page)
    await phone.context.request.get(page.url)  # as the service worker does, or another tab
    await say(page, "còn đó không?")
    await expect(theirs(page).last).to_have_text("Đã nghe: còn đó không?")
    assert len({one.sender for one in phone.village.house.heard}) == 2


async def test_a_browser_that_keeps_no_cookie_says_so(phone: Phone) -> None:
    phone.expected = "403"
    refusal = {"status": 403, "json": {"error": "no_cookie"}}
    page = await greeted(phone)
    await page.route("**/chat/messages", lambda route: route.fulfill(**refusal))
    await say(page, "giữ giúp")
    await expect(page.get_by_role("status")).to_contain_text("cho phép cookie rồi mở lại trang")
    await page.unroute("**/chat/messages")
    await page.get_by_role("button", name="chạm để gửi lại").click()
    await expect(theirs(page).last).to_have_text("Đã nghe: giữ giúp")
    await expect(page.get_by_role("status")).to_be_hidden()


async def test_what_could_not_be_sent_for_days_is_offered_to_be_typed_again(phone: Phone) -> None:
    phone.expected = "ERR_FAILED"
    page = await greeted(phone)
    await page.route("**/chat/messages", lambda route: route.abort())
    await say(page, "từ tuần trước")
    await expect(page.get_by_role("button", name="chạm để gửi lại")).to_be_visible()
    await page.evaluate(
        """Object.keys(localStorage).filter((name) => name.startsWith('thidua.item.'))
            .forEach((name) => {
                const item = JSON.parse(localStorage[name]);
                item.at -= 6.1 * 24 * 3600 * 1000;
                localStorage[name] = JSON.stringify(item);
            })"""
    )
    await page.unroute("**/chat/messages")
    await page.reload()
    await expect(page.get_by_text("Tin này để lâu quá nên chưa gửi.")).to_be_visible()
    await expect(page.get_by_label("Tin nhắn của bạn")).to_have_value("từ tuần trước")
    assert [one.text for one in phone.village.house.heard] == [""]


async def test_too_fast_keeps_what_was_said(phone: Phone) -> None:
    phone.expected = "429"
    village = phone.village
    await village.stop()
    village.limits = Limits(person=Rate(burst=2, refill=1))
    await village.start()
    page = await greeted(phone)
    await say(page, "một")
    await say(page, "hai")
    await expect(page.get_by_text("Anh chị gửi hơi nhanh")).to_be_visible()
    await expect(mine(page)).to_have_text(["một", "hai"])
    village.house.time.passes(60)
    await expect(theirs(page).last).to_have_text("Đã nghe: hai")
    await expect(page.get_by_text("Anh chị gửi hơi nhanh")).to_be_hidden()
