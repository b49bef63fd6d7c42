"""Checking oneself against the criteria of an award: what is asked, what comes of it. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from content.criteria import Condition, Criterion, conditions_of
from content.schema import Plan

State = Literal["met", "missing", "unclear"]
Demand = tuple[Condition, ...]  # one condition, or several of which one is enough


@dataclass(frozen=True)
class Outcome:
    """The demands of an award, by how they stand."""

    met: tuple[Demand, ...]
    missing: tuple[Demand, ...]
    unclear: tuple[Demand, ...]


@dataclass(frozen=True)
class Check:
    """One award for one kind of candidate, and what has been answered: yes, no, or None, unclear.

    Content may have changed since: answers to what is no longer asked count for nothing.
    """

    plan: Plan
    entry: Criterion
    answers: Mapping[str, bool | None]

    @cached_property
    def demands(self) -> tuple[Demand, ...]:
        """The conditions, those together of which one is enough."""
        together: dict[str, Demand] = {}
        for each in conditions_of(self.plan.entries, self.entry):
            name = f"either {each.either}" if each.either else each.id
            together[name] = (*together.get(name, ()), each)
        return tuple(together.values())

    @cached_property
    def steps(self) -> list[Condition]:
        """What is asked; where one of several is enough and met, no further one of them."""
        return [
            each
            for demand in self.demands
            for each in demand
            if each.id in self.answers or not self.enough(demand)
        ]

    def step(self, condition_id: str) -> Condition | None:
        return next((each for each in self.steps if each.id == condition_id), None)

    def enough(self, demand: Demand) -> Demand:
        """The conditions that meet a demand."""
        return tuple(each for each in demand if self.state(each) == "met")

    def state(self, condition: Condition) -> State:
        answer = self.answers.get(condition.id)
        if answer is None:
            return "unclear"
        return "met" if answer is (condition.met_by == "yes") else "missing"

    def stands(self, demand: Demand) -> State:
        """How a demand stands: met by any of its conditions, missing if none is even unclear."""
        states = {self.state(each) for each in demand}
        return "met" if "met" in states else "unclear" if "unclear" in states else "missing"

    def outcome(self) -> Outcome:
        """How all demands stand, each in one of the three lists."""
        lists: dict[State, list[Demand]] = {"met": [], "missing": [], "unclear": []}
        for demand in self.demands:
            lists[self.stands(demand)].append(demand)
        return Outcome(*(tuple(lists[state]) for state in ("met", "missing", "unclear")))
