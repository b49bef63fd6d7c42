"""A Zalo Official Account: what we hear, what we send, what refusals mean, whom we believe."""

from __future__ import annotations

import hashlib
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import orjson
import pytest

from bot.channels.base import fit
from bot.channels.zalo_oa import ZaloOA
from bot.channels.zalo_oa_door import NOT_YET, checkup
from bot.channels.zalo_oa_tokens import Shelf
from bot.channels.zalo_oa_update import TAP
from handlers.errors import Rejected, SendFailed, Uncertain, Unreachable
from handlers.talk import Button, Made, Reply
from storage.unit import Store
from tests.channels.houses import KEYS, SEAL
from tests.databases import sqlite
from tests.fakes.clock import Time
from tests.fakes.papers import jpg, png
from tests.fakes.zalo_oa import (
    APP_ID,
    CUT_AFTER,
    CUT_BEFORE,
    FIRST,
    SECRET,
    ZaloOaApi,
    no,
    said,
)
from tests.fakes.zalo_oa.events import AT, LAN

HOUR, UNPROVED = timedelta(hours=1), "OA chưa xác thực"


@pytest.fixture
async def api() -> AsyncIterator[ZaloOaApi]:
    async with ZaloOaApi(Time()) as api:
        api.heard[LAN] = api.clock()
        yield api


@pytest.fixture
async def oa(api: ZaloOaApi, tmp_path: Path) -> AsyncIterator[ZaloOA]:
    store = Store(sqlite(tmp_path), api.clock)
    async with ZaloOA(KEYS, Shelf(store, SEAL), api.base, api.base) as oa:
        yield oa
    await store.close()


def signed(body: bytes, time: str = AT, secret: str = SECRET, app: str = APP_ID) -> dict[str, str]:
    digest = hashlib.sha256(app.encode() + body + time.encode() + secret.encode()).hexdigest()
    return {"X-ZEvent-Signature": f"mac={digest}"}


async def test_only_zalo_is_believed(oa: ZaloOA) -> None:
    body = orjson.dumps(said("chào"))
    shown = signed(body)["X-ZEvent-Signature"]
    assert oa.trusts(signed(body), body)
    assert oa.trusts({"X-ZEvent-Signature": shown.removeprefix("mac=").upper()}, body)
    bare = orjson.dumps({"event_name": "follow"})
    assert oa.trusts({**signed(bare), "X-ZEvent-Timestamp": AT}, bare)
    for headers in ({}, signed(body, secret="x"), signed(body, app="388"), signed(body, time="1")):
        assert not oa.trusts(headers, body)
    assert not oa.trusts(signed(body), body + b" ")
    assert not oa.trusts({"X-ZEvent-Signature": "mac=…"}, body)
    for odd in (b"[1]", b"{", b"\xff", bare):
        assert not oa.trusts(signed(odd, "None"), odd)


async def test_choices_are_buttons_of_the_last_part(api: ZaloOaApi, oa: ZaloOA) -> None:
    buttons = (Button("Hồ sơ", "topic:hồ-sơ"), Button("Ha\u0323n", "b"))
    for part in fit(Reply("Câu dài. " * 300, buttons), oa.can):
        await oa.send(LAN, part)
    (_, first), (_, last) = api.sent
    assert [*first] == ["text"]
    assert last["attachment"] == {
        "type": "template",
        "payload": {
            "buttons": [
                {"title": "Hồ sơ", "type": "oa.query.hide", "payload": f"{TAP}topic:hồ-sơ"},
                {"title": "Hạn", "type": "oa.query.hide", "payload": f"{TAP}b"},
            ]
        },
    }


async def test_more_choices_than_it_shows_are_numbered(api: ZaloOaApi, oa: ZaloOA) -> None:
    [part] = fit(Reply("Chọn:", tuple(Button(f"Mục {n}", f"v{n}") for n in range(6))), oa.can)
    await oa.send(LAN, part)
    [(_, message)] = api.sent
    assert [*message] == ["text"]
    assert message["text"].endswith("6. Mục 5")


async def test_papers_are_handed_over_first_and_shown_before_the_words(
    api: ZaloOaApi, oa: ZaloOA
) -> None:
    files = [Made("bản xem trước.png", png()), Made("Phiếu đăng ký.pdf", b"%PDF")]
    await oa.send(LAN, Reply("Anh chị xem lại nhé", (Button("Gửi", "form:send"),)), files)
    assert api.seen() == ["[ban-xem-truoc.png]", "[phieu-dang-ky.pdf]", "Anh chị xem lại nhé"]
    assert [content for _, content in api.held.values()] == [file.content for file in files]
    assert api.sent[0][1]["attachment"]["payload"]["template_type"] == "media"


