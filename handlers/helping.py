"""Help with a field that grows with each miss: why not, another way to write it, things to tap.

How often a field was missed, and which were left for later, is kept with the person's talk; both
name fields alone.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from datetime import date

from content.entries import MAX_LABEL
from content.schema import Plan, Step
from content.when import day
from handlers.errors import Invalid
from handlers.fields import read
from handlers.passing import kept
from handlers.talk import Button
from handlers.turn import Turn
from storage.tables import Draft

HOW, TAP = 2, 3  # misses from which it is told how to write it, and something can be tapped
MOST_BUTTONS = 5


def misses(turn: Turn, draft: Draft, step: Step) -> int:
    """How often in a row what was typed for this field could not be taken."""
    missed = turn.person.talk.get("missed", ["", "", 0])
    return int(missed[2]) if missed[:2] == [draft.id, step.id] else 0


def missed(turn: Turn, draft: Draft, step: Step) -> None:
    turn.remember(missed=[draft.id, step.id, misses(turn, draft, step) + 1])


def later(turn: Turn, draft: Draft) -> tuple[str, ...]:
    """The fields of this form that were left for later."""
    of, *left = turn.person.talk.get("later", [""])
    return tuple(left) if of == draft.id else ()


def leave(turn: Turn, draft: Draft, left: tuple[str, ...]) -> None:
    """Keep which fields are left for later; what was missed before is forgotten."""
    turn.remember(later=[draft.id, *left] if left else None, missed=None)


def tapping(turn: Turn, draft: Draft, step: Step) -> bool:
    """Whether answers are offered to tap by now."""
    return misses(turn, draft, step) >= TAP


def facts(turn: Turn, draft: Draft, step: Step) -> dict[str, object]:
    """What the question says besides itself, after so many misses."""
    count = misses(turn, draft, step)
    others = step.examples if count >= HOW else ()
    return {
        "how": step.how if count >= HOW else "",
        "example": others[(count - HOW) % len(others)] if others else step.example,
        "tap": tapping(turn, draft, step),
    }


def buttons(turn: Turn, draft: Draft, step: Step, others: int) -> list[Button]:
    """What can be tapped after so many misses, beside so many other buttons."""
    count = misses(turn, draft, step)
    if count < HOW:
        return []
    if count < TAP:
        return [turn.button("later", "form:later")]
    picks = [
        Button(choice, f"form:pick:{step.id}/{at}")
        for at, choice in enumerate(choices(turn.library.plans[draft.plan], step, turn.today))
    ]
    return [*picks[: MOST_BUTTONS - others - 1], turn.button("assist", "form:assist")]


def choices(plan: Plan, step: Step, today: date) -> list[str]:
    """The answers to tap: the form's own, the plan's days put in; what is none now is left out."""
    filled = (told(choice, plan) for choice in step.choices)
    return [
        choice for choice in filled if len(choice) <= MAX_LABEL and readable(step, choice, today)
    ]


def told(choice: str, plan: Plan) -> str:
    """A choice with the plan's days in it; empty where the plan does not say them."""
    for slot, words in ends(plan):
        choice = choice.replace(f"{{{slot}}}", words)
    return "" if "{" in choice else choice


def ends(plan: Plan) -> Iterator[tuple[str, str]]:
    """The first and the last day of the campaign, as short as they are still clear."""
    span = next((entry for entry in plan.entries if entry.kind == "period"), None)
    if span is None:
        return
    yield "end", day(span.end.last)
    if span.start:
        first = span.start.first
        same = first.year == span.end.last.year
        yield "start", f"{first.day}/{first.month}" + ("" if same else f"/{first.year}")


def readable(step: Step, choice: str, today: date) -> bool:
    with suppress(Invalid):
        read(step, choice, today)
        return True
    return False


async def ask_staff(turn: Turn, draft: Draft, step: Step) -> bool:
    """Ask the staff of the plan how to fill in a field; whether there are any."""
    words = turn.library.say("form/for_staff", step=step)
    return await kept(turn, words, draft.plan, "unanswered", "")
