"""Content goes live while people talk; what is broken is told, and what was live stays live."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from blockbuster import blockbuster_ctx
from structlog.testing import capture_logs

from bot import knowledge as watching
from bot.knowledge import Knowledge
from content.check import proven
from content.library import Library
from tests.content.plan import plan
from tests.dialogues.play import Stage

QUESTION = "góp gạo thay tiền được không"
STALE = "< Nút này đã cũ, nội dung đã đổi. Anh chị bấm lại ở đây giúp mình nhé."
NEXT = "< (2/11) Họ và tên người đứng ra đăng ký?"
NEWLINE = "\n"
ADDITION = """\
plan: ke-hoach-mot
entries:
  - id: rice
    kind: advice
    clause: cán bộ trả lời
    label: Góp gạo
    say: Góp gạo được tính ạ.
    ask: [góp gạo thay tiền được không]
"""


@pytest.fixture
async def stage(tmp_path: Path, small: Library) -> AsyncIterator[Stage]:
    """The app; an office's folder may come to lie in ``content``."""
    stage = Stage(tmp_path, small)
    await stage.start()
    await stage.say("huyện tân lập")
    yield stage
    await stage.stop()


def mine() -> str:
    """A plan of the office's own."""
    return plan().replace("huyện Tân Lập", "huyện Mẫu")


@pytest.fixture
def office(stage: Stage) -> Path:
    assert stage.knowledge.folder
    (stage.knowledge.folder / "additions").mkdir(parents=True)
    (stage.knowledge.folder / "plans").mkdir()
    return stage.knowledge.folder


async def settled(knowledge: Knowledge) -> None:
    """Two looks: something has changed, and has not changed any more."""
    await knowledge.look()
    await knowledge.look()


async def answer(stage: Stage, question: str = QUESTION) -> str:
    return (await stage.say(question))[0]


