"""What a question takes for granted, held against what its answer states; said before it. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

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

HOW_MANY = {"baonhieu", "nao"}
LONG = 16  # telling words of a story in which a "khi nào" need not be what is asked
STATES = {
    "money": {"money"},
    "day": {"day", "month"},
    "number": {"number"},
    "share": {"percent"},
    "phone": {"phone"},  # no plan gives one
}


def lacks(index: Index, asked: Tokens, plan: Plan, entry: Entry) -> str:
    """Which kind of figure is asked for that an answer does not have; empty where none is.

    ``asked`` are the telling words of the question.
    """
    if len(asked) > LONG or entry.kind == "not_stated":
        return ""
    wanted = [*index.asking.wants.found(asked)]
    if {*asked} & index.asking.opening - HOW_MANY:  # "ai lo cho mấy HTX" counts nothing
        wanted = [kind for kind in wanted if kind != "number"]
    there = {each.kind for each in figures(plan.words(entry))} if wanted else set()
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


def verdict(index: Index, asked: str, plan: Plan, entry: Entry, today: date) -> Verdict | None:
    """That a figure is not stated, or whether what a question takes for granted is so."""
    tokens = index.language.standard(asked)
    if missing := lacks(index, index.language.telling(tokens), plan, entry):
        return Verdict("premise/unstated", missing)
    if entry.kind == "not_stated" or index.asking.opening.intersection(tokens):
        return None
    confirms = index.asking.wants_confirmed(asked, tokens)
    typed = claims(index, in_digits(index, asked))
    if any(claim.side in UNJUDGED for claim in typed):
        return None
    days = [claim for claim in typed if claim.figure.kind == "day"]
    if isinstance(entry, Deadline) and days:
        return by_then(entry, days, confirms, today)
    stated = f"{plan.words(entry)}\n{plan.fill(entry, entry.more)}"
    if confirms and entry.kind in NAMES_A_BODY and (body := another(index, tokens, stated)):
        return Verdict("premise/not", body)
    facts = claims(index, stated) if typed else []
    compared = [(claim, alike(claim, facts)) for claim in typed]
    if entry.kind == "criterion" and index.asking.enough.within(tokens):
        return too_little(compared)
    return so_or_not(compared, figures(plan.name)) if confirms else None


@dataclass(frozen=True)
class Claim:
    """A figure and which side of it is meant: before, after, least, above, most; or denied."""

    figure: Figure
    side: str


BESIDE = 30  # letters around a figure in which its side is told
UNJUDGED = {"after", "denied"}
Compared = list[tuple[Claim, list[Claim]]]  # what was typed, and the facts of its family


def claims(index: Index, text: str) -> list[Claim]:
    """The figures of a text that can be right or wrong."""
    found = (each for each in figures(text) if each.kind in FAMILIES)
    return [
        Claim(each, index.asking.side(text[: each.start][-BESIDE:], text[each.end :][:BESIDE]))
        for each in found
    ]


def by_then(entry: Deadline, days: list[Claim], confirms: bool, today: date) -> Verdict | None:
    """Whether a day is the deadline, or early enough; of several nothing can be said."""
    typed = days[0].figure
    if len(days) > 1:
        return None
    year, month, day = typed.value.rjust(10, "-").split("-")[-3:]
    try:
        meant = date(int(year or entry.date.year), int(month), int(day))
    except ValueError:
        return Verdict("premise/no_such_day", typed.text)
    last = meant - timedelta(days=days[0].side == "before")
    if not confirms:
        if not year and entry.last_day < today:
            return None  # who asks once it is over may mean another year
        return Verdict("premise/in_time" if last <= entry.last_day else "premise/late")
    if last == entry.last_day:
        return Verdict("premise/right")
    return Verdict("premise/before" if last == entry.date else "premise/not", typed.text)


def too_little(compared: Compared) -> Verdict | None:
    """That a sum or a share is below all that is asked for; what is more is not enough alone."""
    for typed, facts in compared:
        if facts and FAMILIES[typed.figure.kind] != "date":
            least = min(float(fact.figure.value) for fact in facts)
            less = float(typed.figure.value) < least
            return Verdict("premise/short", typed.figure.text) if less else None
    return None


def so_or_not(compared: Compared, named: list[Figure]) -> Verdict | None:
    """The first figure that is not so; or that all are, where the answer leaves no other choice.

    What the plan's own name holds ("năm 2025") is said in passing, and neither.
    """
    for typed, facts in compared:
        there = [*(fact.figure for fact in facts), *named]
        if facts and not held(typed.figure, there):
            return Verdict("premise/not", typed.figure.text)
    told = [(typed, facts) for typed, facts in compared if not held(typed.figure, named)]
    sure = told and all(facts and all(same(typed, fact) for fact in facts) for typed, facts in told)
    return Verdict("premise/right") if sure else None


def same(typed: Claim, fact: Claim) -> bool:
    """Whether a fact says just what was typed, and means the same side of it."""
    return typed.figure.held_by(fact.figure) and typed.side in ("", fact.side)


def alike(typed: Claim, facts: list[Claim]) -> list[Claim]:
    """The facts that a figure can be held against: months with months, else dates with dates."""
    kind, family = typed.figure.kind, FAMILIES[typed.figure.kind]
    akin = [fact for fact in facts if fact.figure.kind == kind]
    return akin or [fact for fact in facts if FAMILIES[fact.figure.kind] == family]


def another(index: Index, tokens: Tokens, stated: str) -> str:
    """A body that the question wants confirmed and the answer does not name."""
    said = " ".join(index.language.standard(stated))
    for at, end, body in index.asking.bodies.spans(tokens):
        if body and index.asking.confirms.within(tokens[end : end + NEAR + 1]):
            return "" if " ".join(tokens[at:end]) in said else body
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
