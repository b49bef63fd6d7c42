"""What a question takes for granted, held against what its answer states; said before it. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from content.entries import Deadline, Entry
from content.figures import Figure, figures, held
from content.phrases import Tokens
from content.schema import Plan
from content.search import Index
from handlers.errors import Invalid
from handlers.values import Range, money_of

FAMILIES = {"day": "date", "month": "date", "year": "date", "percent": "share", "money": "sum"}
NAMES_A_BODY = {"submit_to", "guide", "issuer", "document", "contact", "registration"}
NEAR = 2  # words between a body and the "phải không" that asks about it

LONG = 16  # telling words of a story in which a "khi nào" need not be what is asked
STATES = {
    "money": {"money"},
    "day": {"day", "month"},
    "number": {"number"},
    "phone": {"phone"},  # no plan gives one
}


def lacks(index: Index, asked: str, plan: Plan, entry: Entry) -> str:
    """Which kind of figure is asked for that an answer does not have; empty where none is."""
    tokens = index.language.telling(index.language.standard(asked))
    if len(tokens) > LONG or entry.kind == "not_stated":
        return ""
    there = {each.kind for each in figures(plan.words(entry))}
    wanted = index.asking.wants.found(tokens)
    return next((kind for kind in wanted if not STATES[kind] & there), "")


@dataclass(frozen=True)
class Verdict:
    """What to say first: one of the messages of ``premise/``, about what was typed."""

    message: str
    typed: str = ""

    @property
    def facts(self) -> dict[str, str]:
        """What the message is filled with."""
        return {"typed": self.typed} if self.typed else {}


def verdict(index: Index, asked: str, plan: Plan, entry: Entry) -> Verdict | None:
    """That a figure is not stated, or whether what a question takes for granted is so."""
    if missing := lacks(index, asked, plan, entry):
        return Verdict("premise/unstated", missing)
    tokens = index.language.standard(asked)
    if entry.kind == "not_stated" or index.asking.opening.intersection(tokens):
        return None
    confirms = index.asking.wants_confirmed(asked, tokens)
    typed = [each for each in figures(in_digits(index, asked)) if each.kind in FAMILIES]
    days = [each for each in typed if each.kind == "day"]
    if isinstance(entry, Deadline) and days and not confirms:
        return in_time(entry, days[0])
    stated = f"{plan.words(entry)}\n{plan.fill(entry, entry.more)}"
    if confirms and entry.kind in NAMES_A_BODY and (body := another(index, tokens, stated)):
        return Verdict("premise/not", body)
    comparable = [(each, alike(each, figures(stated))) for each in typed]
    if entry.kind == "criterion" and index.asking.enough.within(tokens):
        return too_little(comparable)
    if not confirms:
        return None
    if isinstance(entry, Deadline) and days and on_the_day(entry, days[0], tokens):
        return Verdict("premise/before", days[0].text)
    return so_or_not(comparable, figures(plan.name))


Compared = list[tuple[Figure, list[Figure]]]  # what was typed, and the facts of its family


def too_little(compared: Compared) -> Verdict | None:
    """That a sum or a share is below all that is asked for; what is more is not enough alone."""
    for typed, facts in compared:
        if facts and FAMILIES[typed.kind] != "date":
            less = float(typed.value) < min(float(fact.value) for fact in facts)
            return Verdict("premise/short", typed.text) if less else None
    return None


def so_or_not(compared: Compared, named: list[Figure]) -> Verdict | None:
    """The first figure that is not so; or that all are, where the answer leaves no other choice.

    What the plan's own name holds ("năm 2025") is said in passing, and neither.
    """
    wrong = (each for each, facts in compared if facts and not held(each, (*facts, *named)))
    if first := next(wrong, None):
        return Verdict("premise/not", first.text)
    told = [(each, facts) for each, facts in compared if not held(each, named)]
    sure = told and all(facts and all(map(each.held_by, facts)) for each, facts in told)
    return Verdict("premise/right") if sure else None


def alike(typed: Figure, facts: list[Figure]) -> list[Figure]:
    """The facts that a figure can be held against: months with months, else dates with dates."""
    same = [fact for fact in facts if fact.kind == typed.kind]
    return same or [fact for fact in facts if FAMILIES.get(fact.kind) == FAMILIES[typed.kind]]


def in_time(entry: Deadline, typed: Figure) -> Verdict:
    """Whether a day that somebody has in mind is early enough."""
    year, month, day = typed.value.rjust(10, "-").split("-")[-3:]
    try:
        meant = date(int(year or entry.date.year), int(month), int(day))
    except ValueError:
        return Verdict("premise/no_such_day", typed.text)
    return Verdict("premise/in_time" if meant <= entry.last_day else "premise/late", typed.text)


def on_the_day(entry: Deadline, typed: Figure, tokens: Tokens) -> bool:
    """Whether somebody takes for the last day the day before which it must be."""
    return (
        not entry.inclusive
        and "truoc" not in tokens
        and typed.value.endswith(f"{entry.date:%m-%d}")
    )


def another(index: Index, tokens: Tokens, stated: str) -> str:
    """A body that the question wants confirmed and the answer does not name."""
    said = " ".join(index.language.standard(stated))
    parts = [*index.asking.bodies.parts(tokens)]
    at = 0
    for phrase, body in parts:
        at += len(phrase)
        if body and index.asking.confirms.within(tokens[at : at + NEAR + 1]):
            return "" if " ".join(phrase) in said else body
    return ""


def in_digits(index: Index, text: str) -> str:
    """Sums and shares that were written in words, in digits: "tám mươi phần trăm"."""

    def digits(found: re.Match[str]) -> str:
        try:
            value = money_of(f"{found[1]} tr")
        except Invalid:
            return found[0]
        if isinstance(value, Range):
            return found[0]
        return f"{value / 10**6:g}".replace(".", ",") + f" {found[2]}"

    return index.asking.spoken.sub(digits, text)
