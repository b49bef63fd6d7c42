"""Two questions in one message: "hạn nộp khi nào và nộp cho ai?" gets both answers. Pure."""

from __future__ import annotations

import re
from dataclasses import replace

from content.library import Library
from handlers.ask import Context, Found, ask

JOINTS = re.compile(
    r"[?;.,!\n]+\s*|\s+(?:và|va|với lại|voi lai|rồi|roi|đồng thời|dong thoi|với|voi)\s+", re.I
)
MOST = 2  # answers in one message; more do not fit a phone's screen
ALIKE = 0.3  # how like a known phrasing each part is at least


def ask_all(library: Library, text: str, context: Context) -> Found:
    """The answer to a question; or to both, where a message asks two things of one plan."""
    found = ask(library, text, context)
    if found.kind not in ("answer", "not_stated") or len(found.entries) > 1 or found.verbatim:
        return found
    parts = asking(library, text)
    if len(parts) != MOST:
        return found
    first = ask(library, parts[0], context)
    second = ask(library, parts[1], first.context)
    both = (first, second)
    if not all(each.kind in ("answer", "not_stated") and each.likeness > ALIKE for each in both):
        return found
    keys = tuple(each.entries[0] for each in both)
    if len({*keys}) < MOST or len({plan for plan, _ in keys}) > 1:
        return found
    told = second if second.kind == "answer" else first
    return replace(second, kind=told.kind, entries=keys, asked=tuple(parts), sure=found.sure)


def asking(library: Library, text: str) -> list[str]:
    """The parts of a message that ask something, each with the words before it that do not."""
    parts: list[str] = []
    waiting = ""
    at = 0
    for joint in [*JOINTS.finditer(text), None]:
        end = joint.start() if joint else len(text)
        waiting = f"{waiting} {text[at:end]}".strip()
        at = joint.end() if joint else end
        if library.index.language.asks(library.index.question(waiting).tokens):
            parts.append(waiting)
            waiting = ""
    if waiting and parts:
        parts[-1] = f"{parts[-1]} {waiting}"
    return parts
