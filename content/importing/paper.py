"""A document understood: its parts, who signed, every clause with its words and its subject."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from itertools import chain
from re import search

from content.importing.outline import Clause, outline
from content.importing.paragraphs import paragraphs
from content.importing.parts import Parts, parts
from content.importing.signing import Signing, signing
from content.importing.wording import Subject, wording

WHOLE, HEAD, BASIS, CLOSING, RECIPIENTS = (
    "toàn văn", "đầu văn bản", "căn cứ", "cuối văn bản", "nơi nhận"
)  # fmt: skip # the clauses that every document has, under no number


@dataclass(frozen=True)
class Paper:
    """One document, read."""

    parts: Parts
    signing: Signing
    body: list[Clause]
    annex: list[Clause]

    @cached_property
    def clauses(self) -> dict[str, Clause]:
        return {clause.name: clause for clause in (*self.body, *self.annex)}

    @cached_property
    def texts(self) -> dict[str, str]:
        """The words of each clause; of those without a number too."""
        framed = {
            HEAD: " ".join((*self.parts.head, self.parts.title)),
            BASIS: " ".join(self.parts.basis),
        }
        ended = {CLOSING: " ".join(self.parts.closing), RECIPIENTS: "\n".join(self.parts.end)}
        return framed | {name: whole(each) for name, each in self.clauses.items()} | ended

    @cached_property
    def year(self) -> int:
        """The year that the document is about, for days that name none."""
        title = f"{self.parts.title} {' '.join(self.parts.head)}"
        found = search(r"\b20\d\d\b", title) or search(r"\b20\d\d\b", " ".join(self.texts.values()))
        return int(found[0]) if found else 0

    def around(self, clause: Clause) -> list[Clause]:
        """The clause and those around it, the innermost first."""
        found = [clause]
        while found[-1].around in self.clauses:
            found.append(self.clauses[found[-1].around])
        return found

    def subject(self, clause: Clause) -> Subject:
        """What a clause is about: by its own heading, or by the nearest around it that tells."""
        subjects = (wording().subject(each.heading) for each in self.around(clause))
        return next(filter(None, subjects), wording().other)

    def points(self, clause: Clause) -> list[Clause]:
        """The points of a clause: what stands below it without a number of its own."""
        return [
            each
            for each in chain(self.body, self.annex)
            if each.around == clause.name and is_point(each)
        ]


def whole(clause: Clause) -> str:
    """A clause's heading and words; once only where the heading is cut from the words."""
    if not clause.text or clause.heading.endswith("…"):
        return clause.text or clause.heading
    begins = clause.text.lower().startswith(clause.heading.lower())
    return clause.text if begins else f"{clause.heading}: {clause.text}"


def is_point(clause: Clause) -> bool:
    return bool(search(r"(?:ý \d+|lưu ý(?: \d+)?)\)?$|\), ý \d+$", clause.name))


def understood(lines: list[str]) -> Paper:
    """Read a document from its lines."""
    cut = parts(paragraphs(lines))
    annex = outline(cut.annex[1:], cut.annex[0].lower()) if cut.annex else []
    return Paper(cut, signing(cut), outline(cut.body), annex)
