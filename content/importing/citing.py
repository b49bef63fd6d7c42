"""Drafts of the entries for the documents that a plan names."""

from __future__ import annotations

import re

from content.fold import words
from content.importing.cutting import cut
from content.importing.facts import Draft, slugged, written
from content.importing.finding import Named, documents
from content.importing.paper import BASIS, HEAD, Paper
from content.importing.phrasing import by_pattern, label_of
from content.importing.wording import or_unknown, to_check, wording

ABOUT = 110  # characters of what a document is about


def document_entries(paper: Paper) -> list[Draft]:
    """An entry for each document that is named, at the clause that says most of it."""
    found: dict[str, tuple[str, Named]] = {}
    where: dict[str, list[str]] = {}
    for clause, text in paper.texts.items():
        for named in documents(text) if clause != HEAD else ():
            where.setdefault(named.number, []).append(clause)
            if named.number not in found or telling(named) > telling(found[named.number][1]):
                found[named.number] = (clause, named)
    drafts: list[Draft] = []
    for number, (_, named) in found.items():
        taken = {each["id"] for each in drafts}
        first, *others = dict.fromkeys(where[number])
        drafts.append(document_entry(named, first, others, taken))
    return drafts


def telling(named: Named) -> tuple[bool, bool, int]:
    return bool(named.date), bool(named.issuer), len(named.about)


def document_entry(named: Named, clause: str, others: list[str], taken: set[str]) -> Draft:
    brief, full = re.split("[/-]", named.number)[0], "-".join(words(named.number))
    slug = next(each for each in (f"doc-{brief}", f"doc-{slugged(full)}") if each not in taken)
    sort = named.sort.capitalize() or "Văn bản"
    signs = (body for sign, body in wording().issuers.items() if sign in named.number)
    about = or_unknown(cut(named.about[:1].lower() + named.about[1:], ABOUT))
    say = wording().say["document" if named.date else "document_undated"]
    return {
        "id": slug,
        "kind": "document",
        "clause": clause,
        "also": others,
        "label": label_of(f"{wording().sorts.get(sort, sort)} {named.number}"),
        "number": named.number,
        "date": named.date and written(named.date),
        "issuer": or_unknown(named.issuer or next(signs, "")),
        "about": about,
        "basis": clause == BASIS,
        "say": to_check(say.format(sort=sort, about=about)),
        "ask": by_pattern("document", sort=sort, number=named.number),
        "see": ["legal-basis"],
    }
