"""Whether words typed in the middle of something ask or greet, and are no answer to it. Pure."""

from __future__ import annotations

from content.schema import Step
from handlers.ask import Found
from handlers.turn import Turn

ANSWERED = ("answer", "not_stated", "plans")


def is_aside(turn: Turn, text: str, found: Found) -> bool:
    """Whether words that are no answer to the open question ask something; a bare number never."""
    if not any(letter.isalpha() for letter in text):
        return False
    return (found.kind in ANSWERED and found.sure) or (found.kind == "choose" and asks(turn, text))


def is_question(turn: Turn, step: Step, text: str, found: Found) -> bool:
    """Whether words typed into a free field rather ask something that we can answer, or greet."""
    if found.kind == "smalltalk":
        return turn.library.is_chat(text)
    if found.kind == "choose":
        return step.accept == "name" and asks(turn, text)
    if found.kind not in ANSWERED:
        return False
    return text.endswith("?") or found.verbatim or (found.sure and asks(turn, text))


def asks(turn: Turn, text: str) -> bool:
    """Whether words look like a question."""
    index = turn.library.index
    open_question = index.asking.opening.intersection(index.language.standard(text))
    return text.endswith("?") or bool(open_question)
