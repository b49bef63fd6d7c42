"""Drafts of the entries that say in words what a clause says."""

from __future__ import annotations

import re

from content.entries import MAX_ANSWER
from content.fold import plain
from content.importing.cutting import cut
from content.importing.facts import Draft, numbered, slugged
from content.importing.finding import award_of
from content.importing.outline import Clause
from content.importing.paper import Paper, is_point
from content.importing.phrasing import by_pattern, label_of
from content.importing.wording import Subject, to_check, wording

FIRST, ROOM = 240, MAX_ANSWER - 60  # characters of the first line; of it and all points
IN_FULL = (
    "period",
    "phase",
    "deadline",
    "theme",
    "audience",
)  # kinds that leave nothing else to tell
COVERED = 0.7  # of a clause's words: what a deadline's sentence leaves is not worth telling
AWARD = re.compile(r"cờ thi đua|bằng khen|giấy khen", re.IGNORECASE)


def clause_entries(paper: Paper, facts: list[Draft]) -> list[Draft]:
    """An entry for each clause that these facts do not tell in full, with its points in it."""
    told = {each["clause"] for each in facts if in_full(paper, each)}
    taken = {each["id"] for each in facts}
    drafts: list[Draft] = []
    waiting: list[str] = []  # clauses that say nothing themselves: told with the one below them
    for clause in (each for each in paper.body if not is_point(each)):
        points = [each.name for each in paper.points(clause)]
        if {clause.name, *points} <= told:
            continue
        if not clause.text and not points and holds_others(paper, clause):
            waiting.append(clause.name)
            continue
        subject = paper.subject(clause)
        drafts.append(clause_entry(paper, clause, subject, subject.id not in taken))
        drafts[-1]["also"] = [*waiting, *points]
        taken.add(subject.id)
        waiting = []
    if waiting and not drafts:
        only = paper.clauses[waiting[0]]
        drafts.append(clause_entry(paper, only, paper.subject(only), True) | {"also": []})
    if drafts:
        drafts[-1]["also"] += waiting
    return [*numbered(iter(drafts))]


def in_full(paper: Paper, fact: Draft) -> bool:
    """Whether an entry leaves nothing else of its clause to tell."""
    text = paper.texts.get(fact["clause"], "")
    covers = len(fact.get("seen", "")) >= COVERED * len(text)
    return fact["kind"] in IN_FULL and (fact["kind"] != "deadline" or covers)


def holds_others(paper: Paper, clause: Clause) -> bool:
    return any(each.around == clause.name for each in paper.body)


def clause_entry(paper: Paper, clause: Clause, subject: Subject, first: bool) -> Draft:
    about = clause.heading.rstrip("…")
    listed = [each.text or each.heading for each in paper.points(clause)]
    listed = [each for each in listed if each]
    return {
        "id": subject.id if first else f"{subject.id}-{slugged(clause.name)}"[:38].strip("-"),
        "kind": subject.kind,
        "clause": clause.name,
        "label": label_of(about),
        **worded(clause.text or f"{about}:", listed),
        "ask": by_pattern("clause", about=about[:1].lower() + about[1:], clause=clause.name),
        **facets(paper, clause),
    }


def worded(text: str, listed: list[str]) -> Draft:
    """A gist that fits one screen; all of it behind "Xem đủ" where something was cut."""
    first = cut(text, FIRST)
    room = (ROOM - len(first)) // max(len(listed), 1) - 4
    points = [cut(each, room) for each in listed] if room >= 30 else []
    rest = "\n".join((text, *listed)) if (first, *points) != (text, *listed) else ""
    return {"say": to_check(first), "points": points, "more": rest}


def facets(paper: Paper, clause: Clause) -> Draft:
    """Which award and whose, as the headings around a clause say."""
    headings = [each.heading for each in paper.around(clause)]
    awards = [{*AWARD.findall(each)} for each in headings]
    award = next((found for found in awards if len(found) == 1), set())
    audience = next(filter(None, map(audience_of, headings)), "")
    return {
        "award": award_of(next(iter(award))) if award else None,
        "audience": [audience] if audience else [],
    }


def audience_of(heading: str) -> str:
    """Collectives or individuals, where a heading names one of them alone."""
    said = f" {plain(heading)} "
    found = [
        each.audience
        for each in wording().audiences
        if any(f" {plain(word)} " in said for word in each.words)
    ]
    return found[0] if len(found) == 1 else ""


def taking_entries(paper: Paper) -> list[Draft]:
    """Who may take part: the points that say so of collectives, and of individuals."""
    drafts: list[Draft] = []
    for taking in wording().audiences:
        fits = [
            each
            for each in paper.body
            if paper.subject(each).id == "audience" and taken_by(each, taking.words)
        ]
        if fits:
            first, *others = fits
            text = "\n".join(each.text or each.heading for each in fits)
            drafts.append(
                {
                    "id": taking.id,
                    "kind": "audience",
                    "clause": first.name,
                    "also": [each.name for each in others],
                    "label": label_of(taking.words[0].capitalize()),
                    **worded(
                        fits[0].text or first.heading,
                        [each.text or each.heading for each in others],
                    ),
                    "ask": by_pattern("clause", about=taking.words[0], clause=first.name),
                    "audience": [taking.audience],
                    "seen": text,
                }
            )
    return drafts


def taken_by(clause: Clause, words: tuple[str, ...]) -> bool:
    """Whether a clause or the group it stands in begins with such words."""
    begins = (
        plain(clause.text or clause.heading),
        plain(clause.heading),
        plain(clause.name.partition("(")[2]),
    )
    return any(each.startswith(plain(word)) for each in begins for word in words)


def annex_entry(paper: Paper) -> list[Draft]:
    """The form that the document carries, if it does."""
    if not paper.annex:
        return []
    first, *others = paper.annex
    asked = [each for each in others if not is_point(each)]
    listed = [f"{each.name.removeprefix(first.name).strip()}. {each.heading}" for each in asked]
    return [
        {
            "id": "registration-form",
            "kind": "form",
            "clause": first.name,
            "also": [each.name for each in others],
            "label": label_of(first.heading),
            **worded(first.text or f"{first.heading}:", listed),
            "ask": by_pattern("clause", about=first.name, clause=first.name),
        }
    ]
