"""Checks tapped through, turn by turn: every screen is small, an old button does no harm."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.broadcasts.ahead import Ahead
from content.criteria import checks_of, conditions_of
from content.entries import MAX_ANSWER, MAX_LABEL
from content.library import Library, load
from handlers.respond import respond
from handlers.talk import MAX_VALUE, Incoming, Reply
from handlers.turn import Turn
from handlers.verdict import pages
from storage.tables import Person
from storage.unit import Store
from tests.databases import sqlite
from tests.fakes.clock import Time

MOST_BUTTONS = 5
CHECKS = [
    (plan.id, entry.id) for plan in load().plans.values() for entry in checks_of(plan.entries)
]
DONOR = "check:at:vinh-thuan-2025/criterion-merit-donor"


class Member:
    """Somebody who taps and types, one turn after the other."""

    def __init__(self, turn: Turn) -> None:
        self.turn = turn

    async def tap(self, value: str) -> Reply:
        """What is said to a button, whenever it was shown."""
        return await self.say(value=value)

    async def say(self, text: str = "", value: str = "") -> Reply:
        said = Incoming("terminal", "1", "Bà Tư", text=text, value=value)
        reply = await respond(replace(self.turn, said=said))
        assert 0 < len(reply.text) <= MAX_ANSWER, reply.text
        assert len(reply.buttons) <= MOST_BUTTONS
        for button in reply.buttons:
            assert len(button.label) <= MAX_LABEL
            assert len(button.value.encode()) <= MAX_VALUE
        return reply

    @property
    def answers(self) -> dict[str, Any]:
        """What is kept of the check."""
        return dict(self.turn.person.talk.get("check", {}).get("answers", {}))


@pytest.fixture
async def member(tmp_path: Path, library: Library) -> AsyncIterator[Member]:
    store = Store(sqlite(tmp_path), Time())
    async with store.view() as unit:
        person = Person(id=1, created_at=unit.now)
        yield Member(
            Turn(library, unit, person, Incoming("terminal", "1", "Bà Tư"), Ahead(store, {}))
        )
    await store.close()


def values(reply: Reply, start: str) -> list[str]:
    return [button.value for button in reply.buttons if button.value.startswith(start)]


@pytest.mark.parametrize("answer", ["yes", "no", "unclear"])
@pytest.mark.parametrize(("plan", "entry"), CHECKS)
async def test_a_check_ends_on_a_screen_with_all_of_it_on_the_screens_behind(
    member: Member, library: Library, plan: str, entry: str, answer: str
) -> None:
    reply = await member.tap(f"check:at:{plan}/{entry}")
    while tap := values(reply, f"check:{answer}:"):
        reply = await member.tap(tap[0])
    known = library.plans[plan]
    assert "quyết định là của Ban Chấp hành L" in reply.text
    assert reply.text.splitlines()[-1].startswith(f"Nguồn: {known.name}, mục ")
    told, onward = "", values(reply, "check:full:")
    while onward:
        reply = await member.tap(onward[0])
        told, onward = f"{told}\n{reply.text}", values(reply, "check:full:")
    check = next(each for each in checks_of(known.entries) if each.id == entry)
    asked = {each.id: each for each in conditions_of(known.entries, check)}
    assert member.answers.keys() <= asked.keys()
    for name in member.answers:
        assert known.fill(check, asked[name].short) in told
        assert asked[name].clause.partition(" ")[0] in told
    for name in ("dossier", "submit-to", "dossier-deadline"):
        there = known.entry(name)
        assert there is not None
        assert known.words(there).partition("\n")[0].rstrip(":.") in told


@settings(deadline=None, derandomize=True)
@given(st.lists(st.sampled_from(["Đã đạt:", f"–{' một điều' * 9}", "", "Nguồn"]), max_size=40))
def test_screens_hold_every_line_and_end_below_no_heading(lines: list[str]) -> None:
    text = "\n".join(lines).strip()
    screens = [*pages(text)]
    assert [line for each in screens for line in each.split("\n") if line] == [
        line for line in text.split("\n") if line
    ]
    assert all(len(screen) <= MAX_ANSWER for screen in screens)
    for screen, after in pairwise(screens):
        assert not screen.endswith(":") or after.startswith("Đã đạt:")


async def test_a_button_of_a_question_that_is_past_changes_nothing(member: Member) -> None:
    first = await member.tap(DONOR)
    second = await member.tap(values(first, "check:yes:")[0])
    kept = member.answers
    for old in ("check:yes:", "check:no:", "check:unclear:"):
        again = await member.tap(values(first, old)[0])
        assert member.answers == kept
        assert again.text.startswith("Nút đó của câu khác.")
        assert again.text.endswith(second.text)
    again = await member.tap(DONOR)
    assert member.answers == kept
    assert again.text.endswith(second.text)


async def test_a_button_of_a_check_that_is_over_offers_a_new_one(member: Member) -> None:
    reply = await member.tap(DONOR)
    old = values(reply, "check:")
    await member.tap("check:stop")
    for value in (*old, "check:back", "check:resume", "check:full:0", "check:stop", "check:x:y"):
        assert values(await member.tap(value), "check") == ["check"]
        assert not member.answers
    for value in ("check:at:x/y", "check:of:x", "check:of:x/flag"):
        assert values(await member.tap(value), "check") == ["check"]


async def test_a_finished_check_shows_its_result_to_whatever_button_of_it_is_pressed(
    member: Member,
) -> None:
    first = reply = await member.tap(DONOR)
    while tap := values(reply, "check:yes:"):
        reply = await member.tap(tap[0])
    kept = member.answers
    for value in (*values(first, "check:no:"), "check:resume", "check:odd"):
        assert await member.tap(value) == reply
        assert member.answers == kept
    assert (await member.tap("check:full:99")).text.endswith(reply.text.splitlines()[-1])


async def test_what_a_plan_no_longer_has_ends_a_check(member: Member) -> None:
    await member.tap(DONOR)
    held = member.turn.person.talk["check"]
    for lost in ({"plan": "x"}, {"entry": "x"}, {"entry": "dossier"}, {"entry": "criteria"}):
        member.turn.person.talk = {**member.turn.person.talk, "check": {**held, **lost}}
        assert "(1/" not in (await member.say("có")).text
