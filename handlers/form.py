"""The form engine: a half-finished form is only its answers; the next question is derived. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Generic, Protocol, TypeVar

from content.schema import Form, Step
from handlers.errors import Invalid
from handlers.fields import fits

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
    later: tuple[str, ...] = ()  # steps left open until all others are answered

    def question(self) -> AskedT | None:
        """The step to ask now; None when only the review is left."""
        if step := self.form.step(self.editing):
            return step
        return next((step for step in self.missing() if step.id not in self.later), None)

    def missing(self) -> list[AskedT]:
        """The steps that have no answer yet."""
        return [step for step in self.form.steps if step.id not in self.answers]

    def answer(self, value: Value) -> Answering[AskedT]:
        """The form with the current question answered; raise Invalid at the review."""
        step = self.question()
        if step is None:
            raise Invalid("form/passed")
        return self.take({step.id: value})

    def take(self, values: Mapping[str, Value]) -> Answering[AskedT]:
        """The form with these answers; what was left for later is asked once all others are."""
        editing = "" if self.editing in values else self.editing
        taken = replace(self, answers={**self.answers, **values}, editing=editing)
        at_the_end = self.question() and not self.editing and not taken.question()
        return replace(taken, later=()) if at_the_end else taken

    def leave(self) -> Answering[AskedT]:
        """The form with the current question left for later; an answer that it has stays."""
        step = self.question()
        if step is None:
            raise Invalid("form/passed")
        if step.id in self.answers:
            return self.keep()
        return self.skip() if step.optional else replace(self, later=(*self.later, step.id))

    def rest(self) -> Answering[AskedT]:
        """The form asking what was left for later."""
        return replace(self, later=(), editing="")

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
        if self.missing() or self.form.step(self.editing):
            raise Invalid("form/not_yet")
        return {step.id: self.answers[step.id] for step in self.form.steps}

    def place(self) -> tuple[int, int]:
        """Which question this is, of how many."""
        now = self.question()
        total = len(self.form.steps)
        return (self.form.steps.index(now) + 1 if now else total), total


Filling = Answering[Step]  # a form being filled in


@dataclass(frozen=True)
class Change:
    """What a form that has changed means for the answers that were given before."""

    kept: dict[str, Value]
    new: tuple[Step, ...]  # that it did not ask before
    again: tuple[tuple[Step, Value], ...]  # asked in another way now, and what was answered
    gone: tuple[Value, ...]  # what was answered to questions that it no longer asks


def changed(form: Form, was: Mapping[str, str], answers: Mapping[str, Value]) -> Change | None:
    """What has changed in a form since its steps were ``was``; None if nothing has.

    An empty ``was`` is not known: nothing counts as new.
    """
    steps = [(step, answers[step.id]) for step in form.steps if step.id in answers]
    again = tuple((step, value) for step, value in steps if not fits(step, value))
    gone = tuple(value for step_id, value in answers.items() if form.step(step_id) is None)
    new = tuple(step for step in form.steps if was and step.id not in was)
    if not (again or gone or new):
        return None
    kept = {step.id: value for step, value in steps if fits(step, value)}
    return Change(kept, new, again, tuple(value for value in gone if value is not None))


def asked(form: Form) -> dict[str, str]:
    """The steps of a form as it is now, and what each accepts."""
    return {step.id: step.accept for step in form.steps}
