"""Reviewing: who may do what, two officers at once, a second one's word, and what is searched."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from content.fold import plain
from content.library import Library
from handlers.staff.queue import STATES as KINDS
from handlers.staff.searching import spellings
from storage.acts import WHAT
from storage.registrations import STATES
from storage.tables import Draft
from tests.dialogues.play import Stage
from tests.dialogues.test_staff import PLAN, STALE, Office

ANSWERS: dict[str, Any] = {
    "unit": "CĐCS xã Tân Thuận",
    "person": "Lê Thị Bảy",
    "phone": "0912345678",
    "place": "ấp Bình Minh",
    "name": "Cầu nông thôn",
    "period": {"start": "2025-03-01", "end": "2025-06-30"},
    "content": "đổ trụ",
    "value": 250_000_000,
    "economic": "không",
    "social": "120 hộ đi lại an toàn",
    "time-saved": None,
}
A, B = "ACDEFH", "CDEFHJ"  # codes
STATE = f"SELECT state FROM registration WHERE code = '{A}'"
TRAIL = "SELECT what, staff_id, count, note FROM act ORDER BY id"
ACTIONS = (
    *("queue", "queue:waiting/{plan}/0", "states:{plan}", "find", "found:0"),
    *(
        "pdf:{code}",
        "word:{code}",
        "look:{code}",
        "others:{code}",
        "trail:{code}",
        "approved:{code}/0",
        "unchecked:{code}/0",
    ),
    *(f"remark:{deed}:{{code}}/0" for deed in ("returned", "rejected", "commented", "x")),
    *("field:value", "refield", "goon", "drop", "deliver:{code}"),
)


class Desk(Office):
    """An office to which registrations come."""

    async def receive(self, code: str, plan: str = PLAN, who: str = "Bà Tư", **told: Any) -> None:
        """Somebody registers an initiative."""
        await self.say(who, value=f"plan:{plan}")
        answers = {**ANSWERS, **told}
        async with self.stage.store.unit() as unit:
            person = (await unit.people.at([("terminal", who)]))["terminal", who]
            draft = Draft(
                id=code, person_id=person.id, plan=plan, form="bang-dang-ky", updated_at=unit.now
            )
            unit.drafts.add(draft)
            await unit.session.flush()
            row = await unit.registrations.submit(draft, code, answers)
            found = (answers["name"], answers["unit"], answers["person"], code)
            row.folded = "\n".join(map(plain, found))

    def did(self, what: str) -> list[tuple[Any, ...]]:
        return [row[1:] for row in self.rows(TRAIL) if row[0] == what]


@pytest.fixture
async def desk(
    tmp_path: Path, library: Library, request: pytest.FixtureRequest
) -> AsyncIterator[Desk]:
    """Bà Tư has registered a bridge; Chị Hoa and Chị Mai review, for a plan that asks for two."""
    both = replace_two(library, getattr(request, "param", False))
    stage = Stage(tmp_path, both)
    await stage.start()
    desk = Desk(tmp_path, both)
    desk.stage = stage
    await desk.hire("Chị Hoa", "reviewer")
    await desk.hire("Chị Mai", "owner")
    await desk.receive(A)
    yield desk
    desk.tables.close()
    await stage.stop()


def replace_two(library: Library, two: bool) -> Library:
    """The library with a plan that asks for two officers, or for one."""
    plan = library.plans[PLAN].model_copy(update={"two_officers": two})
    return replace(library, plans={**library.plans, PLAN: plan})


async def everything(desk: Desk, who: str) -> list[str]:
    """What somebody hears who presses whatever there is."""
    values = [f"staff:{action.format(code=A, plan=PLAN)}" for action in ACTIONS]
    return [await desk.say(who, value=value) for value in values]


async def test_who_may_not_review_changes_nothing_whatever_they_press(desk: Desk) -> None:
    assert all(text.startswith(STALE) for text in await everything(desk, "Lan"))
    await desk.hire("Anh Yên", "owner", "yen-bai-2025")
    for text in await everything(desk, "Anh Yên"):
        assert not {"Cầu", "Tân Thuận", A} & {*text.replace(",", " ").split()}
    assert not desk.did("looked")
    await desk.hire("Út", "viewer")
    heard = await everything(desk, "Út")
    assert any("Cầu nông thôn" in text for text in heard)
    assert not any("Nhật ký" in text for text in heard)
    await desk.hire("Tám", "editor")
    await everything(desk, "Tám")
    await desk.receive(B, who="Chị Hoa")  # nobody reviews their own
    await desk.say("Chị Hoa", value=f"staff:approved:{B}/0")
    assert {*desk.rows("SELECT state, stamp FROM registration")} == {("submitted", 0)}


async def test_who_was_removed_sees_nothing_and_sends_nothing(desk: Desk) -> None:
    await desk.say("Chị Hoa", value=f"staff:remark:rejected:{A}/0")
    assert "Bà con sẽ nhận" in await desk.say("Chị Hoa", "Chưa đúng đối tượng")
    async with desk.stage.store.unit() as unit:
        await unit.staff.remove(1)
    assert (await desk.say("Chị Hoa", value=f"staff:deliver:{A}")).startswith(STALE)
    assert "Cầu nông thôn" not in await desk.say("Chị Hoa", A)
    assert "hồ sơ mới" not in await desk.say("Chị Hoa", "/start")
    assert desk.rows(STATE) == [("submitted",)]


async def test_of_two_officers_at_once_the_later_one_is_told_and_keeps_what_was_written(
    desk: Desk,
) -> None:
    await desk.say("Chị Hoa", value=f"staff:remark:rejected:{A}/0")
    await desk.say("Chị Hoa", "Chưa đúng đối tượng")
    await desk.say("Chị Mai", value=f"staff:remark:returned:{A}/0")
    await desk.say("Chị Mai", value="staff:field:value")
    await desk.say("Chị Mai", "Số nào đúng?")
    both = [(who, "", f"staff:deliver:{A}") for who in ("Chị Mai", "Chị Hoa")]
    heard = await desk.at_once(*both)
    assert sum("nhờ anh chị sửa một mục" in text for text in heard) == 1
    late = next(text for text in heard if "đã đổi sau khi anh chị mở" in text)
    assert "Cán bộ owner: trả lại (“Tổng giá trị: Số nào đúng?”)" in late
    assert "Đã trả lại, từ hôm nay" in late
    assert desk.rows(STATE) == [("returned",)]
    assert "“Chưa đúng đối tượng”" in await desk.say("Chị Hoa", "soạn tiếp")
    assert "đã đổi" in await desk.say("Chị Hoa", value=f"staff:approved:{A}/0")
    assert [row[0] for row in desk.did("returned")] == [2]
    assert not desk.did("approved")


async def test_the_person_is_told_once_however_often_the_button_is_pressed(desk: Desk) -> None:
    await desk.say("Chị Hoa", value=f"staff:remark:commented:{A}/0")
    await desk.say("Chị Hoa", "Nhớ chụp ảnh {{ plan }} {% raw %}")
    heard = await desk.at_once(*[("Chị Hoa", "", f"staff:deliver:{A}")] * 2)
    assert sum("“Nhớ chụp ảnh {{ plan }} {% raw %}”" in text for text in heard[:2]) == 1
    assert desk.rows("SELECT state, stamp FROM registration") == [("submitted", 1)]
    assert [note for *_, note in desk.did("commented")] == ["Nhớ chụp ảnh {{ plan }} {% raw %}"]


@pytest.mark.parametrize("desk", [True], indirect=True)
async def test_where_the_plan_asks_for_two_another_officer_confirms(desk: Desk) -> None:
    assert "một cán bộ khác xác nhận" in await desk.say("Chị Hoa", value=f"staff:approved:{A}/0")
    assert "đã duyệt lần một" in await desk.say("Chị Hoa", value=f"staff:approved:{A}/1")
    assert "Chờ duyệt" in await desk.say("Chị Hoa", "rút lại duyệt")
    await desk.say("Chị Hoa", "duyệt")
    assert desk.rows(STATE) == [("checked",)]
    assert "cán bộ khác của kế hoạch" in await desk.say("Chị Mai", value=f"staff:unchecked:{A}/3")
    await desk.say("Chị Mai", A)
    heard = await desk.at_once(("Chị Mai", "xac nhan duyet", ""))
    assert heard[0].startswith("Tin vui")
    assert desk.rows(STATE) == [("approved",)]
    assert len(desk.did("checked")) == 2
    assert desk.did("unchecked")


async def test_whom_nothing_reaches_is_to_be_called(desk: Desk) -> None:
    async with desk.stage.store.unit() as unit:
        await unit.people.unreachable([("terminal", "Bà Tư")])
    assert await desk.at_once(("Chị Hoa", "", f"staff:approved:{A}/0")) == [
        f"Đã ghi cho hồ sơ {A}: duyệt. Hiện không nhắn được cho bà con; anh chị gọi điện báo giúp."
    ]


async def test_what_is_searched_is_found_however_it_is_typed_and_not_kept(desk: Desk) -> None:
    await desk.receive(B, name="Vườn mẫu", person="Trần Văn Tám")
    for text in (
        "tìm bảy",
        "tim tan thuan cau",
        "/tim 0912.345.678",
        "tìm nông thốn le",
        A.lower(),
    ):
        assert "Cầu nông thôn" in await desk.say("Chị Hoa", text), text
    assert "2 hồ sơ" in await desk.say("Chị Hoa", "tìm tân thuậnn")
    assert "đủ các chữ" in await desk.say("Chị Hoa", "tìm nhà văn hoá")
    assert "Vườn mẫu" in await desk.say("Chị Hoa", "vườn")
    await desk.say("Chị Hoa", "/tim")
    assert "Vườn mẫu" in await desk.say("Chị Hoa", "tam")
    assert {note for *_, note in desk.did("listed")} == {""}
    assert not [row for row in desk.rows("SELECT talk FROM person") if "thuan" in str(row)]


async def test_an_officer_who_comes_in_hears_what_is_new(desk: Desk) -> None:
    assert "1 hồ sơ mới. Gõ /duyet" in await desk.say("Chị Hoa", "/start")
    await desk.say("Chị Hoa", "/duyet")
    desk.stage.time.passes(4 * 86400)
    assert "1 hồ sơ chờ quá 3 ngày" in await desk.say("Chị Hoa", "/cauhoi")
    await desk.receive(B)
    assert "1 hồ sơ mới, 1 hồ sơ chờ quá 3 ngày" in await desk.say("Chị Hoa", "/start")
    assert "hồ sơ mới" not in await desk.say("Bà Tư", "/start")


async def test_the_queue_goes_on_and_apart_for_each_plan(desk: Desk) -> None:
    for code in ("ACCCCC", "ADDDDD", "AEEEEE", "AFFFFF", "AHHHHH"):
        await desk.receive(code)
    await desk.receive(B, plan="yen-bai-2025")
    assert "6. " not in await desk.say("Chị Hoa", "/duyet")
    assert "1. Cầu nông thôn" in await desk.say("Chị Hoa", "xem tiếp")
    await desk.say("Chị Hoa", "1")
    assert desk.rows(
        "SELECT r.code FROM act a JOIN registration r ON r.id = a.registration_id"
    ) == [("AHHHHH",)]
    assert [count for _, count, _ in desk.did("listed")] == [5, 1]
    await desk.hire("Anh Cả", "owner", "")
    assert "Yên Bái 2025: 1 hồ sơ" in await desk.say("Anh Cả", "hồ sơ chờ duyệt")
    assert "Cầu" in await desk.say("Anh Cả", "yen bai 2025")


def test_a_word_that_is_mistyped_is_the_known_ones_that_it_nearly_is() -> None:
    known = {"thuan", "thuong", "cau", "can"}
    assert spellings(["thuanh", "can"], known) == [["thuanh", "thuan"], ["can"]]


def test_every_act_and_state_has_words(library: Library) -> None:
    told = {f"act-{what}" for what in WHAT} | {f"state-{state}" for state in (*STATES, *KINDS)}
    assert told <= library.labels.keys()
