"""What an office has added around a plan: new names, whom to call, the document itself. Pure."""

from __future__ import annotations

import re
from urllib.parse import quote

from content.entries import Entry, Number
from content.library import Library
from content.schema import Plan


def renamed(library: Library, plan: Plan, words: str) -> str:
    """The words, with the new name of each office beside its old one where that first stands."""
    left = dict(plan.renamed)

    def both(found: re.Match[str]) -> str:
        new = left.pop(found[0], "")
        return library.say("answer/renamed", old=found[0], new=new) if new else found[0]

    longest_first = sorted(map(re.escape, left), key=len, reverse=True)
    return re.sub(rf"\b(?:{'|'.join(longest_first)})\b", both, words) if left else words


def contact(plan: Plan, entry: Entry) -> str:
    """Whom to call, where somebody asks for that or for what the plan does not say."""
    return plan.contact if entry.kind in ("contact", "not_stated") else ""


def original(library: Library, plan: Plan, entry: Entry | None, site: str) -> str:
    """Where the document itself can be seen, and on which page what was talked about stands.

    ``site`` is the address of our own pages.
    """
    number = next((each for each in plan.entries if isinstance(each, Number)), None)
    clause, page = (entry and plan.page(entry.clause)) or ("", 0)
    return library.say(
        "answer/original",
        plan=plan,
        link=link(library, plan, site, page),
        page=page,
        where=clause and library.say("answer/clause", clause=clause, numbered=clause[0] in "IVX"),
        number=number.number or "" if number else "",
        dated=str(number.date or "") if number else "",
    )


def link(library: Library, plan: Plan, site: str = "", page: int = 0) -> str:
    """The document's address, at its page where browsers can turn to it; empty if there is none."""
    document = plan.document
    if "://" not in document:
        if document not in library.documents:
            return ""
        document = f"{site}/documents/{plan.id}/{quote(document)}"
    turned = page and document.lower().endswith(".pdf")
    return f"{document}#page={page}" if turned else document