async def test_what_is_saved_is_answered_until_it_is_taken_away(stage: Stage, office: Path) -> None:
    assert await answer(stage) != "< Góp gạo được tính ạ."
    path, body = office / "additions" / "them.yaml", ADDITION.encode()
    path.write_bytes(body[: len(body) // 2])
    with blockbuster_ctx():  # nobody waits for the disk meanwhile
        await stage.knowledge.look()
    assert not stage.knowledge.tried  # it is not read while it is being written
    path.write_bytes(body)
    with blockbuster_ctx():
        await settled(stage.knowledge)
    assert await answer(stage) == "< Góp gạo được tính ạ."
    live = stage.knowledge.library
    await settled(stage.knowledge)
    assert stage.knowledge.library is live  # nothing is read while nothing changes
    path.unlink()
    await settled(stage.knowledge)
    assert await answer(stage) != "< Góp gạo được tính ạ."


async def test_a_broken_set_is_refused_as_a_whole_and_told_until_it_is_mended(
    stage: Stage, office: Path
) -> None:
    good, bad = office / "additions" / "them.yaml", office / "plans" / "mau.yaml"
    good.write_text(ADDITION, "utf-8")
    text = mine().replace("kind: period", "kind: periot")
    bad.write_text(text, "utf-8")
    with capture_logs() as logged:
        await settled(stage.knowledge)
    [line] = [each for each in logged if each["event"] == "content_refused"]
    assert line["at"] == f"{bad}:{text[: text.index('- id: period')].count(NEWLINE) + 1}"
    assert "periot" in line["what"]
    assert await answer(stage) != "< Góp gạo được tính ạ."
    told = (await stage.app.healthy())["content"]
    assert told == {"refused": 1, "problems": [line["at"].rpartition("/")[2]]}
    bad.write_text(mine(), "utf-8")
    await settled(stage.knowledge)
    assert await answer(stage) == "< Góp gạo được tính ạ."
    assert (await stage.app.healthy())["content"] == {"refused": 0, "problems": []}


async def test_what_only_the_full_check_sees_is_refused_too(stage: Stage, office: Path) -> None:
    (office / "plans" / "mau.yaml").write_text(mine().replace("id: winners", "id: won"), "utf-8")
    (office / "plans" / "README.md").write_text("?", "utf-8")
    await settled(stage.knowledge)
    told = [problem.what for problem in stage.knowledge.problems]
    assert [what[:20] for what in told] == ["thiếu mục 'winners':", "tệp này không được đ"]
    assert "ke-hoach-mau" not in stage.knowledge.library.plans


async def test_a_file_left_half_written_is_told(stage: Stage, office: Path) -> None:
    path, body = office / "additions" / "them.yaml", ADDITION.encode()
    for end in (0, body.index("ạ".encode()) + 1, body.index(b"say")):
        path.write_bytes(body[:end])
        await settled(stage.knowledge)
        assert {problem.file for problem in stage.knowledge.problems} == {str(path)}


async def test_what_cannot_be_read_at_all_is_told(stage: Stage, office: Path) -> None:
    (office / "additions" / "folder.yaml").mkdir()
    (office / "additions" / "gone.yaml").symlink_to(office / "nowhere.yaml")
    (office / "additions" / "them.yaml~").write_text("an editor's copy", "utf-8")
    (office / "additions" / "them.yaml").write_text(ADDITION, "utf-8")
    await settled(stage.knowledge)
    told = [str(problem) for problem in stage.knowledge.problems]
    assert [each.partition(" (")[0] for each in told] == [
        f"{office}/additions/{name}.yaml:1: không đọc được tệp" for name in ("folder", "gone")
    ]


async def test_who_is_in_the_middle_of_something_is_not_lost_with_a_plan(
    stage: Stage, office: Path
) -> None:
    """Lan talks of a plan and has its buttons before her; Bà Tư fills in its form."""
    path = office / "plans" / "mau.yaml"
    path.write_text(mine(), "utf-8")
    await settled(stage.knowledge)
    for line in ("huyện mẫu", "đăng ký công trình", "đồng ý", "HTX Ao Sen"):
        await stage.say(line)
    stage.speaker = "Lan"
    assert "[Thời gian thi đua]" in (await stage.say("huyện mẫu nộp hồ sơ khi nào"))[-1]
    path.rename(office / "mau.yaml~")
    await settled(stage.knowledge)
    assert await answer(stage, "[Thời gian thi đua]") == STALE
    which = await answer(stage, "hạn nộp hồ sơ khen thưởng là ngày nào")
    assert which == "< Anh chị muốn hỏi kế hoạch nào ạ?"
    stage.speaker = "Bà Tư"
    assert await answer(stage, "Nguyễn Văn Bảy") != NEXT
    (office / "mau.yaml~").rename(path)
    await settled(stage.knowledge)
    assert await answer(stage, "xem lại") == NEXT


async def test_what_a_clerk_saves_while_something_is_learnt_goes_live_too(
    stage: Stage, office: Path
) -> None:
    def learnt() -> Library:
        library = proven(office)
        (office / "additions" / "them.yaml").write_text(ADDITION, "utf-8")
        return library

    await stage.knowledge.adopt(learnt)
    await settled(stage.knowledge)
    assert await answer(stage) == "< Góp gạo được tính ạ."


async def test_looking_goes_on_by_itself_whatever_happens(
    stage: Stage, office: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    loop, found, tries = asyncio.get_running_loop(), asyncio.Event(), iter((False, True))

    def stumbling(folder: Path | None) -> Library:
        """What is proven, at the second try."""
        if not next(tries):
            path.write_text(f"{ADDITION}\n", "utf-8")
            raise RuntimeError
        loop.call_soon_threadsafe(found.set)
        return proven(folder)

    monkeypatch.setattr(watching, "PAUSE", 0.01)
    monkeypatch.setattr(watching, "proven", stumbling)
    path = office / "additions" / "them.yaml"
    path.write_text(ADDITION, "utf-8")
    job = asyncio.create_task(stage.knowledge.watch())
    async with asyncio.timeout(20):
        await found.wait()
        async with stage.knowledge.reading:  # until it is through
            job.cancel()
    assert await answer(stage) == "< Góp gạo được tính ạ."
