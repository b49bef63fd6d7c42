"""Finding known phrases in a run of words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from content.fold import fold

Tokens = tuple[str, ...]


class Phrases:
    """Finds known phrases in a run of words, the longest first, and says what stands for each."""

    def __init__(self, meanings: Iterable[tuple[Tokens, str]]) -> None:
        self.meanings: dict[Tokens, str] = {}
        for phrase, meaning in meanings:
            if phrase:
                self.meanings.setdefault(phrase, meaning)
        lengths: dict[str, set[int]] = {}
        for phrase in self.meanings:
            lengths.setdefault(phrase[0], set()).add(len(phrase))
        # By the first word: how many words a phrase that begins with it may have.
        self.lengths = {first: sorted(found, reverse=True) for first, found in lengths.items()}

    def match(self, tokens: Tokens, at: int) -> tuple[Tokens, str] | None:
        """The longest phrase that begins here, with its meaning."""
        for length in self.lengths.get(tokens[at], ()):
            phrase = tokens[at : at + length]
            if (meaning := self.meanings.get(phrase)) is not None:
                return phrase, meaning
        return None

    def spans(self, tokens: Tokens) -> Iterator[tuple[int, int, str]]:
        """Where known phrases begin and end, none inside another, and what each means."""
        end = 0
        for at, token in enumerate(tokens):
            if at >= end and token in self.lengths and (known := self.match(tokens, at)):
                end = at + len(known[0])
                yield at, end, known[1]

    def replaced(self, tokens: Tokens) -> Tokens:
        """The words with each known phrase replaced by its meaning (an empty one drops it)."""
        if self.lengths.keys().isdisjoint(tokens):
            return tokens
        words, done = list[str](), 0
        for at, end, meaning in self.spans(tokens):
            words += (*tokens[done:at], *meaning.split())
            done = end
        return (*words, *tokens[done:])

    def without(self, tokens: Tokens, but: frozenset[str] = frozenset()) -> Tokens:
        """The words that belong to no known phrase, and of these phrases the words in ``but``."""
        words, done = list[str](), 0
        for at, end, _ in self.spans(tokens):
            words += (*tokens[done:at], *(word for word in tokens[at:end] if word in but))
            done = end
        return (*words, *tokens[done:])

    def within(self, tokens: Tokens) -> bool:
        """Whether any known phrase is in the words."""
        return any(self.match(tokens, at) for at in range(len(tokens)))

    def found(self, tokens: Tokens) -> Iterator[str]:
        """The meaning of each known phrase in the words, in order."""
        return (meaning for _, _, meaning in self.spans(tokens))


def alternatives(spellings: Iterable[str]) -> str:
    """A pattern for any of these, typed with or without diacritics; the longest first."""
    both = {each for spelling in spellings for each in (spelling, fold(spelling))}
    return "|".join(re.escape(each) for each in sorted(both, key=len, reverse=True))
