"""What every shipped plan must be: whole, told from data, right on any day, short."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta

import pytest

from bot.channels.base import split
from content.check import ALWAYS_ASKED, coverage, left_out
from content.entries import MAX_ANSWER, MAX_LABEL, Deadline, Entry, Span
from content.library import Library
from content.read import read
from content.schema import Plan
from content.templates import HERE
from content.when import When, day
from handlers.answers import Answer, more, stated
from handlers.talk import MAX_VALUE

PLANS = sorted(path.stem for path in (HERE / "plans").glob("*.yaml"))
WRITTEN = re.compile(r"\b(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})\b")
MOST_BUTTONS = 5
FOOT = 110  # characters for the day that is reckoned and for the source, below the wording
LONG_AGO, LATER = date(2019, 1, 1), date(2031, 1, 1)


def told(library: Library, plan: Plan, entry: Entry, today: date) -> Answer:
    return stated(library, [(plan.id, entry.id)], today)


def facts(plan: Plan) -> Iterator[date]:
    """Every day that a plan holds as data."""
    for entry in plan.entries:
        for value in vars(entry).values():
            if isinstance(value, When):
                yield from (value.first, value.last)
            elif isinstance(value, date):
                yield value


def written(text: str) -> set[date]:
    """Every day that a text names."""
    return {date(int(year), int(month), int(d)) for d, month, year in WRITTEN.findall(text)}


@pytest.fixture(params=PLANS)
def plan(request: pytest.FixtureRequest, library: Library) -> Plan:
    return library.plans[str(request.param)]


def test_every_clause_is_answered(plan: Plan) -> None:
    found = coverage(plan)
    assert [clause for clause in plan.clauses if not found[clause]] == []
    assert not set(found) - set(plan.clauses)


def test_a_clause_whose_answers_are_taken_away_is_noticed(plan: Plan) -> None:
    source, found = read(HERE / "plans" / f"{plan.id}.yaml"), coverage(plan)
    for clause in plan.clauses:
        rest = tuple(entry for entry in plan.entries if entry.id not in found[clause])
        problems = [*left_out(plan.model_copy(update={"entries": rest}), source)]
        told = [each for each in problems if each.what.startswith(f"khoản '{clause}' ")]
        assert [(each.file, each.line) for each in told] == [source.spots["clauses", clause]]


def test_what_is_asked_of_every_plan_is_answered_or_said_not_to_be_stated(plan: Plan) -> None:
    assert [asked for asked in ALWAYS_ASKED.split() if plan.entry(asked) is None] == []


def test_a_deadline_that_moves_moves_in_every_sentence(plan: Plan) -> None:
    for moved in (entry for entry in plan.entries if isinstance(entry, Deadline)):
        new = moved.model_copy(update={"date": moved.date + timedelta(days=1000)})
        entries = tuple(new if entry.id == moved.id else entry for entry in plan.entries)
        after = plan.model_copy(update={"entries": entries})
        if moved.date not in facts(after):
            everything = "\n".join(f"{after.words(e)}\n{after.fill(e, e.more)}" for e in entries)
            assert day(new.date) in after.words(new)
            assert moved.date not in written(everything), moved.id


def test_a_deadline_is_told_by_what_is_left_of_it(library: Library, plan: Plan) -> None:
    for entry in (entry for entry in plan.entries if isinstance(entry, Deadline)):
        assert entry.date - entry.last_day == timedelta(days=0 if entry.inclusive else 1)
        assert ("trước ngày" in entry.slots()["date"]) is not entry.inclusive
        for days, line in (
            (12, f"Ngày cuối còn kịp: {day(entry.last_day)} ("),
            (12, ", còn 12 ngày."),
            (1, ", còn 1 ngày."),
            (0, f"Hôm nay, {day(entry.last_day)} ("),
            (0, "là ngày cuối còn kịp."),
            (-1, "Đã qua hạn 1 ngày."),
            (-3, "Đã qua hạn 3 ngày."),
        ):
            text = told(library, plan, entry, entry.last_day - timedelta(days=days)).text
            assert line in text.split("\nNguồn: ")[0], entry.id


def test_a_period_is_told_by_where_we_are_in_it(library: Library, plan: Plan) -> None:
    for entry in (entry for entry in plan.entries if isinstance(entry, Span)):
        end, whole = entry.end.last, entry.kind == "period"
        over = "Kế hoạch đã kết thúc." if whole else "Đợt này đã kết thúc cách đây 3 ngày."
        days = [(end, "Đang diễn ra, còn 1 ngày kể cả hôm nay."), (end + timedelta(days=3), over)]
        if entry.start:
            before = entry.start.first - timedelta(days=12)
            days.append((before, "Còn 12 ngày nữa bắt đầu."))
        for today, line in days:
            assert line in told(library, plan, entry, today).text, entry.id


def test_every_answer_is_short_names_its_source_and_offers_a_few_ways_on(
    library: Library, plan: Plan
) -> None:
    for entry in plan.entries:
        assert len(plan.words(entry)) <= MAX_ANSWER, entry.id
        for today in (LONG_AGO, date(2025, 6, 1), LATER):
            answer = told(library, plan, entry, today)
            assert len(answer.text) <= MAX_ANSWER + FOOT, entry.id
            assert not {*"{}"} & {*answer.text}, entry.id
            assert answer.text.split("\n")[-1].startswith(f"Nguồn: {plan.name}, "), entry.id
            assert answer.sources == ((plan.id, entry.clause),)
            assert 1 <= len(answer.buttons) <= MOST_BUTTONS, entry.id
            for button in answer.buttons:
                assert 0 < len(button.label) <= MAX_LABEL
                assert len(button.value.encode()) <= MAX_VALUE


def test_what_is_longer_than_a_screen_is_cut_between_lines_or_sentences(
    library: Library, plan: Plan
) -> None:
    texts = [more(library, plan, entry).text for entry in plan.entries if entry.more]
    texts += [told(library, plan, entry, LATER).text for entry in plan.entries]
    for text in texts:
        for part in split(text, MAX_ANSWER)[:-1]:
            ends_line = f"{part}\n" in text
            assert ends_line or re.search(r"[.!?…:;][”\")]?$", part), part
            assert len(part) > MAX_ANSWER // 3
