"""The words of a draft, from ``wording.yaml``; each fact in it is marked to be checked."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from content.entries import TO_CHECK, Audience, Award, Strict
from content.fold import plain
from content.read import read
from content.shaping import shaped


class Subject(Strict):
    """What a heading or a day is about, told by the words in it."""

    words: tuple[str, ...]
    id: str
    kind: str = ""
    what: str = ""
    label: str = ""


class Taking(Strict):
    """Who takes part, told by the words in a heading."""

    words: tuple[str, ...]
    id: str
    audience: Audience


class Wording(Strict):
    """All words of a draft, and the words by which a document is understood."""

    preface: str
    whole: str
    head: str
    basis: str
    closing: str
    recipients: str
    unknown: str
    name: str
    heading: str
    subjects: tuple[Subject, ...]
    other: Subject
    dues: tuple[Subject, ...]
    due: Subject
    issuers: dict[str, str]
    audiences: tuple[Taking, ...]
    awards: dict[Award, str]
    say: dict[str, str]
    point_document: str
    point_award: dict[str, str]
    nearby: dict[str, tuple[str, ...]]
    labels: dict[str, str]
    sorts: dict[str, str]
    ask: dict[str, tuple[str, ...]]
    particular: tuple[str, ...]

    def subject(self, heading: str) -> Subject | None:
        """The subject whose word stands first in a heading; None where there is none."""
        return earliest(heading, self.subjects)

    def due_of(self, sentence: str) -> Subject:
        """What is due in a sentence: the first subject of which a word stands in it."""
        said = f" {plain(sentence)} "
        fits = (
            each for each in self.dues if any(f" {plain(word)} " in said for word in each.words)
        )
        return next(fits, self.due)


@cache
def wording() -> Wording:
    """The words of a draft, read once."""
    return shaped(read(Path(__file__).with_name("wording.yaml")), Wording)


def earliest(text: str, subjects: tuple[Subject, ...]) -> Subject | None:
    said = f" {plain(text)} "
    places = {
        at: each
        for each in reversed(subjects)
        for word in each.words
        if (at := said.find(f" {plain(word)} ")) >= 0
    }
    return places[min(places)] if places else None


def to_check(text: str) -> str:
    """A drafted text, marked."""
    return f"{TO_CHECK} – {text}"


def or_unknown(text: str) -> str:
    """What was found, or that nothing was."""
    return text or to_check(wording().unknown)
