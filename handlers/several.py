"""Two questions in one message: by when, and to whom? It gets both answers. Pure."""

from __future__ import annotations

from dataclasses import replace

from content.entries import Document, Number
from content.facets import bare_number
from content.library import Library
from content.search import Key
from handlers.ask import Found, ask
from handlers.context import Context

MOST = 2  # answers in one message; more do not fit a phone's screen
ALIKE = 0.35  # how like a known phrasing each part is at least
CLEAR = 0.42  # and where the whole was answered as its first part alone is
NEARER = 0.05  # how much more like one the whole may be
LEANS = 3  # telling words up to which the second part leans on the first


def ask_all(library: Library, text: str, context: Context) -> Found:
    """The answer to a question; or to both, where a message asks two things of one plan."""
    found = ask(library, text, context)
    if found.kind == "answer" and (papers := documents(library, found.entries[0][0], text)):
        return replace(found, entries=papers, asked=(text,) * len(papers))
    if found.kind not in ("answer", "not_stated") or len(found.entries) > 1 or found.verbatim:
        return found
    parts = asking(library, text)
    if len(parts) != MOST:
        return found
    first = ask(library, parts[0], context)
    second = ask(library, parts[1], first.context)
    if not apart(library, found, first, second, parts[1]):
        return found
    told = second if second.kind == "answer" else first
    keys = (*first.entries, *second.entries)
    return replace(second, kind=told.kind, entries=keys, asked=tuple(parts), sure=found.sure)


def apart(library: Library, whole: Found, first: Found, second: Found, rest: str) -> bool:
    """Whether the parts are questions of their own, each better understood than the whole."""
    both = (first, second)
    if not all(each.kind in ("answer", "not_stated") and len(each.entries) == 1 for each in both):
        return False
    (plan, one), (other_plan, other) = first.entries[0], second.entries[0]
    if plan != other_plan or one == other:
        return False
    if len(library.index.question(rest).tokens) <= LEANS and (plan, one) in whole.entries:
        return False
    least = min(first.likeness, second.likeness)
    if whole.entries == first.entries and least > CLEAR:
        return True
    return least > ALIKE and least > whole.likeness - NEARER


def documents(library: Library, plan: str, text: str) -> tuple[Key, ...]:
    """The documents that a question names by their numbers, where it names several."""
    index = library.index
    numbers = index.asking.numbered(index.language.standard(text))
    numbered = (e for e in library.plans[plan].entries if isinstance(e, Document | Number))
    papers = tuple((plan, e.id) for e in numbered if bare_number(e.number or "") in numbers)
    return papers if len(papers) == MOST else ()


def asking(library: Library, text: str) -> list[str]:
    """The parts of a message that ask something, each with the words before it that do not."""
    parts: list[str] = []
    waiting = ""
    at = 0
    for joint in [*library.index.asking.joints.finditer(text), None]:
        end = joint.start() if joint else len(text)
        waiting = f"{waiting} {text[at:end]}".strip()
        at = joint.end() if joint else end
        if library.index.asking.asks_openly(library.index.question(waiting).tokens):
            parts.append(waiting)
            waiting = ""
    if waiting and parts:
        parts[-1] = f"{parts[-1]} {waiting}"
    return parts
