"""A plan file drafted from a document: all that can be told from it, marked to be checked."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from pydantic import TypeAdapter

from content.check import ALWAYS_ASKED, slots_by_day
from content.figures import Figure, figures
from content.fold import plain
from content.importing.citing import document_entries
from content.importing.facts import (
    Draft,
    award_entries,
    deadline_entries,
    time_entries,
)
from content.importing.finding import SENTENCE
from content.importing.framing import framing, head_of, said
from content.importing.paper import BASIS, CLOSING, HEAD, RECIPIENTS, WHOLE, Paper, understood
from content.importing.phrasing import Known, by_pattern, told_apart
from content.importing.statements import annex_entry, clause_entries, taking_entries
from content.importing.wording import or_unknown, to_check, wording
from content.kinds import AnyEntry
from content.schema import Plan

RANGE = re.compile(r"\s*[-–]\s*")
COUNTED = re.compile(
    r"(?: (?!(?:về|kèm|theo|của|và|đến|từ|trở|là|có|cho|để|ở|tại|với|thì|được|phải)\b)"
    r"[^\W\d_]+){1,2}"
)
NAMING = re.compile(r"[^\W\d_]+ $")
OF_ITS_OWN = ("document", "phase")  # two plans may give one id to two things of these kinds
HANDED = {  # where something goes, by the deadline that says so
    "dossier-deadline": ("submit-to", "submit_to"),
    "report-deadline": ("report-to", "submit_to"),
    "registration-deadline": ("registration", "registration"),
}
TOLD = ("say", "points", "more")
TYPED = TypeAdapter(AnyEntry)


@dataclass(frozen=True)
class Drafted:
    """A plan file before it is written: its head, its clauses and figures, its entries."""

    head: dict[str, Any]
    clauses: dict[str, str]
    figures: dict[str, list[str]]
    entries: list[Draft]


def draft(lines: list[str], plan_id: str, plans: Iterable[Plan]) -> Drafted:
    """Draft a plan from the lines of a document, asked as the plans at hand are."""
    paper, known = understood(lines), Known(plans)
    facts = [
        *framing(paper),
        *document_entries(paper),
        *time_entries(paper),
        *deadline_entries(paper),
        *award_entries(paper),
    ]
    facts += taking_entries(paper)
    stated_there = [*facts, *clause_entries(paper, facts), *annex_entry(paper)]
    entries = [*stated_there, *overviews(stated_there)]
    entries += silent(paper, {each["id"] for each in entries}, known)
    clauses = outline_of(paper)
    return Drafted(
        head_of(paper, plan_id), clauses, stated(paper, clauses), slotted(finished(entries, known))
    )


def overviews(entries: list[Draft]) -> list[Draft]:
    """What follows from these entries and no clause says by itself: lists, and where things go."""
    known = {each["id"]: each for each in entries}
    awards = [each for each in entries if each["kind"] == "award"]
    numbers = [each for each in awards if each["count"] is not None or each["split"]]
    lists = (("awards", "overview", awards), ("quantity", "quantity", numbers))
    drafts = [
        said(name, kind, listed[0]["clause"])
        | {"points": [award_point(name, each) for each in listed], "also": clauses_of(listed[1:])}
        for name, kind, listed in lists
        if listed and name not in known
    ]
    for due, (name, kind) in HANDED.items():
        if name not in known and known.get(due, {}).get("to"):
            drafts.append(said(name, kind, known[due]["clause"], to=known[due]["to"]))
    return drafts


def award_point(name: str, award: Draft) -> str:
    """An award in the list of all, or of how many there are."""
    slot = "granted_by" if name == "awards" else "split" if award["count"] is None else "count"
    named = wording().awards[award["award"]]
    return wording().point_award[slot].format(award=named, slot=f"{{{award['id']}.{slot}}}")


def clauses_of(entries: list[Draft]) -> list[str]:
    return [each["clause"] for each in entries]


def outline_of(paper: Paper) -> dict[str, str]:
    """Every clause, and what it is about."""
    words = wording()
    named = {WHOLE: to_check(words.whole), HEAD: words.head}
    named |= {BASIS: words.basis} if paper.parts.basis else {}
    named |= {each.name: or_unknown(each.heading.rstrip("…")) for each in paper.body}
    named |= {CLOSING: words.closing} if paper.texts[CLOSING] or paper.signing.name else {}
    named |= {RECIPIENTS: words.recipients} if paper.parts.end else {}
    return named | {each.name: or_unknown(each.heading.rstrip("…")) for each in paper.annex}


def stated(paper: Paper, clauses: Iterable[str]) -> dict[str, list[str]]:
    """The figures that stand in each clause, as they stand there."""
    found = {}
    for clause in clauses:
        text = paper.texts.get(clause, "")
        if there := [*written_there(text)]:
            found[clause] = [*dict.fromkeys(there)]
    return found


def written_there(text: str) -> Iterator[str]:
    """Each figure of a text as it is written, a range of two as one."""
    start, before = 0, None
    for each in (*figures(text), None):
        if each and before and RANGE.fullmatch(text, before.end, each.start):
            before = each
            continue
        if before:
            yield worded_figure(before, start, text)
        start, before = each.start if each else 0, each


def worded_figure(figure: Figure, start: int, text: str) -> str:
    """A figure as it is written; a bare number with what it counts, or what it is the number of."""
    if figure.kind != "number":
        return text[start : figure.end]
    counted = COUNTED.match(text, figure.end)
    naming = None if counted else NAMING.search(text[:start])
    return text[naming.start() if naming else start : counted.end() if counted else figure.end]


def silent(paper: Paper, drafted: set[str], known: Known) -> list[Draft]:
    """What is asked of every plan and was not found in this one: proposed as not stated."""
    lost = (asked for asked in ALWAYS_ASKED.split() if asked not in drafted)
    return [
        said(asked, "not_stated", WHOLE, "not_stated", label=lowered(known.label(asked) or asked))
        | {"seen": nearby(paper, asked)}
        for asked in lost
    ]


def nearby(paper: Paper, asked: str) -> str:
    """The sentence of the document that comes nearest to what it seems not to state."""
    words = wording().nearby.get(asked, ())
    for clause in paper.clauses.values():
        for sentence in SENTENCE.split(clause.text or clause.heading):
            if any(f" {plain(word)} " in f" {plain(sentence)} " for word in words):
                return f"{clause.name}: {sentence}"
    return ""


def lowered(label: str) -> str:
    return label[:1].lower() + label[1:]


def finished(entries: list[Draft], known: Known) -> list[Draft]:
    """The entries with labels of their own, phrasings and neighbours."""
    among = {each["id"] for each in entries}
    called = [(label_for(each, known), each["clause"]) for each in entries]
    return [
        each
        | {
            "label": label,
            "also": [*dict.fromkeys(c for c in each.get("also", []) if c != each["clause"])],
            "ask": asked(each, known),
            "see": known.see(each["id"], among) or [s for s in each.get("see", []) if s in among],
        }
        for each, label in zip(entries, told_apart(called), strict=True)
    ]


def label_for(entry: Draft, known: Known) -> str:
    """What other plans call it, if they ask the same."""
    ours = entry.get("label", "")
    return ours if entry["kind"] in OF_ITS_OWN else known.label(entry["id"]) or ours


def asked(entry: Draft, known: Known) -> list[str]:
    """How people ask it of other plans; where none has it, by the pattern."""
    borrowed = [] if entry["kind"] in OF_ITS_OWN else known.asks(entry["id"])
    about = lowered(label_for(entry, known) or entry["id"])
    pattern = entry.get("ask") or by_pattern("clause", about=about, clause=entry["clause"])
    return borrowed or pattern


def slotted(entries: list[Draft]) -> list[Draft]:
    """The entries with each day that a deadline or phase holds left to it alone."""
    typed = [
        TYPED.validate_python({key: each[key] for key in each if key != "seen"})
        for each in entries
        if each["kind"] in ("deadline", "period", "phase")
    ]
    slots = slots_by_day(typed)
    return [
        each | {key: without_days(each[key], slots) for key in TOLD if each.get(key)}
        for each in entries
    ]


def without_days(told: Any, slots: dict[str, str]) -> Any:
    """What is told, with a slot for each day that there is one for."""
    if isinstance(told, list):
        return [without_days(each, slots) for each in told]
    for figure in reversed(figures(told)):
        said = figure.value.removeprefix("--")  # whether or not the year is written
        slot = next((slots[day] for day in slots if day.endswith(said)), "")
        if figure.kind == "day" and slot:
            told = f"{told[: figure.start]}{slot}{told[figure.end :]}"
    return told
