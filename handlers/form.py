"""The form engine: a half-finished form is only its answers; the next question is derived. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Generic, Protocol, TypeVar

from content.schema import Step
from handlers.errors import Invalid

Value = Any  # what JSON can hold; None: left out on purpose


class Asked(Protocol):
    """One question: a field of a form, a condition of a check."""

    @property
    def id(self) -> str: ...
    @property
    def optional(self) -> bool: ...


AskedT = TypeVar("AskedT", bound=Asked)
EachT = TypeVar("EachT", bound=Asked, covariant=True)


class Questions(Protocol[EachT]):
    """Questions in the order in which they are asked."""

    @property
    def steps(self) -> Sequence[EachT]: ...
    def step(self, step_id: str) -> EachT | None: ...


@dataclass(frozen=True)
class Answering(Generic[AskedT]):
    """Questions being answered. Every change is a new one; nothing else is remembered."""

    form: Questions[AskedT]
    answers: Mapping[str, Value]
    editing: str = ""  # an answered step that is being changed at the review

    def question(self) -> AskedT | None:
        """The step to ask now; None when only the review is left."""
        if step := self.form.step(self.editing):
            return step
        return next((step for step in self.form.steps if step.id not in self.answers), None)

    def answer(self, value: Value) -> Answering[AskedT]:
        """The form with the current question answered; raise Invalid at the review."""
        step = self.question()
        if step is None:
            raise Invalid("form/passed")
        return replace(self, answers={**self.answers, step.id: value}, editing="")

    def skip(self) -> Answering[AskedT]:
        """The form with the current question left out; raise Invalid where it is needed."""
        step = self.question()
        if step is None or not step.optional:
            raise Invalid("form/needed" if step else "form/passed")
        return self.answer(None)

    def back(self) -> Answering[AskedT]:
        """The form asking the question before again, its answer kept; at the start, itself."""
        asked = self.before()
        return replace(self, editing=asked[-1].id) if asked else self

    def keep(self) -> Answering[AskedT]:
        """The form with the answer that was to be changed left as it is."""
        return replace(self, editing="")

    def before(self) -> list[AskedT]:
        """The answered steps that stand before the current question."""
        now = self.question()
        at = self.form.steps.index(now) if now else len(self.form.steps)
        return [step for step in self.form.steps[:at] if step.id in self.answers]

    def edit(self, step_id: str) -> Answering[AskedT]:
        """The form asking an answered step again; raise Invalid for any other."""
        if step_id not in self.answers or self.form.step(step_id) is None:
            raise Invalid("form/passed")
        return replace(self, editing=step_id)

    def result(self) -> dict[str, Value]:
        """The answers to hand in, in the form's order; raise Invalid while one is missing."""
        if self.question() is not None:
            raise Invalid("form/not_yet")
        return {step.id: self.answers[step.id] for step in self.form.steps}

    def place(self) -> tuple[int, int]:
        """Which question this is, of how many."""
        now = self.question()
        total = len(self.form.steps)
        return (self.form.steps.index(now) + 1 if now else total), total


Filling = Answering[Step]  # a form being filled in
