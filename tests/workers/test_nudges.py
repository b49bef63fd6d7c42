"""Reminders: few, by day, at sensible moments, and never to who wants none or has left."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time

import pytest

from bot.knowledge import Knowledge
from bot.nudges import remind
from bot.sending.recalling import MUTED, OVER, still
from bot.turns import Turns
from content.entries import Deadline
from content.library import Library
from content.schema import Plan
from handlers.talk import Reply
from handlers.turn import HERE
from storage.inbox import Heard
from storage.outbox import REMINDER
from storage.tables import Outbox
from storage.unit import Store
from tests.fakes.clock import Time
from tests.workers.fragile import Fragile
from tests.workers.hearing import ANY
from tests.workers.taking_part import LAN, PLAN, draft, known, submit, wish


class Reminded:
    """The reminders that were queued."""

    def __init__(self, store: Store, library: Library, clock: Time) -> None:
        self.store, self.time = store, clock
        self.knowledge = Knowledge(library)
        self.turns = Turns(store, self.knowledge, ANY)

    async def on(self, day: int, month: int, hour: str = "07:30") -> list[str]:
        """What is said at that moment of 2025, asked for twice."""
        at = datetime.combine(date(2025, month, day), time.fromisoformat(hour), HERE)
        self.time.passes((at - self.time.now).total_seconds())
        for _ in range(2):
            await remind(self.store, self.knowledge.library, self.turns)
        found = []
        async with self.store.unit() as unit:
            for number in range(1, 30):
                row = await unit.session.get(Outbox, number)
                if row and row.state == "queued" and row.body:
                    assert (row.priority, row.person_id) == (REMINDER, 1)
                    assert row.until == at.replace(hour=20, minute=0)
                    found.append(Reply.from_json(row.body).text)
                    row.state, row.due_at = "sent", None
        return found

    def moves(self, entry_id: str, day: date) -> None:
        """The office puts another day into the plan."""
        library = self.knowledge.library
        plan = library.plans[PLAN]
        entries = tuple(
            entry.model_copy(update={"date": day})
            if isinstance(entry, Deadline) and entry.id == entry_id
            else entry
            for entry in plan.entries
        )
        self.takes(plan.model_copy(update={"entries": entries}))

    def takes(self, plan: Plan | None) -> None:
        library = self.knowledge.library
        plans = {**library.plans, PLAN: plan} if plan else {}
        self.knowledge.library = replace(library, plans=plans)


@pytest.fixture
def reminded(store: Fragile, library: Library, time: Time) -> Reminded:
    return Reminded(store, library, time)


async def test_a_forgotten_draft_is_told_of_once_and_what_the_plan_wants_of_who_takes_part(
    store: Fragile, reminded: Reminded
) -> None:
    await draft(store)
    assert await reminded.on(17, 4) == []
    (first,) = await reminded.on(18, 4, "08:00")
    assert "Lò sấy lúa (2/11 mục)" in first
    (report,) = await reminded.on(20, 4)
    assert report.startswith("Còn 14 ngày là hết hạn: báo cáo tổng kết phong trào thi đua.")
    assert await reminded.on(24, 4) == []
    assert len(await reminded.on(29, 4)) == 1, "1/5 is a holiday, 30/4 is one, too"
    assert await reminded.on(30, 4) == await reminded.on(2, 5) == []
    assert "Còn 1 ngày" in (await reminded.on(3, 5))[0]
    assert "Hôm nay" in (await reminded.on(4, 5))[0]
    assert await reminded.on(5, 5) == []
    (end,) = await reminded.on(17, 7)
    assert end.startswith("Còn 14 ngày là hết hạn đăng ký.")
    assert "còn điền dở" in end
    await submit(store)
    assert await reminded.on(24, 7) == [], "who has submitted is not told to submit"


async def test_what_is_due_together_is_one_message_and_never_more_than_the_most(
    store: Fragile, reminded: Reminded
) -> None:
    await draft(store, "d1")
    await draft(store, "d2")
    await draft(store, "d3")
    (digest,) = await reminded.on(20, 4)
    assert digest.count("– Đang điền dở: Lò sấy lúa") == 3
    assert digest.splitlines()[1].startswith("– Còn 14 ngày (04/5/2025): báo cáo")
    assert len(digest) <= 600
    policy = reminded.knowledge.library.reminding.model_copy(update={"most": 1})
    reminded.knowledge.library = replace(reminded.knowledge.library, reminding=policy)
    assert await reminded.on(27, 4) == []


async def test_after_a_long_silence_nothing_stale_is_told(
    store: Fragile, reminded: Reminded
) -> None:
    await draft(store)
    await wish(store, muted=["d1"])
    assert await reminded.on(24, 4) == [], "14 days before was four days ago"
    assert len(await reminded.on(28, 4, "19:59")) == 1
    assert await reminded.on(3, 5, "20:00") == [], "at night"
    assert len(await reminded.on(4, 5, "12:00")) == 1


async def test_a_day_that_moves_is_told_once_to_who_was_told_and_then_it_counts(
    store: Fragile, reminded: Reminded
) -> None:
    await draft(store)
    await wish(store, muted=["d1"])
    assert len(await reminded.on(20, 4)) == 1
    reminded.moves("report-deadline", date(2025, 5, 15))
    (moved,) = await reminded.on(21, 4)
    assert moved.startswith("Hạn báo cáo tổng kết phong trào thi đua đã đổi từ 04/5/2025 sang 14/5")
    assert await reminded.on(27, 4) == []
    assert "Còn 14 ngày" not in str(await reminded.on(2, 5)), "a day off"
    assert "Còn 7 ngày" in (await reminded.on(7, 5))[0]
    reminded.takes(None)
    assert await reminded.on(11, 5) == []


async def test_asked_for_it_comes_without_taking_part_and_done_it_is_silent(
    store: Fragile, reminded: Reminded
) -> None:
    async with store.unit() as unit:
        await unit.inbox.store([Heard("web", "1", "Lan", {})])
    await wish(store, asked=[f"{PLAN}/dossier-deadline"], days={PLAN: [5]})
    assert await reminded.on(20, 4) == await reminded.on(25, 5) == []
    (told,) = await reminded.on(27, 5)
    assert "Còn 5 ngày là hết hạn: hồ sơ đề nghị khen thưởng." in told
    await wish(store, asked=[f"{PLAN}/dossier-deadline"])
    async with store.unit() as unit:
        await unit.told.add(1, f"deadline:{PLAN}/dossier-deadline", ["done"], date(2025, 6, 1))
    assert await reminded.on(29, 5) == []


@pytest.mark.parametrize("why", ["left", "one", "plan", "all", "withdrawn", "held"])
async def test_who_left_or_wants_none_is_not_reminded(
    store: Fragile, reminded: Reminded, why: str
) -> None:
    await draft(store)
    async with store.unit() as unit:
        lan = await known(unit)
        if why == "left":
            await unit.people.unreachable([LAN])
        elif why == "held":
            await unit.holds.begin("backup")
        elif why == "withdrawn":
            lan.consents = {"LĐLĐ huyện": {"version": "1", "withdrawn": "2025"}}
        else:
            lan.wishes = (
                {"off": True} if why == "all" else {"muted": ["d1" if why == "one" else PLAN]}
            )
    assert await reminded.on(19, 4) == []


async def test_progress_is_asked_for_at_its_moments_and_never_twice_a_week(
    store: Fragile, reminded: Reminded
) -> None:
    await draft(store)
    await submit(store)
    await wish(store, muted=[f"{PLAN}/report-deadline", f"{PLAN}/dossier-deadline"])
    (start,) = await reminded.on(22, 4)
    assert "Lò sấy lúa (ACDEFH) tới ngày bắt đầu rồi" in start
    assert await reminded.on(14, 5) == []
    (half,) = await reminded.on(16, 5)
    assert "được nửa thời gian rồi" in half
    assert await reminded.on(7, 6) == []
    assert "còn khoảng một tuần" in (await reminded.on(8, 6))[0]
    assert await reminded.on(14, 6) == []
    async with store.unit() as unit:
        found = await unit.registrations.get(1)
        assert found
        await unit.registrations.tell(found, 90, "")
    assert await reminded.on(16, 6) == [], "told the day before yesterday"
    (after,) = await reminded.on(22, 6)
    assert "đã qua ngày xong" in after
    assert "Lần trước anh chị báo 90%" in after


async def test_as_it_leaves_it_is_looked_at_again(store: Fragile, reminded: Reminded) -> None:
    await draft(store)
    assert len(await reminded.on(18, 4, "08:00")) == 1
    assert len(await reminded.on(20, 4)) == 1
    library = reminded.knowledge.library

    async def why(about: str) -> str:
        async with store.unit() as unit:
            return await still(unit, library, 1, about)

    report = f"deadline:{PLAN}/report-deadline@2025-05-04"
    closing = f"deadline:{PLAN}/registration-deadline@2025-07-31"
    left = f"draft:{PLAN}/d1@"
    assert [await why(about) for about in (report, left, closing)] == ["", "", ""]
    assert await why(f"deadline:{PLAN}/report-deadline@2025-05-05") == OVER, "it has moved"
    await submit(store)
    assert [await why(about) for about in (left, closing)] == [OVER, OVER]
    assert await why(f"{report} {left}") == OVER
    assert len(await reminded.on(20, 4, "09:00")) == 1, "the other part is told anew"
    await wish(store, off=True)
    assert await why(report) == MUTED


async def test_who_cannot_be_told_keeps_nothing_from_the_others(
    store: Fragile, reminded: Reminded
) -> None:
    await draft(store)
    await draft(store, "d2", "Ba")
    await wish(store, days=14)  # as nobody writes it
    for _ in range(2):
        with pytest.raises(AttributeError):
            await reminded.on(20, 4)
    async with store.unit() as unit:
        queued = [await unit.session.get(Outbox, number) for number in (1, 2)]
    assert [row and row.address for row in queued] == ["Ba", None]
