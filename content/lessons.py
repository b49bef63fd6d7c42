"""What staff decide, on its way to becoming content: a new entry or further ways to ask. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any

from pydantic import ValidationError

from content.check import check_entry, dates_written_out
from content.entries import ADVICE, MAX_LABEL, SLOT, Advice
from content.figures import figures, held
from content.fold import plain
from content.library import Library
from content.proof import stated_in
from content.schema import Plan

LONGEST = 200  # characters of a way to ask
OWN = "hoi-"  # ids of entries that come from questions begin so
LONGEST_ID = 36
FIGURE = re.compile(r"[\s(]*\d")
TAKEN = 0.95  # as like a known way to ask as this, words already belong to an entry


@dataclass(frozen=True)
class Taught:
    """One decision: which entry answers these ways to ask, and that entry where it is new."""

    plan: str
    entry: str
    phrasings: tuple[str, ...]
    added: Mapping[str, Any] | None = None


def new_entry(plan: Plan, number: int, say: str, clause: str, phrasings: Sequence[str]) -> Taught:
    """An answer of the staff, as an entry with an id of its own and its first words as a label.

    ``number``, of its question, tells it from what others decide in the same minute.
    """
    entry = free(f"{OWN}{number}", LONGEST_ID, {each.id for each in plan.entries}, "-")
    labels = {plain(each.label) for each in plan.entries}
    added = {
        "id": entry,
        "kind": "advice",
        "clause": clause,
        "label": free(named(say), MAX_LABEL, labels, " "),
        "say": slotted(plan, say),
        "ask": [*phrasings],
    }
    return Taught(plan.id, entry, tuple(phrasings), added)


def named(say: str) -> str:
    """The first words of an answer, before any figure: a number cut off from its unit misleads."""
    told = " ".join(say.split()).rstrip(".")
    return FIGURE.split(told, maxsplit=1)[0] or told


def free(name: str, most: int, taken: set[str], joint: str) -> str:
    """A name cut between words, with a number where it is taken."""
    short = cut(name, most, joint)
    number = 2
    while short in taken or plain(short) in taken:
        short = f"{cut(name, most - 3, joint)}{joint}{number}"
        number += 1
    return short


def cut(text: str, most: int, joint: str = " ") -> str:
    """The beginning of a text, whole words where there are any."""
    if len(text) <= most:
        return text
    return text[: most + 1].rpartition(joint)[0].rstrip(joint + ",.;:?") or text[:most]


def slotted(plan: Plan, say: str) -> str:
    """The answer with days that the plan stores elsewhere as references to where they are."""
    draft = Advice(id="x", kind="advice", clause=ADVICE, label="x", say=say, ask=("x",))
    for day, slot in reversed([*dates_written_out(plan, draft)]):  # those before keep their place
        say = f"{say[: day.start]}{slot}{say[day.end :]}"
    return say


def taught(plan: Plan, lesson: Taught) -> Plan:
    """The plan as it will be with the new entry; raise ValidationError where its shape is wrong."""
    if lesson.added is None:
        return plan
    entry = Advice.model_validate(lesson.added)
    clauses = {**plan.clauses, **({ADVICE: ADVICE} if entry.clause == ADVICE else {})}
    return plan.model_copy(update={"entries": (*plan.entries, entry), "clauses": clauses})


def faults(plan: Plan, lesson: Taught) -> list[str]:
    """What is wrong with a decision, in words for the staff; nothing where all is well."""
    try:
        new = taught(plan, lesson)
    except ValidationError as error:
        return [f"{fault['loc'][-1]}: {fault['msg']}" for fault in error.errors()]
    entry = new.entry(lesson.entry)
    if entry is None:
        return [f"kế hoạch không còn mục '{lesson.entry}'"]
    return [*check_entry(new, entry)] if lesson.added else []


def unstated(plan: Plan, lesson: Taught) -> list[str]:
    """The figures of a new answer that are not in the clause on which it is said to rest."""
    entry = taught(plan, lesson).entry(lesson.entry)
    return [
        figure.text
        for told in (entry.told() if entry and lesson.added else ())
        for figure in figures(SLOT.sub("…", told.text))
        if not held(figure, [each for clause in told.clauses for each in stated_in(plan, clause)])
    ]


def leads_elsewhere(library: Library, plan_id: str, entry_id: str, phrasing: str) -> str:
    """The label of another entry to which a way to ask belongs already; empty where none does."""
    hits = library.index.rank(library.index.question(phrasing), [plan_id], 2)
    if not hits or hits[0].likeness <= TAKEN or entry_id in {hit.entry for hit in hits}:
        return ""
    entry = library.entry(hits[0].plan, hits[0].entry)
    return entry.label if entry else hits[0].entry


def clause_of(plan: Plan, typed: str) -> str:
    """The clause that is meant, however it was typed; empty where the plan has none such."""
    wanted = plain(typed).removeprefix("muc ")
    return next((clause for clause in plan.clauses if plain(clause) == wanted), "")


def clauses_near(plan: Plan, typed: str) -> list[str]:
    """Clauses that look like what was typed; else the first ones that have a number."""
    wanted = typed.strip().upper().removeprefix("MỤC ")
    numbered = [clause for clause in plan.clauses if clause[0] in "IVX"]
    return get_close_matches(wanted, numbered, 5, 0.4) or (numbered or [*plan.clauses])[:5]
