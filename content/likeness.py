"""Likeness: a question beside each known phrasing, by words, word pairs and letter runs.

Words and pairs hold however people type; letter runs win back typos and missing spaces.
"""

from __future__ import annotations

import itertools
from collections import defaultdict
from collections.abc import Iterator, Sequence

import numpy as np
import numpy.typing as npt

from content.phrases import Tokens

Floats = npt.NDArray[np.floating]

PAIR, RUN = 0.7, 0.35  # what a word pair and a letter run weigh beside a word
BORROWED = 0.97  # a phrasing of the same entry in another plan counts a little less


def features(tokens: Tokens) -> Iterator[tuple[str, float]]:
    """Words, word pairs and runs of four letters, each with its kind's weight."""
    for word in tokens:
        yield word, 1.0
    for first, second in itertools.pairwise(tokens):
        yield f"{first} {second}", PAIR
    letters = "".join(tokens)
    for at in range(len(letters) - 3):
        yield f"~{letters[at : at + 4]}", RUN


class Likeness:
    """Each phrasing as a vector of unit length, in which rare features weigh more."""

    def __init__(self, phrasings: Sequence[Sequence[Tokens]], names: Sequence[str]) -> None:
        """``phrasings`` of each entry; entries of one name share theirs."""
        self.entries = len(names)
        groups = {name: at for at, name in enumerate(dict.fromkeys(names))}
        self.group = np.array([groups[name] for name in names])
        owner = np.repeat(np.arange(self.entries), [len(each) for each in phrasings])
        numbers: defaultdict[str, int] = defaultdict(itertools.count().__next__)
        told = [dict(features(tokens)) for each in phrasings for tokens in each]
        self.most = len(told)
        document = np.repeat(np.arange(self.most, dtype="i4"), [len(each) for each in told])
        number = np.array([numbers[name] for each in told for name in each], dtype="i4")
        weight = np.array([each for known in told for each in known.values()], dtype="f4")
        order = np.argsort(number, kind="stable")  # owners stay in order for each number
        ordered, of_owner = number[order], owner[document[order]]
        anew = np.r_[True, (ordered[1:] != ordered[:-1]) | (of_owner[1:] != of_owner[:-1])]
        entries = np.bincount(ordered[anew])
        weight *= np.log1p(self.entries / entries).astype("f4")[number]
        length = np.sqrt(np.bincount(document, weight**2)).astype("f4")
        # A question gives a feature the same weight as a phrasing does.
        self.documents, self.shares = document[order], (weight**2 / length[document])[order]
        self.numbers = dict(numbers)
        ends = np.cumsum(np.bincount(number))
        self.spans = [slice(start, end) for start, end in itertools.pairwise([0, *ends.tolist()])]
        self.squares = (weight**2)[order][ends - 1]
        self.starts = np.searchsorted(owner, np.arange(self.entries))

    def of(self, tokens: Tokens) -> Floats:
        """The cosine with the nearest phrasing of each entry, or of its namesake elsewhere."""
        known = [self.numbers[name] for name in dict(features(tokens)) if name in self.numbers]
        if not known:
            return np.zeros(self.entries)
        length = np.sqrt(self.squares[known].sum())
        spans = [self.spans[number] for number in known]
        documents = np.concatenate([self.documents[span] for span in spans])
        shares = np.concatenate([self.shares[span] for span in spans])
        alike = np.bincount(documents, shares, self.most)
        own = np.maximum.reduceat(alike, self.starts) / length
        shared = np.zeros(self.entries)
        np.maximum.at(shared, self.group, own)
        nearest: Floats = np.maximum(own, BORROWED * shared[self.group])
        return nearest
