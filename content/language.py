"""From what people type to the words that are compared: folded, in the standard terms."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, cast

from rapidfuzz import fuzz, process

from content.entries import Audience, Award
from content.facets import Facets
from content.fold import WORD, composed, fold, words
from content.lexicon import Lexicon
from content.phrases import Phrases, Tokens

TWICE = re.compile(r"(.)\1+")


def marks(spellings: Iterable[str]) -> dict[str, set[str]]:
    """How the spellings of a single word are written with their marks, by the folded word."""
    found: dict[str, set[str]] = {}
    for spelling in spellings:
        typed = WORD.findall(composed(spelling.lower()))
        if len(typed) == 1:
            found.setdefault(fold(typed[0]), set()).add(typed[0])
    return found


class Language:
    """The lexicon at work."""

    offices = Phrases(())  # those that are called otherwise by now

    def __init__(self, lexicon: Lexicon) -> None:
        self.exact = lexicon.exact
        either = "|".join(map(re.escape, lexicon.exact)) or "(?!)"
        self.marked = re.compile(rf"\b(?:{either})\b")
        self.spelling: dict[str, str] = {}
        self.marked_words: set[str] = set()
        self.own_marks = marks(said for all_said in lexicon.terms.values() for said in all_said)
        self.long: list[str] = []
        self.readings: dict[str, list[str]] = {}
        self.learn(
            (*lexicon.terms, *(said for all_said in lexicon.terms.values() for said in all_said))
        )
        self.learn((*lexicon.fillers, *lexicon.elsewhere))
        self.terms = Phrases(
            (tuple(words(said)), term)
            for term, all_said in lexicon.terms.items()
            for said in all_said
        )
        self.fillers = Phrases((self.standard(said), "") for said in lexicon.fillers)
        self.elsewhere = Phrases((self.standard(place), place) for place in lexicon.elsewhere)
        self.ours = self.naming({"": lexicon.ours})
        facets = lexicon.facets
        self.awards = self.naming(facets.award)
        self.audiences = self.naming(facets.audience)
        self.phases = self.naming(facets.phase)

    def naming(self, named: Mapping[Any, tuple[str, ...]]) -> Phrases:
        return Phrases(
            (self.standard(said), name) for name, all_said in named.items() for said in all_said
        )

    def standard(self, text: str) -> Tokens:
        """Every word of the text, folded, abbreviations and synonyms as the standard term."""
        marked = self.marked.sub(lambda word: self.exact[word[0]], text.lower())
        typed = [
            (part, word) for word in WORD.findall(composed(marked)) for part in self.read(word)
        ]
        tokens, found, done = tuple(part for part, _ in typed), list[str](), 0
        for at, end, meaning in self.terms.spans(tokens):
            found += tokens[done:at]
            if end - at == 1 and self.another(*typed[at]):
                found.append(f"{tokens[at]}'" if meaning else tokens[at])
            else:
                found += meaning.split()
            done = end
        found += tokens[done:]
        return self.offices.replaced(tuple(found))

    def read(self, word: str) -> list[str]:
        """A word as it was typed, folded and spelt as we know it."""
        if (known := self.readings.get(word)) is not None:
            return known
        plain = fold(word)
        return (self.spelling.get(plain) or self.spelt(plain)).split()

    def another(self, plain: str, typed: str) -> bool:
        """Whether a word that folds to a term's is another by its marks: "máy" is not "mấy"."""
        known = typed in self.marked_words and fold(typed) == plain != typed
        return known and typed not in self.own_marks.get(plain, ())

    def rename(self, renamed: Sequence[tuple[str, str]]) -> None:
        """From now on the new name of an office stands for the old one, which the plans use."""
        self.learn(name for names in renamed for name in names)
        self.offices = Phrases(
            (self.standard(new), " ".join(self.standard(old))) for old, new in renamed
        )

    def place(self, text: str, tokens: Tokens) -> str:
        """A place that none of our plans is from; "đánh giá lại" is not Gia Lai."""
        found = next(self.elsewhere.found(tokens), "")
        marked = fold(text) != text.lower()
        return "" if marked and found.lower() not in text.lower() else found

    def learn(self, texts: Iterable[str]) -> None:
        """Take the words of these texts for rightly spelt."""
        for text in texts:
            for typed in WORD.findall(composed(text.lower())):
                if typed in self.readings:
                    continue
                word = fold(typed)
                self.spelling[word] = word
                self.readings[typed] = [word]
                if word != typed:
                    self.marked_words.add(typed)
        self.long = [word for word in self.spelling if len(word) > 3 and word.isalpha()]

    def spelt(self, word: str) -> str:
        """A word nobody uses, as the known word or words that it nearly is, if there are any."""
        once = TWICE.sub(r"\1", word)  # no Vietnamese word has a letter twice
        if once in self.spelling or len(once) < 4 or not once.isalpha():
            return once if once.isalpha() else word
        if apart := self.apart(once):
            return apart
        near = process.extractOne(once, self.long, scorer=fuzz.ratio, score_cutoff=80)
        return near[0] if near else word

    def apart(self, word: str) -> str:
        """Known words that were typed without the spaces between; empty if it is none such."""
        best = {0: ""}
        for end in range(2, len(word) + 1):
            for start in range(max(0, end - 9), end - 1):
                if start in best and word[start:end] in self.spelling:
                    said = f"{best[start]} {word[start:end]}".strip()
                    if end not in best or len(said) < len(best[end]):
                        best[end] = said
        return best.get(len(word), "")

    def telling(self, tokens: Tokens) -> Tokens:
        """The words that carry the meaning of a question."""
        return self.fillers.replaced(tokens)

    def replaced(self, tokens: Tokens, facets: Facets) -> Tokens:
        """The words without those that name what these facets now name otherwise."""
        named = ((self.awards, facets.awards), (self.audiences, facets.audiences))
        for phrases, new in (*named, (self.phases, facets.phases)):
            tokens = phrases.without(tokens) if new else tokens
        return tokens

    def facets(self, tokens: Tokens) -> Facets:
        """The award, audience and phase that are named."""
        return Facets(
            frozenset(cast(Iterator[Award], self.awards.found(tokens))),
            frozenset(cast(Iterator[Audience], self.audiences.found(tokens))),
            frozenset(int(phase) for phase in self.phases.found(tokens)),
        )
