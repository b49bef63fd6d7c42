"""Facets: which award, whom and which phase a question or an entry is about."""

from __future__ import annotations

from dataclasses import dataclass

from content.entries import Audience, Award, Document, Entry

WIDER: dict[Audience, Audience] = {
    "cooperative": "collective",
    "alliance": "collective",
    "union": "collective",
    "business": "collective",
    "alliance-staff": "individual",
    "coop-member": "individual",
    "state-member": "individual",
    "business-member": "individual",
    "donor": "individual",
}

INDIVIDUALS = {"individual", *(a for a, wider in WIDER.items() if wider == "individual")}


NUMBERED = 4  # who names a document by its number means no other


@dataclass(frozen=True)
class Facets:
    """Which award, whom, which phase and which document a question or an entry is about."""

    awards: frozenset[Award] = frozenset()
    audiences: frozenset[Audience] = frozenset()
    phases: frozenset[int] = frozenset()
    documents: frozenset[str] = frozenset()  # by their bare numbers: "188" of 188/KH-UBND

    def __bool__(self) -> bool:
        return bool(self.awards or self.audiences or self.phases or self.documents)

    def over(self, earlier: Facets) -> Facets:
        """These facets, and the earlier ones for all that is not said anew."""
        return Facets(
            self.awards or earlier.awards,
            self.audiences or earlier.audiences,
            self.phases or earlier.phases,
            self.documents or earlier.documents,
        )


def facets_of(entry: Entry) -> Facets:
    """The award, audiences and phase that an entry is about."""
    number = entry.number if isinstance(entry, Document) else None
    return Facets(
        frozenset((entry.award,) if entry.award else ()),
        frozenset(entry.audience),
        frozenset((entry.phase,) if entry.phase else ()),
        frozenset((bare_number(number),) if number else ()),
    )


def bare_number(written: str) -> str:
    """The number of a document without what stands behind it and zeros before it."""
    return written.partition("/")[0].partition("-")[0].strip().lstrip("0")


def agreement(asked: Facets, there: Facets) -> float:
    """How far an entry is about the award, phase and people that were named; below 0: others."""
    result = NUMBERED if asked.documents & there.documents else 0.0
    if asked.awards and there.awards:
        result += 1 if asked.awards & there.awards else -1.5
    if asked.phases and there.phases:
        result += 1 if asked.phases & there.phases else -1.5
    # "viên chức ở liên minh" is about the person; the body is only where they work.
    people = asked.audiences & INDIVIDUALS or asked.audiences
    if people and there.audiences:
        if people & there.audiences:
            result += 1
        else:
            result += 0.3 if widened(people) & widened(there.audiences) else -1
    return result


def widened(audiences: frozenset[Audience]) -> set[Audience]:
    return {*audiences, *(WIDER[a] for a in audiences if a in WIDER)}
