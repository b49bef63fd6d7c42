"""Photos as each platform tells of them, and how they are had from there."""

from __future__ import annotations

from typing import Any

import pytest
from telegram.error import TelegramError

from bot.channels import zalo_door
from bot.channels.base import NoPhoto
from bot.channels.calls import LARGEST, Calling, Unsent
from bot.channels.messenger import Messenger
from bot.channels.telegram import Telegram
from bot.channels.zalo import ZaloBot
from bot.channels.zalo_update import incoming
from handlers.talk import Incoming
from tests.channels.conftest import Housed, running
from tests.channels.test_telegram_update import PICTURE, private
from tests.channels.test_telegram_update import update as telegram_update
from tests.fakes.messenger import MessengerApi, said
from tests.fakes.papers import POINT
from tests.fakes.telegram import TOKEN, BotApi
from tests.fakes.zalo import TOKEN as ZALO_TOKEN
from tests.fakes.zalo import ZaloApi, text


def sizes(*widths: int) -> list[dict[str, Any]]:
    return [{**PICTURE, "file_id": f"w{w}", "width": w // 2, "height": w} for w in widths]


@pytest.mark.parametrize(
    ("widths", "taken"),
    [((90, 320, 1280, 2560), "w1280"), ((90, 800), "w800"), ((5000, 2560), "w2560")],
)
def test_telegram_s_photos_come_as_large_as_is_useful(widths: tuple[int, ...], taken: str) -> None:
    message = private(photo=sizes(*widths), caption="80%", media_group_id="13")
    [heard] = Telegram(TOKEN).read(telegram_update(message=message))
    assert (heard.kind, heard.text, heard.photos, heard.album) == ("photo", "80%", (taken,), "13")


def test_zalo_and_messenger_name_where_their_photos_are() -> None:
    update = text("m1", "")
    update["event_name"] = "message.image.received"
    update["message"] |= {"photo_url": "https://cdn/1.jpg", "caption": "xong móng"}
    del update["message"]["text"]
    heard = incoming(update)
    assert heard
    assert (heard.kind, heard.text, heard.photos) == ("photo", "xong móng", ("https://cdn/1.jpg",))
    links = [{"type": "image", "payload": {"url": f"https://cdn/{n}.jpg"}} for n in (1, 2)]
    thumb = {"type": "image", "payload": {"url": "x", "sticker_id": 3}}
    [both] = Messenger("t", "s", "v").read(said("", attachments=links))
    assert (both.kind, both.photos) == ("photo", ("https://cdn/1.jpg", "https://cdn/2.jpg"))
    [liked] = Messenger("t", "s", "v").read(said("", attachments=[thumb]))
    assert (liked.kind, liked.photos) == ("sticker", ())


async def test_telegram_gives_a_photo_or_says_that_it_is_gone(api: BotApi) -> None:
    api.files["w1280"] = POINT
    async with Telegram(TOKEN, api.base) as telegram:
        assert await telegram.fetch("w1280") == POINT
        with pytest.raises(NoPhoto):
            await telegram.fetch("lost")
    async with Telegram(TOKEN, "http://127.0.0.1:9") as cut_off:
        with pytest.raises(TelegramError):
            await cut_off.fetch("w1280")


async def test_a_link_gives_a_photo_or_says_whether_to_try_again() -> None:
    async with MessengerApi() as api, Calling() as calling:
        api.photos = {"1.jpg": POINT, "huge.jpg": bytes(LARGEST + 1)}
        assert await calling.fetch(f"{api.base}/photos/1.jpg") == POINT
        for gone in (f"{api.base}/photos/2.jpg", f"{api.base}/photos/huge.jpg", "data:x", "?"):
            with pytest.raises(NoPhoto):
                await calling.fetch(gone)
        with pytest.raises(Unsent):
            await calling.fetch("http://127.0.0.1:9/1.jpg")


async def test_a_photo_of_somebody_without_a_registration_is_never_fetched(housed: Housed) -> None:
    async with ZaloApi() as api, ZaloBot(ZALO_TOKEN, api.base) as zalo, housed(zalo) as app:
        update = text("m1", "")
        update["event_name"] = "message.image.received"
        update["message"] |= {"photo_url": f"{api.base}/photos/1.jpg"}
        async with running(zalo_door.poll(zalo, app.intake.hear, app.intake.park)):
            await api.tell(update)
            await api.until(lambda: bool(api.seen()))
        assert "mình không giữ ảnh" in api.seen()[0]
        assert not await app.photos.round()


def test_photos_that_wait_in_the_inbox_are_read_back() -> None:
    """Also what an earlier version put there."""
    said = Incoming("zalo", "1", "a", kind="photo", photos=("u", "v"), album="x")
    assert Incoming.from_json({**vars(said), "photos": ["u", "v"]}) == said
    assert Incoming.from_json({"channel": "zalo", "id": "1", "sender": "a"}).photos == ()
