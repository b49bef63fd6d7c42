"""What officers have on their screens: one phone's height, in pages, and for them alone."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from content.library import Library
from storage.tables import Draft
from tests.dialogues.test_reviewing import A, B, Desk
from tests.dialogues.test_staff import PLAN


@pytest.fixture
async def desk(tmp_path: Path, library: Library) -> AsyncIterator[Desk]:
    """Bà Tư has registered a bridge; Chị Hoa reviews."""
    desk = Desk(tmp_path, library)
    await desk.stage.start()
    await desk.hire("Chị Hoa", "reviewer")
    await desk.receive(A)
    yield desk
    desk.tables.close()
    await desk.stage.stop()


async def test_a_registration_stands_on_one_screen_whatever_it_says(desk: Desk) -> None:
    long = {name: "đổ bê tông trụ cầu " * 20 for name in ("content", "economic", "social")}
    await desk.receive(B, who="Ông Năm", **long)
    async with desk.stage.store.unit() as unit:
        row = await unit.registrations.coded(B)
        assert row
        of: dict[str, Any] = {"person_id": row.person_id, "plan": PLAN, "form": row.form}
        draft = Draft(id="x", updated_at=unit.now, corrects=row.id, **of)
        unit.drafts.add(draft)
        await unit.session.flush()
        changed = {**row.answers, "content": "rải mặt cầu " * 40, "value": 1}
        assert await unit.registrations.resubmit(row, draft, answers=changed)
        unit.acts.add("commented", row, staff_id=1, note="xem lại dự toán " * 20)
    seen = await desk.say("Chị Hoa", B)
    assert len(seen) <= 600 + len("[Duyệt][Trả lại để sửa]") * 4
    assert "Tổng giá trị: 250 triệu đồng → 1 đồng" in seen
    whole = await desk.say("Chị Hoa", "xem đủ")
    assert "rải mặt cầu " * 40 in " ".join(whole.split()) + " "
    assert [row[-1] for row in desk.did("looked")] == ["", ""]


async def test_the_fields_of_a_return_are_paged_and_each_works_typed(desk: Desk) -> None:
    await desk.say("Chị Hoa", A)
    pages = []
    for line in ("trả lại để sửa", "mục khác", "mục khác", "mục khác"):
        await desk.say("Chị Hoa", line)
        pages.append([button.label for button in desk.stage.shown[-1].buttons])
    assert [len(page) for page in pages] == [6, 6, 5, 6]
    assert pages[0] == pages[3] != pages[1]
    assert len({label for page in pages for label in page}) == 11 + 2
    assert "Mục Tổng giá trị" in await desk.say("Chị Hoa", "8"), "its number among all"
    await desk.say("Chị Hoa", "chọn mục khác")
    assert "Mục Đơn vị" in await desk.say("Chị Hoa", value="staff:field:unit")


async def test_the_trail_without_a_code_tells_what_was_done_last_and_quotes_nobody(
    desk: Desk,
) -> None:
    await desk.say("Chị Hoa", "tìm Lê Thị Bảy")
    await desk.say("Chị Hoa", A)
    heard = await desk.say("Chị Hoa", "/nhatky")
    assert "Việc mới nhất trong kế hoạch" in heard
    assert f"Cán bộ reviewer xem hồ sơ {A}" in heard
    assert "xem danh sách" in heard
    assert "Bảy" not in heard
    assert A in await desk.say("Chị Hoa", A.lower())
    await desk.hire("Anh Yên", "owner", "yen-bai-2025")
    assert A not in await desk.say("Anh Yên", "/nhatky")
    await desk.hire("Em Út", "viewer")
    assert A not in await desk.say("Em Út", "/nhatky")


async def test_who_withdraws_again_and_again_empties_no_officer_s_screen(desk: Desk) -> None:
    async def withdraws() -> str:
        """What Chị Hoa sees, who goes on with what is on her screen."""
        assert A not in await desk.say("Chị Hoa", "/duyet"), "a command, and not the button"
        await desk.say("Bà Tư", value="consent:withdraw")
        return await desk.say("Chị Hoa", "1")

    assert A not in await withdraws(), "what was on the screen is gone, once"
    for _ in range(3):
        assert A in await withdraws()
    desk.stage.time.passes(86401)
    assert A not in await withdraws()
    assert len(desk.did("unagreed")) == 5
