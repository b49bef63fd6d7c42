"""Odds: how much likelier a question's words are in an entry than anywhere.

An entry is backed by all entries of its kind, which know the words of an intent: hạn, mấy suất,
nộp cho ai.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import numpy as np

from content.likeness import Floats
from content.phrases import Tokens

OWN, KIND = 0.6, 0.2  # shares of an entry's own words and of its kind's; the rest is everyone's


class Odds:
    """For each word and entry, how much likelier it is there (as a logarithm)."""

    def __init__(self, words: Sequence[Counter[str]], kinds: Sequence[str]) -> None:
        """``words`` of each entry: in how many of its phrasings and texts each word stands."""
        self.place = {word: at for at, word in enumerate(sorted(set().union(*words)))}
        counts = np.zeros((len(self.place), len(words)), dtype=np.float32)
        for column, counted in enumerate(words):
            for word, count in counted.items():
                counts[self.place[word], column] = count
        alike = np.array([[kind == other for other in kinds] for kind in kinds])
        of_kind = counts @ alike.astype(np.float32)
        anywhere = counts.sum(axis=1, keepdims=True)
        mixed = OWN * counts / counts.sum(axis=0) + KIND * of_kind / of_kind.sum(axis=0)
        self.odds = np.log1p(mixed * anywhere.sum() / anywhere / (1 - OWN - KIND))
        self.has = counts > 0
        self.rarity = np.log1p(len(words) / self.has.sum(axis=1)).astype(np.float32)
        self.unknown = float(np.log1p(len(words)))  # how telling a word is that nobody uses

    def of(self, tokens: Tokens) -> Floats:
        """The mean odds of these words in each entry."""
        known = self.known(tokens)
        odds: Floats = self.odds[known].sum(axis=0) / max(len(tokens), 1)
        return odds

    def coverage(self, tokens: Tokens) -> Floats:
        """Which share of what these words tell each entry explains (0–1)."""
        known = self.known(tokens)
        strange = [word for word in tokens if word not in self.place and not word[0].isdigit()]
        mass = self.rarity[known].sum() + self.unknown * len(strange)
        explained: Floats = self.rarity[known] @ self.has[known] / (mass or 1.0)
        return explained

    def known(self, tokens: Tokens) -> list[int]:
        """The places of the words that the content knows."""
        return [self.place[word] for word in tokens if word in self.place]
