"""Photos by the web server's door, and from the page of a small phone."""

from __future__ import annotations

import base64
import io
from pathlib import Path
from uuid import uuid4

import pytest
from playwright.async_api import expect

from bot.web.limits import Limits, Rate
from bot.web.server import MAX_PHOTO
from tests.fakes.papers import POINT, jpg, png
from tests.web.conftest import Phone
from tests.web.house import House
from tests.web.talking import greeted, mine, theirs
from tests.web.visiting import Client, Visit


async def sent(client: Client, content: bytes, number: str = "") -> tuple[int, str]:
    asked = await client.post(f"/chat/photos?id={number or uuid4()}", data=io.BytesIO(content))
    return asked.status, (await asked.json()).get("error", "")


async def test_a_photo_is_heard_once_and_without_notes(lan: Client, house: House) -> None:
    number = str(uuid4())
    for _ in range(2):
        assert await sent(lan, jpg(b"10.03 N"), number) == (202, "")
    [heard] = house.heard
    assert (heard.kind, heard.id) == ("photo", number)
    assert await house.web.fetch(*heard.photos) == POINT
    assert base64.b64decode(heard.photos[0]) == POINT


async def test_what_is_no_photo_too_large_or_from_nobody_is_refused(
    house: House, visit: Visit, lan: Client
) -> None:
    refused = (415, "not_a_photo")
    assert await sent(lan, b"GIF89a") == refused
    assert await sent(lan, POINT[:-2] + bytes(MAX_PHOTO)) == refused
    assert await sent(lan, POINT, "1") == (400, "not_understood")
    stranger = await visit(house.doors())
    assert await sent(stranger, POINT) == (403, "no_cookie")
    elsewhere = {"Sec-Fetch-Site": "cross-site"}
    answer = await lan.post(f"/chat/photos?id={uuid4()}", data=POINT, headers=elsewhere)
    assert answer.status == 403
    assert not house.heard


async def test_nobody_fills_the_disk_with_photos(house: House, visit: Visit) -> None:
    client = await visit(house.doors(limits=Limits(photos=Rate(burst=2, refill=0.1))))
    await client.get("/")
    assert [(await sent(client, POINT))[0] for _ in range(3)] == [202, 202, 429]


@pytest.mark.asyncio(loop_scope="session")
async def test_photos_are_scaled_down_on_the_phone_and_stand_in_the_talk(
    phone: Phone, tmp_path: Path
) -> None:
    page = await greeted(phone)
    large, note = tmp_path / "cầu.png", tmp_path / "ghi chú.txt"
    large.write_bytes(png(2000, 3000))
    note.write_text("không phải ảnh", encoding="utf-8")
    async with page.expect_file_chooser() as chooser:
        await page.get_by_role("button", name="Đính kèm ảnh công trình").click()
    await (await chooser.value).set_files([large, note])
    await expect(theirs(page)).to_have_count(2)
    await expect(mine(page)).to_have_count(2)
    canvas = mine(page).first.locator("canvas")
    assert await canvas.evaluate("canvas => [canvas.width, canvas.height]") == [853, 1280]
    await expect(page.locator(".turn.mine .note").last).to_contain_text("chọn ảnh chụp khác")
    heard = phone.village.house.heard[-1]
    content = base64.b64decode(heard.photos[0])
    assert content.startswith(b"\xff\xd8\xff")
    assert len(content) < MAX_PHOTO
    await page.reload()
    await expect(mine(page).first).to_have_text("Ảnh công trình")
