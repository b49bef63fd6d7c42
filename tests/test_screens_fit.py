"""Whatever the bot says is one message on every channel, whole, and its buttons can be told apart.

The dialogues hold each screen that they come to against the same (see tests/dialogues/play.py).
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from bot.broadcasts.ahead import Ahead
from content.library import Library
from content.samples import Sampler
from content.shelf import Shelf
from content.templates import MESSAGES, facts_of, key_of
from handlers import filling, helping
from handlers.fields import read
from handlers.mine import LISTED
from handlers.press import LOOKS, press
from handlers.talk import Incoming, Reply
from handlers.turn import Turn
from storage.tables import Draft, Person
from storage.unit import Store
from tests.databases import sqlite
from tests.fakes.clock import Time
from tests.fitting import cut, faults

NAMES = {key_of(name): name for name in Shelf().files(MESSAGES)}
FILES = {"data/copy"}  # what stands in a file, and in no message
LONG = "Cầu nông thôn nối hai bờ kênh, nhịp dầm thép, mặt đan bê tông, lan can sơn trắng; "


def check(reply: Reply) -> None:
    assert not faults(reply), reply
    assert not cut(reply), reply


@pytest.fixture
async def turn(tmp_path: Path, library: Library) -> AsyncIterator[Turn]:
    """Somebody who talks for the first time."""
    store = Store(sqlite(tmp_path), Time())
    async with store.unit() as unit:
        person = Person(id=1, created_at=unit.now)
        unit.session.add(person)
        yield Turn(library, unit, person, Incoming("zalo", "1", "Bà Tư"), Ahead(store, {}))
    await store.close()


@pytest.mark.parametrize("folder", sorted({key.split("/")[0] for key in NAMES}))
def test_each_message_fits(library: Library, sampler: Sampler, folder: str) -> None:
    for key in (key for key in NAMES if key.split("/")[0] == folder and key not in FILES):
        for facts in sampler.samples(key, facts_of(NAMES[key])):
            check(Reply(library.say(key, **{name: few(fact) for name, fact in facts.items()})))


def few(fact: Any) -> Any:
    """No more of a list of samples than is listed on a screen."""
    return fact[:LISTED] if isinstance(fact, list) else fact


async def test_every_answer_fits_and_whatever_can_be_tapped_from_there(turn: Turn) -> None:
    waiting = [f"plan:{plan}" for plan in turn.library.plans]
    waiting += [f"ask:{plan}/{entry}" for plan, entry in turn.library.entries]
    seen = set(waiting)
    while waiting:
        value = waiting.pop()
        plan = value.partition(":")[2].partition("/")[0]
        turn.person.plan = plan if plan in turn.library.plans else turn.person.plan
        reply = await press(turn, value)
        check(reply)
        tapped = {b.value for b in reply.buttons if b.value.partition(":")[0] in LOOKS - {"check"}}
        waiting += sorted(tapped - seen)
        seen |= tapped
    assert {value.partition(":")[0] for value in seen} >= {"topic", "more"}


def filled(turn: Turn, plan: str) -> Draft:
    """A form with the longest that its fields take in each of them."""
    form = turn.library.forms[turn.library.plans[plan].form]
    answers: dict[str, Any] = {}
    for step in form.steps:
        long = (LONG * 40)[: step.max_length].strip()
        told = long if step.accept in ("text", "name") else step.example
        answers[step.id] = read(step, told, turn.today)
    draft = Draft(
        id=f"draft-{plan}",
        person_id=1,
        plan=plan,
        form=form.id,
        answers=answers,
        updated_at=turn.unit.now,
    )
    turn.unit.drafts.add(draft)
    turn.remember(draft=draft.id)
    return draft


async def test_every_step_of_every_form_fits_however_often_it_was_missed(turn: Turn) -> None:
    for plan in turn.library.plans.values():
        draft = filled(turn, plan.id)
        whole = draft.answers
        for step in turn.library.forms[draft.form].steps:
            for editing in ("", step.id):
                draft.editing = editing
                left = {name: said for name, said in whole.items() if name != step.id}
                draft.answers = whole if editing else left
                for _ in range(4):
                    check(filling.ask(turn, draft, filling.note_of(turn, draft, whole)))
                    helping.missed(turn, draft, step)


async def test_the_review_and_the_choice_of_a_field_fit_with_long_values(turn: Turn) -> None:
    draft = filled(turn, next(iter(turn.library.plans)))
    check(filling.ask(turn, draft))
    for page in range(4):
        check(await press(turn, f"form:fields:{page}"))
    for step in turn.library.forms[draft.form].steps:
        some = {step.id: draft.answers[step.id]}
        check(filling.ask(turn, draft, filling.note_of(turn, draft, some)))
