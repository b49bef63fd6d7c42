"""Likeness: a question beside each known phrasing, by words, word pairs and letter runs.

Words and pairs hold however people type; letter runs win back typos and missing spaces.
"""

from __future__ import annotations

import itertools
from array import array
from collections import defaultdict
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from content.phrases import Tokens

Floats = npt.NDArray[np.floating]

PAIR, RUN = 0.7, 0.35  # what a word pair and a letter run weigh beside a word
BORROWED = 0.97  # a phrasing of the same entry in another plan counts a little less


def features(tokens: Tokens) -> dict[str, float]:
    """Words, word pairs and runs of four letters, each with its kind's weight."""
    letters = "".join(tokens)
    runs = [f"~{letters[at : at + 4]}" for at in range(len(letters) - 3)]
    pairs = map(" ".join, itertools.pairwise(tokens))
    return {**dict.fromkeys(tokens, 1.0), **dict.fromkeys(pairs, PAIR), **dict.fromkeys(runs, RUN)}


class Likeness:
    """Each phrasing as a vector of unit length, in which rare features weigh more."""

    def __init__(self, phrasings: Sequence[Sequence[Tokens]], names: Sequence[str]) -> None:
        """``phrasings`` of each entry; entries of one name share theirs."""
        self.entries = len(names)
        groups = {name: at for at, name in enumerate(dict.fromkeys(names))}
        self.group = np.array([groups[name] for name in names])
        owner = np.repeat(np.arange(self.entries), [len(each) for each in phrasings])
        numbers: defaultdict[str, int] = defaultdict(itertools.count().__next__)
        told, weights, counts = array("i"), array("f"), array("i")
        for tokens in itertools.chain.from_iterable(phrasings):
            known = features(tokens)
            told.extend([numbers[name] for name in known])
            weights.extend(known.values())
            counts.append(len(known))
        self.most = len(counts)
        document = np.repeat(np.arange(self.most, dtype="i4"), counts)
        number, weight = np.frombuffer(told, "i4"), np.array(weights, "f4")
        order = np.argsort(number, kind="stable")  # owners stay in order for each number
        ordered, of_owner = number[order], owner[document[order]]
        anew = np.r_[True, (ordered[1:] != ordered[:-1]) | (of_owner[1:] != of_owner[:-1])]
        entries = np.bincount(ordered[anew])
        weight *= np.log1p(self.entries / entries).astype("f4")[number]
        length = np.sqrt(np.bincount(document, weight**2)).astype("f4")
        # A question gives a feature the same weight as a phrasing does.
        self.documents, self.shares = document[order], (weight**2 / length[document])[order]
        self.numbers = dict(numbers)
        self.bounds = np.r_[0, np.cumsum(np.bincount(number))]  # of each feature's documents
        self.squares = (weight**2)[order][self.bounds[1:] - 1]
        self.starts = np.searchsorted(owner, np.arange(self.entries))

    def of(self, tokens: Tokens) -> Floats:
        """The cosine with the nearest phrasing of each entry, or of its namesake elsewhere."""
        known = [self.numbers[name] for name in features(tokens) if name in self.numbers]
        if not known:
            return np.zeros(self.entries)
        length = np.sqrt(self.squares[known].sum())
        spans = [slice(*self.bounds[number : number + 2]) for number in known]
        documents = np.concatenate([self.documents[span] for span in spans])
        shares = np.concatenate([self.shares[span] for span in spans])
        alike = np.bincount(documents, shares, self.most)
        own = np.maximum.reduceat(alike, self.starts) / length
        shared = np.zeros(self.entries)
        np.maximum.at(shared, self.group, own)
        nearest: Floats = np.maximum(own, BORROWED * shared[self.group])
        return nearest