async def test_what_it_does_not_take_is_left_out(api: ZaloOaApi, oa: ZaloOA) -> None:
    shown = [form for form in ("png", "jpg", "webp", "pdf", "docx", "xlsx") if oa.can.shows(form)]
    assert shown == ["png", "jpg", "pdf", "docx"]
    assert oa.can.takes(Made("a.pdf", bytes(5_000_000)))
    assert oa.can.takes(Made("a.jpg", jpg()))
    assert not oa.can.takes(Made("a.jpg", bytes(1_000_001)))
    with pytest.raises(Rejected, match="-210"):
        await oa.send(LAN, Reply("chào"), [Made("a.xlsx", b"PK")])
    api.fail("file", CUT_AFTER)
    with pytest.raises(SendFailed) as raised:  # nobody has seen anything yet
        await oa.send(LAN, Reply("chào"), [Made("a.pdf", b"%PDF")])
    assert raised.type is SendFailed
    assert api.sent == []


REFUSALS: list[tuple[int, Any, type[SendFailed], float | None]] = [
    (200, no(-32, "Your OA reached limit call api"), SendFailed, 60),
    (200, no(-100), SendFailed, None),
    (200, no(-200, "Send message failed"), SendFailed, None),
    (200, no(-201, "text is invalid!"), Rejected, None),
    (200, no(-210), Rejected, None),
    (200, no(-211, "Out of quota"), Rejected, None),
    (200, no(-213, "User has not followed OA"), Unreachable, None),
    (200, no(-218, "Out of quota receive"), Rejected, None),
    (200, no(-221), SendFailed, 300),
    (200, no(-224), SendFailed, 300),
    (200, no(-227), Unreachable, None),
    (200, no(-230), Rejected, None),
    (200, no(-232), Rejected, None),
    (200, no(-234), Rejected, None),
    (200, no(-244), Unreachable, None),
    (200, no(-999, "mới"), Rejected, None),
    (200, {"error": "-213", "message": "viết bằng chữ"}, Unreachable, None),
    (200, no(10002, "Unkown exception"), SendFailed, None),
    (403, no(-209), SendFailed, 300),
    (200, [], Uncertain, None),
    (200, {"message": "Success"}, Uncertain, None),
    (404, {"error": 0}, Uncertain, None),
    (502, no(-213), Uncertain, None),
]


@pytest.mark.parametrize(("status", "answer", "kind", "wait"), REFUSALS)
async def test_what_refusals_mean(
    api: ZaloOaApi,
    oa: ZaloOA,
    status: int,
    answer: Any,
    kind: type[SendFailed],
    wait: float | None,
) -> None:
    api.fail("cs", (status, answer))
    with pytest.raises(SendFailed) as raised:
        await oa.send(LAN, Reply("chào"))
    assert (raised.type, raised.value.retry_after) == (kind, wait)
    assert "access-1" not in f"{raised.value!r} {raised.value.__cause__!r}"
    await oa.send(LAN, Reply("chào"))
    assert len(api.sent) == 1


async def test_a_cut_line_leaves_it_open_and_none_at_all_does_not(
    api: ZaloOaApi, oa: ZaloOA
) -> None:
    await oa.tokens.access()
    for fault in (CUT_BEFORE, CUT_AFTER):
        api.fail("cs", fault)
        with pytest.raises(Uncertain):
            await oa.send(LAN, Reply("chào"))
    assert len(api.sent) == 1
    oa.api = "http://127.0.0.1:1"
    with pytest.raises(SendFailed) as raised:
        await oa.send(LAN, Reply("chào"))
    assert raised.type is SendFailed


async def test_after_seven_days_nothing_is_taken(api: ZaloOaApi, oa: ZaloOA) -> None:
    assert isinstance(api.clock, Time)
    api.clock.passes(49 * 3600)
    await oa.send(LAN, Reply("còn được, mất tiền"))
    assert api.billed == [LAN]
    api.clock.passes(5 * 86400)
    with pytest.raises(Rejected, match="-230"):
        await oa.send(LAN, Reply("quá hạn"))
    assert (oa.can.window, oa.can.answers) == (48 * HOUR, 168 * HOUR)


async def test_the_operator_hears_what_is_wrong_with_the_account(
    api: ZaloOaApi, oa: ZaloOA
) -> None:
    assert (await checkup(oa)).troubles == (NOT_YET,)
    assert api.asked == []  # whoever only looks gets no token
    await oa.tokens.access()
    assert (await checkup(oa)).known_as == "LMHTX tỉnh"
    api.fail("cs", (200, no(-224)))
    with pytest.raises(SendFailed):
        await oa.send(LAN, Reply("chào"))
    api.fail("getoa", (200, {"error": 0, "data": {"name": "Tổ", "is_verified": False}}))
    troubles = (await checkup(oa)).troubles
    assert troubles == ("Zalo không gửi được (-224): gói OA không đủ, cần nâng gói", UNPROVED)
    await oa.send(LAN, Reply("chào"))
    assert (await checkup(oa)).troubles == ()
    api.access.clear()
    assert "-216" in (await checkup(oa)).troubles[0]
    assert api.asked == [FIRST]
