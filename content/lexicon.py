"""The shape of the lexicon: the words of the field and the ways in which people write them."""

from __future__ import annotations

from typing import Literal

from content.entries import Audience, Award, Strict, Text


class Facets(Strict):
    """How people name awards, audiences and phases."""

    award: dict[Award, tuple[Text, ...]]
    audience: dict[Audience, tuple[Text, ...]]
    phase: dict[str, tuple[Text, ...]]


class FollowUps(Strict):
    """Words by which a question leans on the one before."""

    openers: tuple[Text, ...]
    references: tuple[Text, ...]
    papers: tuple[Text, ...]  # to the document that the last answer named


Side = Literal["before", "after", "least", "above", "most", "denied"]
Wanted = Literal["money", "day", "number", "share", "phone"]


class Asking(Strict):
    """The standard words that ask."""

    open: tuple[Text, ...]
    closed: tuple[Text, ...]


class Checks(Strict):
    """How people ask whether what they believe is so, and what they believe."""

    confirms: tuple[Text, ...]
    closers: tuple[Text, ...]  # at the very end
    enough: tuple[Text, ...]
    left: tuple[Text, ...]
    bodies: tuple[Text, ...]
    sides: dict[Side, tuple[Text, ...]]  # which side of a figure is meant, by what stands before
    upwards: tuple[Text, ...]  # behind a figure: and more


class Lexicon(Strict):
    """The words of the field and the ways in which people write them."""

    terms: dict[Text, tuple[Text, ...]]
    exact: dict[Text, str]  # words told apart by their diacritics alone; empty: they say nothing
    fillers: tuple[Text, ...]
    papers: tuple[Text, ...]  # standard words before the number of a document
    asking: Asking
    joints: tuple[Text, ...]  # between two questions of one message
    numerals: tuple[Text, ...]
    units: tuple[Text, ...]  # what numbers written in words count
    wants: dict[Wanted, tuple[Text, ...]]  # the figure that is asked for, by what is said
    checks: Checks
    follow_ups: FollowUps
    elsewhere: tuple[Text, ...]
    ours: tuple[Text, ...]  # who says so hardly speaks of something foreign
    intents: dict[Text, tuple[Text, ...]]  # kind of entry: the words that ask for it
    facets: Facets
