"""Open questions as officers look at them: alike ones together, the most asked first."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from content.alike import grouped
from content.fold import plain
from content.lessons import cut
from content.schema import Plan
from handlers.staff.decision import wordings
from handlers.staff.officers import seen
from handlers.talk import Button
from handlers.turn import HERE, Turn
from storage.tables import Question, Staff

MOST = 200  # open questions that are looked at together, the oldest
SHOWN = 4  # groups on one screen
WORDINGS = 3  # ways to ask that are looked at together
LABEL = 20
NUMBER = re.compile(r"[1-9][0-9]{0,17}")  # of a question


@dataclass(frozen=True)
class Group:
    """Questions that ask the same about one plan, the oldest first."""

    plan: Plan
    questions: tuple[Question, ...]
    days: int  # since the oldest was asked

    @property
    def key(self) -> int:
        """What a button calls it by."""
        return self.questions[0].id

    @property
    def people(self) -> int:
        return len({question.person_id for question in self.questions})

    @property
    def wordings(self) -> list[str]:
        """The ways in which it was asked, at most three; as it was asked first comes first."""
        return wordings(self.questions)


async def waiting(turn: Turn, officers: Sequence[Staff]) -> list[Group]:
    """The groups that these officers may look at: the most asked first, then the oldest."""
    rows = await turn.unit.questions.open(seen(turn, officers), MOST)
    by_plan: dict[str, list[Question]] = {}
    for row in rows:
        by_plan.setdefault(row.plan, []).append(row)
    groups = [group for each in by_plan.values() for group in alike(turn, each)]
    return sorted(groups, key=lambda group: (-group.people, group.key))


def alike(turn: Turn, questions: Sequence[Question]) -> list[Group]:
    """The groups of one plan's questions."""
    found = grouped(turn.library.index, [each.text for each in questions])
    same = (part for places in found for part in few([questions[at] for at in places]))
    return [group(turn, part) for part in same]


def few(questions: Sequence[Question]) -> Iterator[list[Question]]:
    """Alike questions in parts of so few wordings that an officer reads all that is decided on."""
    wordings = [*dict.fromkeys(plain(each.text) for each in questions)]
    for at in range(0, len(wordings), WORDINGS):
        shown = {*wordings[at : at + WORDINGS]}
        yield [each for each in questions if plain(each.text) in shown]


def group(turn: Turn, questions: Sequence[Question]) -> Group:
    asked = questions[0].asked_at.astimezone(HERE).date()
    plan = turn.library.plans[questions[0].plan]
    return Group(plan, tuple(questions), max(0, (turn.today - asked).days))


async def of(turn: Turn, officers: Sequence[Staff], key: str) -> Group | None:
    """The group in which a question is, if it waits and these officers may look at it."""
    found = await waiting(turn, officers)
    return next((g for g in found if key in {str(each.id) for each in g.questions}), None)


async def looked_at(turn: Turn, officers: Sequence[Staff], key: str) -> Group | None:
    """A group as it was looked at: who joined it since is not decided on unseen."""
    looked = {str(number) for number in turn.person.talk.get("seen", ())}
    numbers = [int(each) for each in (looked if key in looked else {key}) if NUMBER.fullmatch(each)]
    plans = seen(turn, officers)
    rows = [row for row in await turn.unit.questions.waiting(numbers) if row.plan in plans]
    return group(turn, rows) if key in {str(row.id) for row in rows} else None


def button(number: int, group: Group) -> Button:
    """A button that opens a group, with the beginning of its words."""
    return Button(cut(f"{number}. {group.wordings[0]}", LABEL), f"staff:open:{group.key}")
