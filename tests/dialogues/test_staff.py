"""Staff: who is none gets nowhere, two at once do no harm, and nothing is kept for long."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from bot.channels.base import Abilities
from bot.tidy import forget
from content.library import Library
from handlers.passing import MOST
from handlers.talk import Incoming
from tests.dialogues.play import Stage

ASKED = "hồ sơ đóng thành mấy quyển"
OTHER = "hồ sơ đóng thành mấy cuốn vậy em"
PLAN = "vinh-thuan-2025"
STALE = "Nút này đã cũ"
ACTIONS = ("list", "open:1", "same:1/dossier", "new:1", "skip:1", "send:1", "unstated", "resume")


class Office:
    """A stage with officers, members and a look into the tables."""

    def __init__(self, folder: Path, library: Library) -> None:
        self.stage, self.count = Stage(folder, library), 0
        self.tables = sqlite3.connect(folder / "test.db")

    async def hire(self, who: str, role: str = "editor", plan: str = PLAN) -> None:
        await self.stage.invite(role, plan)
        await self.say(who, self.stage.invitation)

    async def say(self, who: str, text: str = "", value: str = "") -> str:
        """What is said to somebody, who types this or presses a button of that value."""
        return (await self.at_once((who, text, value)))[-1]

    async def at_once(self, *said: tuple[str, str, str]) -> list[str]:
        """What several hear who speak in the same moment: their turns are one commit."""
        heard = []
        for who, text, value in said:
            self.count += 1
            heard.append(Incoming("terminal", f"n{self.count}", who, text, value))
        self.stage.shown.clear()
        await self.stage.app.settle(heard)
        return [reply.text for reply in self.stage.shown]

    def rows(self, query: str) -> list[tuple[Any, ...]]:
        return [*self.tables.execute(query)]


@pytest.fixture
async def office(tmp_path: Path, library: Library) -> AsyncIterator[Office]:
    """Bà Tư has asked in vain; Chị Hoa may answer."""
    stage = Stage(tmp_path, library)
    await stage.start()
    office = Office(tmp_path, library)
    office.stage = stage
    await office.hire("Chị Hoa")
    await office.say("Bà Tư", value=f"plan:{PLAN}")
    await office.say("Bà Tư", ASKED)
    yield office
    office.tables.close()
    await stage.stop()


@pytest.mark.parametrize("action", ACTIONS)
async def test_a_member_who_presses_what_is_for_staff_gets_nowhere(
    office: Office, action: str
) -> None:
    before = office.rows("SELECT * FROM question")
    assert (await office.say("Lan", value=f"staff:{action}")).startswith(STALE)
    assert office.rows("SELECT * FROM question") == before
    assert not office.rows("SELECT id FROM lesson")


@pytest.mark.parametrize("action", ACTIONS)
@pytest.mark.parametrize(("role", "plan"), [("viewer", PLAN), ("owner", "yen-bai-2025")])
async def test_who_may_only_look_or_is_of_another_plan_changes_nothing(
    office: Office, action: str, role: str, plan: str
) -> None:
    await office.hire("Anh Xem", role, plan)
    heard = await office.say("Anh Xem", value=f"staff:{action}")
    assert plan == PLAN or ASKED not in heard
    [(settled,)] = office.rows("SELECT settled_at FROM question")
    assert settled is None
    assert not office.rows("SELECT id FROM lesson")


async def test_a_code_works_once_and_for_a_week(office: Office) -> None:
    await office.stage.invite("editor", PLAN)
    code = office.stage.invitation
    office.stage.time.passes(7 * 86400)
    help_of_all = await office.say("Lan", "/khongco")
    assert await office.say("Lan", f"/canbo {code}") == help_of_all
    await office.stage.invite("editor", PLAN)
    assert (await office.say("Lan", f"/canbo {office.stage.invitation.lower()}")).startswith("Chào")
    assert await office.say("Út", f"/canbo {office.stage.invitation}") == help_of_all
    kept = json.dumps(office.rows("SELECT * FROM invitation"))
    assert office.stage.invitation.replace("-", "") not in kept


async def test_who_was_removed_is_a_member_again(office: Office) -> None:
    await office.say("Chị Hoa", "/cauhoi")
    await office.say("Chị Hoa", value="staff:new:1")
    async with office.stage.store.unit() as unit:
        assert await unit.staff.remove(1)
    assert "quyển" not in await office.say("Chị Hoa", "Đóng thành hai quyển.")
    assert (await office.say("Chị Hoa", value="staff:send:1")).startswith(STALE)


async def test_of_two_officers_at_once_one_answers_and_the_other_is_told(office: Office) -> None:
    await office.hire("Chị Mai")
    for who, entry in (("Chị Hoa", "dossier"), ("Chị Mai", "submit-how")):
        await office.say(who, "/cauhoi")
        await office.say(who, value="staff:open:1")
        assert "sẽ nhận đúng tin này" in await office.say(who, value=f"staff:same:1/{entry}")
    heard = await office.at_once(*((who, "", "staff:send:1") for who in ("Chị Hoa", "Chị Mai")))
    assert sum("Cán bộ trả lời" in text for text in heard) == 1
    assert sum("vừa có cán bộ khác" in text for text in heard) == 1
    [(entry, by, state)] = office.rows("SELECT entry, decided_by, state FROM lesson")
    assert (entry, by, state) == ("dossier", 1, "live")
    assert office.rows("SELECT settled_by, outcome, lesson_id, text FROM question") == [
        (1, "same", 1, "")
    ]


async def test_who_asked_since_the_officer_looked_still_waits(office: Office) -> None:
    await office.say("Chị Hoa", "/cauhoi")
    await office.say("Chị Hoa", value="staff:open:1")
    await office.say("Chị Hoa", value="staff:same:1/dossier")
    await office.say("Lan", value=f"plan:{PLAN}")
    await office.say("Lan", ASKED + " ạ")
    await office.say("Chị Hoa", value="staff:send:1")
    assert office.rows("SELECT id FROM question WHERE settled_at IS NULL") == [(2,)]


async def test_what_only_looks_the_same_is_taken_apart(office: Office) -> None:
    await office.say("Lan", value=f"plan:{PLAN}")
    await office.say("Lan", "sổ tay đóng thành mấy quyển")
    await office.say("Chị Hoa", "/cauhoi")
    assert "sổ tay" in await office.say("Chị Hoa", value="staff:open:1")
    assert "sổ tay" not in await office.say("Chị Hoa", "chỉ câu đầu")
    assert "sổ tay" not in await office.say("Chị Hoa", "hồ sơ gồm gì")
    assert "sổ tay" not in await office.say("Chị Hoa", value="staff:new:1")
    await office.say("Chị Hoa", "/huy")
    await office.say("Chị Hoa", value="staff:skip:1")
    assert office.rows("SELECT text FROM question WHERE settled_at IS NULL") == [
        ("sổ tay đóng thành mấy quyển",)
    ]


async def test_one_person_asks_the_same_once_and_not_without_end(office: Office) -> None:
    await office.say("Bà Tư", "ho so dong thanh may quyen")
    assert len(office.rows("SELECT id FROM question")) == 1
    for what in ("tờ trình", "báo cáo", "sổ tay", "tập ảnh", "bản sao", "giấy mời"):
        heard = await office.say("Bà Tư", f"{what} đóng thành mấy quyển")
    assert len(office.rows("SELECT id FROM question")) == MOST
    assert "chuyển" not in heard


async def test_a_mark_passes_on_the_question_and_nothing_that_is_not_asked_for(
    office: Office,
) -> None:
    await office.say("Lan", value=f"plan:{PLAN}")
    for text in ("hạn nộp hồ sơ", "chào bạn", "rửa xe ở đâu ngon"):
        await office.say("Lan", text)
        kept = office.rows("SELECT asked FROM person WHERE asked IS NOT NULL")
        assert kept == ([(text,)] if text == "hạn nộp hồ sơ" else [])
    await office.say("Lan", "hạn nộp hồ sơ")
    await office.say("Lan", "sai rồi")
    marked = office.rows("SELECT text, why, entry FROM question WHERE why = 'marked'")
    assert marked == [("hạn nộp hồ sơ", "marked", "dossier-deadline")]
    assert office.rows("SELECT entry, good, bad FROM tally") == [("dossier-deadline", 0, 1)]
    assert not office.rows("SELECT asked FROM person WHERE asked IS NOT NULL")


async def test_everything_goes_in_its_time(office: Office, library: Library) -> None:
    keep = library.rights.retention
    await office.say("Lan", value=f"plan:{PLAN}")
    await office.say("Lan", "hạn nộp hồ sơ")
    await office.say("Chị Hoa", "/cauhoi")
    await office.say("Lan", OTHER)
    await office.say("Lan", "hạn nộp hồ sơ")
    await office.say("Chị Hoa", value="staff:skip:1")

    async def left(days: float) -> tuple[int, int, int]:
        office.stage.time.passes(days * 86400)
        await forget(office.stage.store, library, [])
        asked = "SELECT id FROM question WHERE settled_at IS"
        marks = office.rows("SELECT id FROM person WHERE asked IS NOT NULL")
        return len(marks), len(office.rows(f"{asked} NULL")), len(office.rows(f"{asked} NOT NULL"))

    assert await left(0) == (1, 1, 1)
    assert await left(keep.markable.days) == (1, 1, 1)
    assert await left(0.1) == (0, 1, 1)
    assert await left(keep.questions.days) == (0, 0, 1)
    assert await left(keep.settled.days) == (0, 0, 0)


async def test_what_cannot_be_read_as_an_answer_is_asked_for_again(office: Office) -> None:
    await office.say("Chị Hoa", "/cauhoi")
    await office.say("Chị Hoa", value="staff:open:1")
    await office.say("Chị Hoa", value="staff:new:1")
    for unread in ("dài " * 600, "…"):
        assert "Anh chị gõ câu trả lời cho" in await office.say("Chị Hoa", unread)
    assert "dựa vào mục nào" in await office.say("Chị Hoa", "Đóng thành hai quyển.")


async def test_the_first_wording_stays_the_first_when_it_is_asked_again(office: Office) -> None:
    for who, text in (("Lan", OTHER), ("Út", ASKED.upper())):
        await office.say(who, value=f"plan:{PLAN}")
        await office.say(who, text)
    await office.say("Chị Hoa", "/cauhoi")
    heard = await office.say("Chị Hoa", value="staff:open:1")
    assert heard.index(f"“{ASKED}”") < heard.index(f"“{OTHER}”")


async def test_words_that_were_withdrawn_reach_neither_the_content_nor_the_desk(
    office: Office,
) -> None:
    await office.say("Lan", value=f"plan:{PLAN}")
    await office.say("Lan", OTHER)
    await office.say("Chị Hoa", "/cauhoi")
    await office.say("Chị Hoa", value="staff:open:1")
    for said in ("trả lời mới", "Đóng thành hai quyển.", "kế hoạch không nêu"):
        preview = await office.say("Chị Hoa", said)
    assert OTHER in preview
    assert "sẽ ghi: “Đóng thành hai quyển”" in preview  # the officer's words, not the members'
    kept = [json.loads(talk).get("desk") for (talk,) in office.rows("SELECT talk FROM person")]
    assert any(kept)
    assert "hồ sơ" not in str(kept)
    await office.say("Lan", value="consent:withdraw")
    await office.say("Chị Hoa", value="staff:send:1")
    assert [json.loads(*row) for row in office.rows("SELECT phrasings FROM lesson")] == [[ASKED]]
    assert office.rows("SELECT entry FROM lesson") == [("hoi-1",)]


async def test_a_long_answer_is_fitted_to_where_it_is_heard(office: Office) -> None:
    turns = office.stage.app.turns
    turns.channels = {"terminal": Abilities(max_text=40)}
    await office.say("Chị Hoa", "/cauhoi")
    await office.say("Chị Hoa", value="staff:same:1/dossier")
    await office.say("Chị Hoa", value="staff:send:1")
    assert all(len(reply.text) <= 40 for reply in office.stage.shown)
