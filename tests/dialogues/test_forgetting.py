"""Who takes back their consent is forgotten: nothing they told is left in any table."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from tests.dialogues.play import Stage

TOLD = ("CĐCS xã Kín", "Trần Văn Kín", "0987654321")


def everything(database: Path) -> str:
    """All rows of all tables, as text."""
    with sqlite3.connect(database) as tables:
        names = [name for (name,) in tables.execute("SELECT name FROM sqlite_master")]
        kept = [name for name in names if not name.startswith("sqlite_") and "_" not in name]
        return "".join(str(row) for name in kept for row in tables.execute(f"SELECT * FROM {name}"))


async def test_nothing_told_is_left_after_consent_is_taken_back(
    stage: Stage, tmp_path: Path
) -> None:
    for line in ("vĩnh thuận", "đăng ký công trình", "đồng ý", *TOLD):
        await stage.say(line)
    assert all(told in everything(tmp_path / "test.db") for told in TOLD)
    await stage.say("rút lại đồng ý")
    await stage.say("[Rút lại và xoá]")
    left = everything(tmp_path / "test.db").replace(" ", "")
    assert not [told for told in TOLD if told.replace(" ", "") in left]


async def test_nothing_more_is_kept_until_consent_is_given_anew(
    stage: Stage, tmp_path: Path
) -> None:
    await stage.invite("owner", "vinh-thuan-2025")
    stage.speaker = "Chị Hoa"
    await stage.say(stage.invitation)
    stage.speaker = "Bà Tư"
    form = (
        *TOLD,
        "ấp A, xã B",
        "Cầu C",
        "từ 1/3 đến 30/6",
        "đổ trụ",
        "250 triệu",
        "bớt phí",
        "vui",
    )
    for line in ("vĩnh thuận", "đăng ký công trình", "đồng ý", *form, "bỏ qua", "[Gửi đăng ký]"):
        await stage.say(line)
    code = stage.code
    for line in ("rút lại đồng ý", "[Rút lại và xoá]"):
        await stage.say(line)
    stage.speaker = "Chị Hoa"
    for line in (code, "[Trả lại để sửa]", "[Nơi thực hiện]", "Thiếu tên ấp"):
        await stage.say(line)
    stage.speaker = "Người lạ"  # of whom officers have seen nothing, so that theirs stays
    for line in ("xoá dữ liệu của tôi", "[Xoá hết]"):
        await stage.say(line)
    stage.speaker = "Chị Hoa"
    assert "trả lại" in "".join(await stage.say("[Gửi cho bà con]"))
    stage.speaker = "Bà Tư"
    for line in ("/tiendo 40% ông Bảy bệnh", "[Sửa đăng ký]"):
        assert "có đồng ý không?" in "".join(await stage.say(line))
    assert "Bảy bệnh" not in everything(tmp_path / "test.db")
    assert "Làm ở đâu?" in "".join(await stage.say("[Đồng ý]"))
