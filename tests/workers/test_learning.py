"""Learning: what officers decided is on the disk whole or not at all, and is live."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from structlog.testing import capture_logs

from bot import learning as job
from bot.knowledge import Knowledge
from bot.learning import Learning
from bot.turns import Turns
from content.library import Library, load
from handlers.ask import ask
from handlers.context import Context
from storage.tables import Lesson
from storage.unit import Store
from tests.workers.hearing import ANY, hear, replies, said

PLAN, OTHER = "ke-hoach-mot", "ke-hoach-hai"
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
BY_HAND = f"""\
# của chị Hoa, đừng xoá
plan: {PLAN}
phrasings:
  dossier-deadline: # hay hỏi
    - "hồi nào phải lên giấy tờ"
"""


def at_work(store: Store, knowledge: Knowledge) -> Learning:
    return Learning(store, knowledge, Turns(store, knowledge, ANY).queue)


@pytest.fixture
def learning(store: Store, small: Library, tmp_path: Path) -> Learning:
    return at_work(store, Knowledge(small, tmp_path / "content"))


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


async def decide_too(store: Store, **decided: Any) -> None:
    """The same officer decided that, as well."""
    async with store.unit() as unit:
        new = {"plan": PLAN, "entry": NEW, "phrasings": [ASKED], "added": ENTRY, **decided}
        await unit.lessons.add(1, **new)


async def state(store: Store, number: int = 1) -> tuple[str, str]:
    async with store.view() as unit:
        lesson = await unit.session.get_one(Lesson, number)
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
    again = at_work(store, Knowledge(load(folder), folder))
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
    await decide_too(store, plan=OTHER)
    with capture_logs() as logged:
        assert not await learning.round()
    assert [line["event"] for line in logged] == ["learning_apart", "lessons_wait"]  # once for all
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
    with capture_logs() as logged:
        assert await learning.round()
    assert why not in str(logged)  # it quotes what people asked
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
    await decide_too(store, entry="khong-co", phrasings=["gì đó lạ lắm"], added=None)
    assert await learning.round()
    assert await state(store) == ("live", "")
    refused, why = await state(store, 2)
    assert refused == "refused"
    assert "kế hoạch không có mục 'khong-co'" in why


async def test_a_file_to_which_nothing_can_be_added_does_not_hold_up_other_plans(
    store: Store, learning: Learning
) -> None:
    await decide(store, added={**ENTRY, "say": "Hai quyển.\nMột quyển\u2028để lại."})
    await learning.heed()
    await decide_too(store, entry="dossier-deadline", added=None)
    await decide_too(store, plan=OTHER)
    assert await learning.heed()
    assert [(await state(store, number))[0] for number in (1, 2, 3)] == ["live", "refused", "live"]
