"""Learning: what officers decided is on the disk whole or not at all, and is live."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from bot import learning as job
from bot.knowledge import Knowledge
from bot.learning import Learning
from content.library import Library, load
from handlers.ask import ask
from handlers.context import Context
from storage.tables import Lesson
from storage.unit import Store
from tests.workers.hearing import hear, replies, said

PLAN = "vinh-thuan-2025"
ASKED = "hồ sơ đóng thành mấy quyển"
NEW = "hoi-1-ho-so"
ENTRY = {
    "id": NEW,
    "kind": "advice",
    "clause": "cán bộ trả lời",
    "label": "Hồ sơ mấy quyển",
    "say": "Hồ sơ đóng thành hai quyển.\nMột quyển để lại CĐCS.",
    "ask": [ASKED],
}
BY_HAND = """\
# của chị Hoa, đừng xoá
plan: vinh-thuan-2025
phrasings:
  dossier-deadline: # hay hỏi
    - "hồi nào phải lên giấy tờ"
"""


@pytest.fixture
def learning(store: Store, library: Library, tmp_path: Path) -> Learning:
    return Learning(store, Knowledge(library, tmp_path / "content"))


class Notes:
    """The file that is written, as a clerk opens it."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.path = folder, folder / "additions" / f"{PLAN}-hoi-dap.yaml"

    @property
    def text(self) -> str:
        return self.path.read_text("utf-8") if self.path.exists() else ""

    def write(self, text: str) -> None:
        self.path.parent.mkdir(parents=True, exist_ok=True)
        self.path.write_text(text, encoding="utf-8")


@pytest.fixture
def notes(tmp_path: Path) -> Notes:
    return Notes(tmp_path / "content")


async def decide(store: Store, entry: str = NEW, **decided: Any) -> None:
    """An officer decided this."""
    await hear(store, said("join"))
    async with store.unit() as unit:
        officer = (await unit.people.at([("web", "Lan")]))["web", "Lan"]
        unit.staff.invite("A", PLAN, "editor", "Lan")
        joined = await unit.staff.join("A", officer)
        assert joined
        new = {"phrasings": [ASKED], "added": ENTRY, **decided}
        await unit.lessons.add(joined.id, plan=PLAN, entry=entry, **new)


async def state(store: Store) -> tuple[str, str]:
    async with store.view() as unit:
        lesson = await unit.session.get_one(Lesson, 1)
        return lesson.state, lesson.reason


async def test_a_decision_is_live_and_known_after_a_restart(
    store: Store, learning: Learning, notes: Notes
) -> None:
    await decide(store)
    assert await learning.round()
    assert await state(store) == ("live", "")
    for library in (learning.knowledge.library, load(notes.folder)):
        found = ask(library, ASKED, Context(PLAN))
        assert found.entries == ((PLAN, NEW),)
    assert not await learning.round()


async def test_a_crash_between_the_file_and_the_memory_writes_nothing_twice(
    store: Store, learning: Learning, notes: Notes
) -> None:
    await decide(store)
    async with store.view() as unit:
        waiting = await unit.lessons.waiting()
    folder, known = learning.knowledge.folder, learning.knowledge.library
    assert folder
    job.written(folder, known, [*map(job.taught, waiting)])  # and the power goes
    before = notes.text
    again = Learning(store, Knowledge(load(folder), folder))
    assert await again.round()
    assert notes.text == before
    assert await state(store) == ("live", "")


async def test_what_a_clerk_wrote_stays(store: Store, learning: Learning, notes: Notes) -> None:
    notes.write(BY_HAND)
    await decide(store, "dossier-deadline", added=None)
    await learning.round()
    assert notes.text == f"{BY_HAND}    - {ASKED}\n"


async def test_while_a_file_is_broken_by_hand_lessons_wait_and_it_is_let_be(
    store: Store, learning: Learning, notes: Notes
) -> None:
    notes.write(f"{BY_HAND}  x: [\n")
    await decide(store)
    assert not await learning.round()
    assert await state(store) == ("waiting", "")
    assert notes.text == f"{BY_HAND}  x: [\n"
    notes.write(BY_HAND)
    assert await learning.round()
    assert await state(store) == ("live", "")


@pytest.mark.parametrize(
    ("entry", "decided", "why"),
    [
        ("dossier", {"added": None, "phrasings": ["hạn nộp hồ sơ"]}, "nay dẫn tới"),
        (NEW, {"added": {**ENTRY, "clause": "IX.9"}}, "khoản 'IX.9' không có"),
    ],
)
async def test_what_would_harm_is_refused_and_its_officer_told_why(
    store: Store, learning: Learning, notes: Notes, entry: str, decided: dict[str, Any], why: str
) -> None:
    await decide(store, entry, **decided)
    assert await learning.round()
    assert (await state(store))[0] == "refused"
    assert why in (await state(store))[1]
    assert not notes.text
    [(who, told)] = await replies(store)
    assert who == "Lan"
    assert why in told


async def test_one_bad_decision_does_not_hold_up_the_others(
    store: Store, learning: Learning
) -> None:
    await decide(store)
    async with store.unit() as unit:
        bad = {"plan": PLAN, "entry": "khong-co", "phrasings": ["gì đó lạ lắm"], "added": None}
        await unit.lessons.add(1, **bad)
    assert await learning.round()
    assert await state(store) == ("live", "")
    async with store.view() as unit:
        other = await unit.session.get_one(Lesson, 2)
    assert other.state == "refused"
    assert "kế hoạch không có mục 'khong-co'" in other.reason
