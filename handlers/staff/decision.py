"""A decision on a group of questions while it is made: only what was chosen and typed. Pure.

What is asked next is derived from it, as with a form: the answer, the clause, then the preview.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from content.entries import ADVICE
from content.fold import plain
from content.lessons import Taught, new_entry
from content.schema import Plan
from storage.tables import Question

KEPT = ("plan", "entry", "say", "clause", "typed")


def wordings(questions: Iterable[Question]) -> list[str]:
    """The ways in which something was asked, the first one first."""
    ways: dict[str, str] = {}
    for each in questions:
        ways.setdefault(plain(each.text), each.text)
    return [*ways.values()]


@dataclass(frozen=True)
class Decision:
    """Which questions are answered, as they were looked at, and with what."""

    plan: str
    questions: tuple[Question, ...]
    leading: tuple[int, ...]  # whose words are to lead here from now on
    entry: str = ""  # an entry that is there; else a new one is written
    say: str = ""
    clause: str = ""
    typed: str = ""  # the officer's own way to ask, instead of those words

    @property
    def step(self) -> str:
        """What is to be done next."""
        if self.entry:
            return "preview"
        if not self.say:
            return "write"
        return "preview" if self.clause else "clause"

    @property
    def key(self) -> int:
        """What a button calls it by."""
        return self.questions[0].id

    @property
    def asked(self) -> str:
        """The words of the first."""
        return self.questions[0].text

    @property
    def people(self) -> int:
        return len({each.person_id for each in self.questions})

    @property
    def phrasings(self) -> tuple[str, ...]:
        """The ways to ask that are to lead here from now on."""
        if self.typed:
            return (self.typed,)
        return tuple(wordings(each for each in self.questions if each.id in self.leading))

    def leads(self) -> bool:
        """Whether there is a way to the answer: a new one needs words that lead to it."""
        return bool(self.entry or self.phrasings)

    def lesson(self, plan: Plan) -> Taught:
        """What is learnt by it."""
        if self.entry:
            return Taught(plan.id, self.entry, self.phrasings)
        asked = self.phrasings or (self.asked,)  # until something better is typed
        return new_entry(plan, self.key, self.say, self.clause or ADVICE, asked)

    def rewritten(self) -> Decision:
        """The same with the answer to be typed again; the clause is asked anew."""
        return replace(self, say="", clause="")

    def as_json(self) -> dict[str, Any]:
        """What is kept: of the questions their numbers alone, so that no words outlive them."""
        numbers = {"questions": [each.id for each in self.questions], "leading": [*self.leading]}
        return {**{name: getattr(self, name) for name in KEPT}, **numbers}

    @classmethod
    def from_json(cls, kept: Mapping[str, Any], questions: Sequence[Question]) -> Decision:
        """The decision that ``as_json`` wrote, about those of its questions that still wait."""
        words = {name: kept[name] for name in KEPT}
        return cls(questions=tuple(questions), leading=tuple(kept["leading"]), **words)
