"""What becomes of drafts and registrations: returned, taken along, resembling, early and late."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

from content.library import Library
from content.schema import Window
from handlers.corrections import reopen
from storage.tables import Registration
from tests.databases import registrations
from tests.dialogues.play import Stage

BEGIN = ("vĩnh thuận", "đăng ký công trình", "đồng ý")
PERSON = ("CĐCS Tân Thuận", "Trần Văn Sáu", "0912345678", "ấp Bình Minh")
WORK = ("1/3 đến 30/6", "đổ trụ", "250tr", "bớt chi phí", "đi lại an toàn", "bỏ qua")
BRIDGE = "Cầu nông thôn ấp Bình Minh"
LENT = re.compile(r"Mã chuyển: (\w{4} \w{4})")


async def say(stage: Stage, *lines: str) -> str:
    """What is answered to the last of these, as one text."""
    heard: list[str] = []
    for line in lines:
        heard = await stage.say(line)
    return "\n".join(heard)


async def register(stage: Stage, name: str = BRIDGE) -> str:
    """Everything up to the review."""
    return await say(stage, *BEGIN, *PERSON, name, *WORK)


async def sent(stage: Stage) -> Registration:
    async with stage.store.view() as unit:
        return (await registrations(unit))[-1]


async def returned(stage: Stage, step: str, reason: str) -> None:
    """The office returns the registration for one field."""
    async with stage.store.unit() as unit:
        row = (await registrations(unit))[-1]
        assert await unit.registrations.change(
            row, row.stamp, state="returned", step=step, reason=reason
        )
        await reopen(unit, row, step)


async def test_a_returned_field_is_answered_and_sent_in_one_reply(stage: Stage) -> None:
    await register(stage)
    await say(stage, "gửi")
    await returned(stage, "period", "Phải xong trước đại hội")
    asked = await say(stage, "hạn nộp hồ sơ là ngày nào?")
    assert "trước ngày 02/6/2025" in asked
    assert "(6/11) Bắt đầu ngày nào" in asked
    assert "Lý do: Phải xong trước đại hội" in asked
    await stage.step("~ khởi động lại")
    assert "chỉ có 28 ngày" in await say(stage, "30/2 đến 30/6")
    done = await say(stage, "1/3 đến 31/5")
    assert "Đã gửi lại đăng ký <MÃ> (bản thứ 2)" in done
    assert "từ 01/3/2025 đến 30/6/2025 → từ 01/3/2025 đến 31/5/2025" in done
    row = await sent(stage)
    assert (row.state, row.step, row.reason, row.version, row.stamp) == ("submitted", "", "", 2, 2)


async def test_who_is_in_the_middle_of_another_form_gets_to_the_returned_one_by_its_button(
    stage: Stage,
) -> None:
    await register(stage)
    await say(stage, "gửi", "đăng ký thêm", "Vườn rau sạch công đoàn")
    row = await sent(stage)
    await returned(stage, "value", "Ghi rõ hơn")
    assert "(7/11)" in await say(stage, "1/4 đến 31/5"), "the other form goes on"
    assert "Lý do: Ghi rõ hơn" in await say(stage, row.code, "sửa đăng ký")
    await say(stage, "sửa thêm mục khác", "đơn vị", "CĐCS Tân Thuận 2")
    both = await say(stage, "sửa thêm mục khác", "tổng giá trị", "1 tỷ")
    assert "– Đơn vị: CĐCS Tân Thuận → CĐCS Tân Thuận 2" in both
    assert "– Tổng giá trị: 250 triệu đồng → 1 tỷ đồng" in both
    assert (await sent(stage)).state == "submitted"


async def test_what_changed_meanwhile_is_not_overwritten_by_a_correction(stage: Stage) -> None:
    await register(stage)
    await say(stage, "gửi")
    code = (await sent(stage)).code
    await say(stage, code, "sửa đăng ký", "tổng giá trị", "300 triệu")
    async with stage.store.unit() as unit:
        row = (await registrations(unit))[-1]
        assert await unit.registrations.change(row, row.stamp, state="approved")
    assert "đã được duyệt" in await say(stage, "[Gửi bản sửa]")
    assert (await sent(stage)).state == "approved"
    assert "bản thứ 2" in await say(stage, "[Gửi bản sửa]"), "seen and wanted"
    async with stage.store.view() as unit:
        whats = [d.act.what for d in await unit.acts.trail()]
    assert whats == ["submitted", "submitted"]


async def test_a_draft_goes_along_by_a_code_once_and_only_where_consent_is_given(
    stage: Stage,
) -> None:
    await say(stage, *BEGIN, *PERSON)
    offered = await say(stage, "đăng ký của tôi", "1", "chuyển máy khác")
    found = LENT.search(offered)
    assert found
    code = found[1]
    stage.speaker = "Máy kia"
    assert "Anh chị có đồng ý không?" in await say(stage, code.lower())
    assert "không lưu gì cả" in await say(stage, "không")
    await say(stage, code)
    went_on = await say(stage, "đồng ý")
    assert "(5/11) Tên công trình" in went_on
    assert "vừa được chuyển sang nơi khác" in "\n".join(reply.text for reply in stage.shown)
    assert "Mã này không dùng được" in await say(stage, code)
    stage.speaker = "Bà Tư"
    assert "(5/11)" not in await say(stage, "đăng ký của tôi", BRIDGE)


async def test_guessing_codes_ends_and_an_old_code_is_worth_nothing(stage: Stage) -> None:
    await say(stage, *BEGIN, *PERSON)
    found = LENT.search(await say(stage, "đăng ký của tôi", "1", "chuyển máy khác"))
    assert found
    stage.speaker = "Kẻ đoán"
    for guess in ("AAAA AAAC", "AAAA AAAD", "AAAA AAAE", "AAAA AAAF", "AAAA AAAH"):
        assert "Mã này không dùng được" in await say(stage, guess)
    assert "Mã này không dùng được" in await say(stage, found[1])
    await stage.step("~ 2 giờ")
    assert "Anh chị có đồng ý không?" in await say(stage, found[1])
    await stage.step("~ 23 giờ")
    assert "Mã này không dùng được" in await say(stage, "đồng ý")


async def test_a_similar_initiative_is_told_without_whose_it_is(stage: Stage) -> None:
    await register(stage)
    await say(stage, "gửi")
    stage.speaker = "Lan"
    other = ("CĐCS Vĩnh Bình", "Lê Thị Lan", "0987654321", "ấp Bình Minh")
    warned = await say(stage, *BEGIN, *other, f"Xây {BRIDGE.lower()}", *WORK)
    assert f"– {BRIDGE}, CĐCS Tân Thuận\n" in warned
    assert "Sáu" not in warned
    assert "0912" not in warned
    assert "Đã nhận đăng ký" in await say(stage, "gửi"), "a warning, not a block"
    stage.speaker = "Minh"
    later = ("1/8 đến 30/9", *WORK[1:])
    assert "giống công trình này" not in await say(stage, *BEGIN, *other, BRIDGE, *later)


def during(library: Library, window: Window) -> Library:
    """Our content, with registration for one plan in that window."""
    plan = library.plans["vinh-thuan-2025"].model_copy(update={"registration": window})
    return replace(library, plans={**library.plans, plan.id: plan})


async def test_registering_opens_closes_and_is_late_as_the_plan_says(
    stage: Stage, library: Library
) -> None:
    last = date(2025, 4, 30)
    knowledge = stage.app.turns.knowledge
    knowledge.library = during(library, Window(opens=date(2025, 4, 17), closes=last))
    assert "từ ngày 17/4/2025 (thứ Năm)" in await say(stage, "vĩnh thuận", "đăng ký công trình")
    await stage.step("~ 2 ngày")
    await register(stage)
    knowledge.library = during(library, Window(closes=last, after="refuse"))
    await stage.step("~ 14 ngày")
    refused = await say(stage, "gửi")
    assert "hết hạn đăng ký từ ngày 30/4/2025" in refused
    assert "LĐLĐ huyện" in refused
    knowledge.library = during(library, Window(closes=last, after="mark_late"))
    assert "được ghi là nộp trễ" in await say(stage, "đăng ký của tôi", "1", "điền tiếp", "gửi")
    row = await sent(stage)
    assert row.late
    assert "trễ hạn" in await say(stage, row.code)
