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
