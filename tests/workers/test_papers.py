"""Papers leave with their reply or behind a link, and never hold back its words."""

from __future__ import annotations

import asyncio
import json
import re
from collections.abc import AsyncIterator
from threading import get_ident

import pytest
from structlog.testing import capture_logs

from bot import papers
from bot.channels.base import Channel, fit
from bot.channels.telegram import CAPTION, Telegram
from bot.knowledge import Knowledge
from bot.links import Links
from bot.papers import Papers
from bot.sending.sender import STUBBORN, Sender
from content.library import Library
from handlers.talk import Button, Made, Reply
from storage.outbox import LEASE
from storage.unit import Store
from tests.fakes.clock import Time
from tests.fakes.papers import PICTURE, SHEET, TABLE, Drawer, png
from tests.fakes.telegram import CUT_AFTER, TOKEN, BotApi, Fault
from tests.workers.fragile import Fragile
from tests.workers.post import Post, drain, sender_of

LAN = "7"
SITE = "https://thidua.example.vn"
HELLO = Reply("Anh chị xem lại nhé", (Button("Gửi", "send"),), (PICTURE,))
LONG = Reply("ữ" * (CAPTION + 1), papers=(PICTURE,))
NEXT = Reply("Còn gì nữa không ạ?")
URL = re.compile(rf"{SITE}/papers/(\S+)$")


@pytest.fixture
async def api() -> AsyncIterator[BotApi]:
    async with BotApi() as api:
        yield api


@pytest.fixture
async def telegram(api: BotApi) -> AsyncIterator[Telegram]:
    async with Telegram(TOKEN, api.base) as telegram:
        yield telegram


@pytest.fixture
def office(store: Fragile, library: Library, time: Time) -> Papers:
    return Papers(store, Knowledge(library), Links("only for tests", time, SITE))


@pytest.fixture
async def lan(store: Fragile, drawer: Drawer) -> int:
    """Lan's number; she is reached by Telegram, and has a picture in the drawer."""
    drawer.owner = await somebody(store, "telegram")
    drawer.put(PICTURE, png())
    return drawer.owner


@pytest.fixture
def mail(store: Fragile, telegram: Telegram, office: Papers, lan: int) -> Sender:
    return sender_of(store, telegram, pack=office.packed)


async def somebody(store: Store, channel: str) -> int:
    async with store.unit() as unit:
        await unit.inbox.know([(channel, LAN)])
        people = await unit.people.at([(channel, LAN)])
        return people[channel, LAN].id


async def say(store: Store, channel: Channel, *replies: Reply) -> None:
    """Queue replies as a turn does."""
    parts = [part.as_json() for reply in replies for part in fit(reply, channel.can)]
    async with store.unit() as unit:
        unit.outbox.add(channel.name, LAN, parts)


def seen(api: BotApi) -> list[tuple[str, str]]:
    """What Lan sees: of each message the kind of its file, and its words."""
    return [(m.file.kind if m.file else "", m.text) for m in api.seen(int(LAN))]


async def test_a_paper_is_made_beside_the_loop_when_it_leaves_and_stays_nowhere(
    store: Fragile, mail: Sender, telegram: Telegram, api: BotApi, drawer: Drawer
) -> None:
    threads = []

    def make() -> Made:
        threads.append(get_ident())
        return Made("a/phiếu.png", png())

    drawer.papers[PICTURE] = make
    await say(store, telegram, HELLO, NEXT)
    assert not threads
    await drain(mail)
    assert seen(api) == [("photo", HELLO.text), ("", NEXT.text)]
    [shown, _] = api.seen(int(LAN))
    assert shown.file
    assert (shown.file.name, shown.rows) == ("a_phiếu.png", [["Gửi"]])
    assert threads != [get_ident()]
    async with store.view() as unit:
        rows = await unit.outbox.begun_after("telegram", LAN, 0, 9)
    assert json.loads(json.dumps(rows[0][1])) == HELLO.as_json()


@pytest.mark.parametrize("wrong", ["fails", "nothing", "unknown", "maker"])
async def test_a_paper_that_cannot_be_made_is_said_to_be_missing(
    store: Fragile, mail: Sender, telegram: Telegram, api: BotApi, drawer: Drawer, wrong: str
) -> None:
    def fail() -> Made:
        raise ValueError("chị Lan, 0912345678")

    if wrong == "fails":
        drawer.papers[PICTURE] = fail
    elif wrong == "nothing":
        drawer.papers.clear()
    elif wrong == "unknown":
        drawer.owner += 1  # so it is not Lan's
    else:
        drawer.papers = None  # type: ignore[assignment]  # the maker itself breaks
    await say(store, telegram, HELLO, NEXT)
    with capture_logs() as logs:
        await drain(mail)
    [(file, text), after] = seen(api)
    assert file == ""
    missing = "\nLúc này mình chưa kèm được: Bản xem trước (ảnh)."
    assert text.removeprefix(HELLO.text).startswith(missing if wrong in ("fails", "maker") else "")
    assert (text == HELLO.text) == (wrong in ("nothing", "unknown"))
    assert after == ("", NEXT.text)
    assert "0912345678" not in f"{logs}"
    assert [log["event"] for log in logs] == (
        ["paper_failed"] if wrong in ("fails", "maker") else []
    )


