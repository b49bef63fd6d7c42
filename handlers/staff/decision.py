"""A decision on a group of questions while it is made: only what was chosen and typed. Pure.

What is asked next is derived from it, as with a form: the answer, the clause, then the preview.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any

from content.entries import ADVICE
from content.lessons import Taught, new_entry
from content.schema import Plan


@dataclass(frozen=True)
class Decision:
    """Which questions are answered, as they were looked at, and with what."""

    plan: str
    questions: tuple[int, ...]
    people: int
    asked: str  # the words of the first
    phrasings: tuple[str, ...]  # that are to lead here from now on
    entry: str = ""  # an entry that is there; else a new one is written
    say: str = ""
    clause: str = ""

    @property
    def step(self) -> str:
        """What is to be done next."""
        if self.entry:
            return "preview"
        if not self.say:
            return "write"
        return "preview" if self.clause else "clause"

    def leads(self) -> bool:
        """Whether there is a way to the answer: a new one needs words that lead to it."""
        return bool(self.entry or self.phrasings)

    def lesson(self, plan: Plan) -> Taught:
        """What is learnt by it."""
        if self.entry:
            return Taught(plan.id, self.entry, self.phrasings)
        asked = self.phrasings or (self.asked,)  # until something better is typed
        return new_entry(plan, self.questions[0], self.say, self.clause or ADVICE, asked)

    def rewritten(self) -> Decision:
        """The same with the answer to be typed again; the clause is asked anew."""
        return replace(self, say="", clause="")

    def as_json(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_json(cls, kept: Mapping[str, Any]) -> Decision:
        """The decision that ``as_json`` wrote."""
        lists = {name: tuple(kept[name]) for name in ("questions", "phrasings")}
        return cls(**{**kept, **lists})
