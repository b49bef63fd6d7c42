"""What officers hear of the channels: ``/kenh``, and a word when a month's messages run out."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from bot.broadcasts.ahead import Ahead
from bot.channels.base import Abilities
from storage.outbox import milliseconds
from storage.tables import Outbox
from tests.dialogues.play import Stage

ZALO = Abilities(max_text=2000, quota=2000, people=50)
OFFICE = """
+ owner vinh-thuan-2025
@Chị Hoa
> <MÃ MỜI>
< …
+ reviewer vinh-thuan-2025
@Anh Tâm
> <MÃ MỜI>
< …
@Bà Tư/zalo
> vinh thuan
< …
~ 2 ngày
@Cô Út/zalo
> vinh thuan
< …
@Chị Hoa
"""


async def test_officers_who_may_write_to_many_see_what_is_left(stage: Stage) -> None:
    await open_office(stage)
    heard = await stage.say("còn bao nhiêu tin")
    assert heard[0] == "< Các kênh đang mở:"
    assert " trong 2.000 tin tháng này; 2 trong 50 người; nghe lần cuối" in heard[1]
    assert heard[1].startswith("< – Zalo: còn 1.9")
    assert heard[1].endswith("hôm nay")
    assert heard[2].startswith("< – cửa sổ lệnh: 2 người; nghe lần cuối")
    assert heard[3:] == ["< [Hồ sơ chờ duyệt]"]
    stage.speaker = "Anh Tâm"
    assert "Zalo" not in "".join(await stage.say("/kenh"))
    stage.speaker = "Bà Tư"
    assert "Zalo" not in "".join(await stage.say("/kenh"))


async def test_a_month_that_runs_out_is_told_once_and_once_more_when_it_is_over(
    stage: Stage,
) -> None:
    await open_office(stage)
    await stage.play("! 22/4/2025 07:30\n@Chị Hoa")
    await sent(stage, 1700)
    few = "< Zalo chỉ còn 29"
    told = await stage.step("! 23/4/2025 07:30")
    assert [line[: len(few)] for line in told[:1]] == [few]
    assert told[-1] == "< [Các kênh]"
    await stage.play("! 24/4/2025 07:30")
    await sent(stage, 400)
    await stage.play("! 26/4/2025 07:30")  # a day off
    [none, *_] = await stage.step("! 28/4/2025 07:30")
    assert none.startswith("< Zalo đã hết 2.000 tin của tháng này.")
    await stage.play("! 29/4/2025 07:30\n@Anh Tâm")


async def open_office(stage: Stage) -> None:
    await stage.play(OFFICE)
    can = {name: each.can for name, each in stage.terminals.items()}
    stage.app.turns.reach = Ahead(stage.store, {"zalo": ZALO, "terminal": can["terminal"]})


async def sent(stage: Stage, count: int) -> None:
    """So many messages have left on Zalo."""
    now: datetime = stage.time.now
    each: dict[str, Any] = {"channel": "zalo", "address": "x", "body": None, "state": "sent"}
    async with stage.store.unit() as unit:
        unit.session.add_all(
            Outbox(**each, created_at=now, begun=milliseconds(now) + at) for at in range(count)
        )