async def test_who_was_forgotten_meanwhile_gets_words_alone(
    store: Fragile, telegram: Telegram, api: BotApi, office: Papers
) -> None:
    await say(store, telegram, HELLO)
    await drain(sender_of(store, telegram, pack=office.packed))
    assert seen(api) == [("", HELLO.text)]


@pytest.mark.parametrize("site", [SITE, ""])
async def test_where_a_channel_shows_no_files_a_link_or_words_say_where_they_are(
    store: Fragile, library: Library, time: Time, drawer: Drawer, site: str
) -> None:
    post = Post()
    drawer.owner = await somebody(store, post.name)
    for paper in (PICTURE, SHEET):
        drawer.put(paper, b"?")
    office = Papers(store, Knowledge(library), Links("only for tests", time, site))
    await say(store, post, Reply("ữ " * 450, (Button("Gửi", "send"),), (PICTURE, SHEET)))
    await drain(sender_of(store, post, pack=office.packed))
    *_, last = post.arrived
    assert all(len(text) <= post.can.max_text for text in post.arrived)
    picture, sheet = last.splitlines()[-2:]
    assert picture.startswith("Bản xem trước (ảnh)")
    assert sheet.startswith("Phiếu đăng ký (PDF)")
    if not site:
        assert "trang trò chuyện" in picture
        return
    tokens = [found[1] for found in map(URL.search, (picture, sheet)) if found]
    assert [await office.opened(token, None) for token in tokens] == [
        Made("phiếu.png", b"?"),
        Made("phiếu.pdf", b"?"),
    ]


async def test_what_is_too_large_or_refused_or_slow_goes_behind_a_link(
    store: Fragile,
    mail: Sender,
    telegram: Telegram,
    api: BotApi,
    drawer: Drawer,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    drawer.put(TABLE, bytes(telegram.can.max_file + 1))
    await say(store, telegram, Reply("Của anh chị đây", papers=(TABLE, PICTURE)))
    await drain(mail)
    api.faults = dict.fromkeys(("sendPhoto", "sendDocument"), Fault(400, "Bad Request: wrong file"))
    await say(store, telegram, HELLO)
    await drain(mail)
    monkeypatch.setattr(papers, "PATIENCE", -1)
    await say(store, telegram, HELLO)
    await drain(mail)
    assert [file for file, _ in seen(api)] == ["photo", "", ""]
    large, refused, slow = [text.splitlines() for _, text in seen(api)]
    assert large[-1].startswith("Danh sách đăng ký (XLSX)")
    for lines in (large, refused, slow):
        assert len(lines) == 2
        assert URL.search(lines[-1])


async def test_files_that_never_get_through_do_not_hold_back_the_words(
    store: Fragile, mail: Sender, telegram: Telegram, api: BotApi, time: Time
) -> None:
    api.faults = {"sendPhoto": Fault(502, page="<html>Bad Gateway</html>")}
    await say(store, telegram, HELLO, NEXT)
    for _ in range(8):
        await drain(mail)
        time.passes(STUBBORN / 4)
    [(file, text), after] = seen(api)
    assert (file, after) == ("", ("", NEXT.text))
    assert URL.search(text)


async def test_a_crash_between_picture_and_words_repeats_that_reply_alone(
    store: Fragile, mail: Sender, telegram: Telegram, api: BotApi, time: Time, office: Papers
) -> None:
    api.nth = {2: CUT_AFTER}  # the words arrive, and we do not hear of it
    await say(store, telegram, LONG, NEXT)
    await drain(mail)
    both = [("photo", ""), ("", LONG.text)]
    assert seen(api) == both
    api.nth = {}
    time.passes(1)
    await drain(mail)
    assert seen(api) == [*both, *both, ("", NEXT.text)]

    api.latency = 0.05
    await say(store, telegram, LONG, NEXT)
    await mail.round()
    await api.until(lambda: len(seen(api)) == 6)
    (under_way,) = mail.sending
    under_way.cancel()  # it dies with the picture sent, and starts again
    await asyncio.gather(under_way, return_exceptions=True)
    time.passes(LEASE.total_seconds())
    await drain(sender_of(store, telegram, pack=office.packed))
    assert seen(api)[5:] == [("photo", ""), *both, ("", NEXT.text)]


async def test_each_paper_takes_a_place_of_its_own_in_the_pace(
    store: Fragile, office: Papers, time: Time
) -> None:
    post = Post(pace=50)
    sender = sender_of(store, post, pack=office.packed)
    pace = sender.paces["post"]
    pace.complained(time.now.timestamp(), 0)
    await say(store, post, HELLO, NEXT)
    await drain(sender)
    assert pace.even - time.now.timestamp() == pytest.approx(3 / 50)
