"""Broadcasts in chat: who may, two officers at once, a second one's word, and what is steered."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlmodel import col

from bot.broadcasts.boards import telling
from bot.broadcasts.planning import Planner
from content.library import Library
from handlers.staff.announcing.doors import ACTIONS
from storage.outbox import Outcome
from storage.tables import Outbox
from tests.dialogues.play import Stage
from tests.dialogues.test_staff import PLAN, STALE, Office

TEXT = "Chào {tên}, mai là hạn nộp hồ sơ."
STATE = "SELECT state FROM broadcast WHERE id = 1"
MEMBERS = ("Bà Tư", "Lan", "Tám", "Chín")


class Desk(Office):
    """An office that sends to four members."""

    async def compose(self) -> str:
        """Chị Hoa comes up to the last word."""
        for said in ("soạn thông báo", TEXT, "mọi người"):
            await self.say("Chị Hoa", said)
        return await self.say("Chị Hoa", "gửi ngay")

    async def plan(self) -> None:
        """What runs beside the turns: those due are planned, those over are ended."""
        app = self.stage.app
        abilities = {name: channel.can for name, channel in app.channels.items()}
        told = telling(self.stage.knowledge, app.turns.queue)
        await Planner(app.store, app.knowledge, abilities, asyncio.Event(), told).round()

    async def settle(self, *states: str) -> None:
        """What becomes of the first of its rows."""
        async with self.stage.store.unit() as unit:
            mine = select(col(Outbox.id)).where(col(Outbox.broadcast_id) == 1)
            ids = (await unit.session.scalars(mine.order_by(col(Outbox.id)))).all()
            rows = zip(ids, states, strict=False)
            await unit.outbox.settle([Outcome(number, state) for number, state in rows])

    def stamp(self) -> int:
        return int(self.rows("SELECT stamp FROM broadcast WHERE id = 1")[0][0])

    def papers(self) -> list[dict[str, str]]:
        """What went along with replies."""
        bodies = [json.loads(body) for (body,) in self.rows("SELECT body FROM outbox") if body]
        return [paper for body in bodies if body for paper in body.get("papers", ())]

    def did(self) -> list[tuple[int, int, str]]:
        query = "SELECT staff_id, count, note FROM act WHERE what = 'broadcast' ORDER BY id"
        return [(by, count, note) for by, count, note in self.rows(query)]


def seconded(library: Library, second: int) -> Library:
    """The library where a second officer looks at what goes to so many."""
    rules = library.broadcasts.model_copy(update={"second": second})
    return replace(library, broadcasts=rules)


@pytest.fixture
async def desk(
    tmp_path: Path, library: Library, request: pytest.FixtureRequest
) -> AsyncIterator[Desk]:
    """Chị Hoa and Chị Mai may send to four members."""
    library = seconded(library, getattr(request, "param", 500))
    stage = Stage(tmp_path, library)
    await stage.start()
    desk = Desk(tmp_path, library)
    desk.stage = stage
    await desk.hire("Chị Hoa", "editor")
    await desk.hire("Chị Mai", "owner")
    for who in MEMBERS:
        await desk.say(who, value=f"plan:{PLAN}")
    yield desk
    desk.tables.close()
    await stage.stop()


async def everything(desk: Desk, who: str) -> list[str]:
    """What somebody hears who presses whatever there is."""
    return await desk.at_once(*((who, "", f"staff:cast:{action}:1/1") for action in ACTIONS))


async def test_who_may_not_send_sees_nothing_and_changes_nothing(desk: Desk) -> None:
    await desk.compose()
    await desk.say("Chị Hoa", "đồng ý")
    before = desk.rows("SELECT * FROM broadcast"), desk.did()
    assert all(text.startswith(STALE) for text in await everything(desk, "Lan"))
    await desk.hire("Út", "viewer")
    await desk.hire("Sáu", "reviewer")
    await desk.hire("Anh Yên", "owner", "yen-bai-2025")
    for who in ("Út", "Sáu", "Anh Yên"):
        assert not any("hạn nộp hồ sơ" in text for text in await everything(desk, who))
    assert (desk.rows("SELECT * FROM broadcast WHERE id = 1"), desk.did()) == before


async def test_a_draft_is_its_makers_alone(desk: Desk) -> None:
    await desk.compose()
    assert not any("hạn nộp hồ sơ" in text for text in await everything(desk, "Chị Mai"))
    assert "hạn nộp hồ sơ" in await desk.say("Chị Hoa", "/thongbao")
    assert desk.rows(STATE) == [("draft",)]


async def test_a_broadcast_is_sent_stopped_and_sent_on_by_whom_it_concerns(desk: Desk) -> None:
    await desk.compose()
    assert "Đang lập danh sách" in await desk.say("Chị Hoa", "ok")
    await desk.say("Chị Hoa", value="staff:cast:send:1/3")  # pressed twice: sent once
    await desk.plan()
    await desk.settle("sent", "failed", "uncertain")
    heard = await desk.at_once(("Chị Mai", "", "staff:cast:pause:1"))
    assert heard[0].startswith("Cán bộ khác vừa cho tạm dừng")
    for told in heard:
        assert "Đã gửi 1/4 người" in told
        assert "Gửi không được: 1" in told
        assert "Chưa gửi: 1" in told
        assert "Không rõ: 1 – đường truyền đứt" in told
        assert "Cần gọi điện: 1 người" in told
    [late] = await desk.at_once(("Chị Hoa", "tạm dừng", ""))
    assert "Thông báo đã đổi sau khi anh chị mở" in late
    assert "gửi tiếp từ chỗ đang dở" in late
    assert "1/4 người" in await desk.say("Chị Hoa", "/thongbao")
    await desk.say("Chị Hoa", "1")
    assert desk.rows(STATE) == [("paused",)]
    desk.stage.time.passes(13 * 3600)  # nine in the evening
    assert "07:30 ngày 16/4/2025 (thứ Tư) mình gửi tiếp" in await desk.say("Chị Hoa", "gui tiep")
    await desk.settle("sent", "failed", "uncertain", "sent")
    await desk.plan()
    *news, told = await desk.at_once(("Chị Mai", "/thongbao", ""))
    assert [each.partition("\n")[0] for each in news] == ["Thông báo của anh chị đã gửi xong."]
    assert "đã gửi xong, 2/4 người, gửi không được 1, không rõ 1" in told
    assert desk.rows(STATE) == [("done",)]
    await desk.say("Chị Mai", "1")
    await desk.say("Chị Mai", "bảng kết quả")
    assert [paper["of"] for paper in desk.papers()] == ["broadcast:1"]
    await desk.say("Chị Mai", value="staff:cast:again:1")
    assert desk.rows(STATE) == [("running",)]
    deeds = ["gửi", "tạm dừng", "gửi tiếp", "lấy bảng kết quả", "gửi lại tin hỏng"]
    assert [note for *_, note in desk.did()] == [f"số 1: {deed}" for deed in deeds]
    assert [by for by, *_ in desk.did()] == [1, 2, 1, 2, 2]


@pytest.mark.parametrize("desk", [4], indirect=True)
async def test_what_goes_to_many_waits_for_another_officer(desk: Desk) -> None:
    await desk.hire("Anh Ba", "editor")
    await desk.compose()
    *asked, mine = await desk.at_once(("Chị Hoa", "đồng ý gửi", ""))
    assert "Chờ cán bộ thứ hai đồng ý" in mine
    assert len(asked) == 2  # Chị Mai and Anh Ba, nobody else
    for each in asked:
        assert each.startswith("Cán bộ editor nhờ anh chị xem")
        assert "Chào bà con, mai là hạn nộp hồ sơ." in each
        assert "4 người nhận" in each
    assert "chờ người thứ hai" in await desk.say("Chị Mai", "/thongbao")
    assert "nhờ anh chị xem" in await desk.say("Chị Mai", "1")
    own = await desk.say("Chị Hoa", value=f"staff:cast:approve:1/{desk.stamp()}")
    assert "cán bộ khác của kế hoạch phải đồng ý" in own
    told, _ = await desk.at_once(("Chị Mai", "trả lại người soạn", ""))
    assert "Cán bộ owner chưa đồng ý gửi thông báo số 1" in told
    assert "không thấy thông báo" in await desk.say("Anh Ba", "đồng ý cho gửi")
    assert desk.rows(STATE) == [("draft",)]


@pytest.mark.parametrize("desk", [4], indirect=True)
async def test_of_two_who_confirm_at_once_the_later_one_is_told(desk: Desk) -> None:
    await desk.hire("Anh Ba", "editor")
    await desk.compose()
    await desk.say("Chị Hoa", "đồng ý gửi")
    await desk.say("Chị Hoa", "rút lại để sửa")
    await desk.say("Chị Hoa", "Chào {tên}, hạn nộp hồ sơ dời lại.")
    assert "mai là hạn" not in await desk.say("Chị Hoa", "gửi ngay")
    old = f"staff:cast:send:1/{desk.stamp() - 1}"
    assert "đã đổi" in await desk.say("Chị Hoa", value=old)
    await desk.say("Chị Hoa", "ok")
    value = f"staff:cast:approve:1/{desk.stamp()}"
    heard = await desk.at_once(("Chị Mai", "", value), ("Anh Ba", "", value))
    assert len([text for text in heard if "đã đồng ý gửi thông báo của anh chị" in text]) == 1
    assert len([text for text in heard if "đã đổi sau khi anh chị mở" in text]) == 1
    assert desk.rows("SELECT state, confirmed_by FROM broadcast") == [("planning", 2)]


@pytest.mark.parametrize("desk", [4], indirect=True)
async def test_without_a_second_officer_nothing_goes_to_many(desk: Desk) -> None:
    async with desk.stage.store.unit() as unit:
        await unit.staff.remove(2)
    assert "kế hoạch này chưa có ai khác" in await desk.compose()
    await desk.say("Chị Hoa", value=f"staff:cast:send:1/{desk.stamp()}")
    assert desk.rows(STATE) == [("draft",)]


async def test_at_its_time_it_begins_and_long_after_somebody_looks_first(desk: Desk) -> None:
    for late, told in ((0, "bắt đầu gửi."), (13, "chưa gửi được.")):
        await desk.compose()
        await desk.say("Chị Hoa", "quay lại")
        await desk.say("Chị Hoa", "hẹn giờ gửi")
        await desk.say("Chị Hoa", "8h sáng mai")
        await desk.say("Chị Hoa", "ok")
        await desk.plan()
        desk.stage.time.passes((24 + late) * 3600)
        await desk.plan()
        heard = await desk.at_once(("Chị Mai", "/thongbao", ""))
        assert [text for text in heard if text.startswith(f"Thông báo của anh chị {told}")]
    states = "SELECT state FROM broadcast ORDER BY id"
    assert desk.rows(states)[1] == ("paused",)
    assert "đã trễ giờ hẹn" in await desk.say("Chị Mai", value="staff:cast:open:2")
    await desk.say("Chị Mai", "gửi tiếp")
    assert desk.rows(states)[1] == ("planning",)
