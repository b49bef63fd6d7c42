"""From what people type to the words that are compared: folded, in the standard terms."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, cast

from rapidfuzz import fuzz, process

from content.entries import Audience, Award
from content.facets import Facets, bare_number
from content.fold import WORD, composed, fold, words
from content.schema import Lexicon

Tokens = tuple[str, ...]

SMALL = 2  # digits of a number that counts things more often than it names a document
TWICE = re.compile(r"(.)\1+")


class Phrases:
    """Finds known phrases in a run of words, the longest first, and says what stands for each."""

    def __init__(self, meanings: Iterable[tuple[Tokens, str]]) -> None:
        self.by_first: dict[str, list[tuple[Tokens, str]]] = {}
        for phrase, meaning in meanings:
            if phrase:
                self.by_first.setdefault(phrase[0], []).append((phrase, meaning))
        for found in self.by_first.values():
            found.sort(key=lambda pair: -len(pair[0]))

    def match(self, tokens: Tokens, at: int) -> tuple[Tokens, str] | None:
        """The longest phrase that begins here, with its meaning."""
        for phrase, meaning in self.by_first.get(tokens[at], ()):
            if tokens[at : at + len(phrase)] == phrase:
                return phrase, meaning
        return None

    def parts(self, tokens: Tokens) -> Iterator[tuple[Tokens, str | None]]:
        """The known phrases with their meanings, none inside another, and the words between."""
        at = 0
        while at < len(tokens):
            phrase, meaning = self.match(tokens, at) or ((tokens[at],), None)
            yield phrase, meaning
            at += len(phrase)

    def replaced(self, tokens: Tokens) -> Tokens:
        """The words with each known phrase replaced by its meaning (an empty one drops it)."""
        if not self.by_first:
            return tokens
        parts = self.parts(tokens)
        return tuple(w for part, said in parts for w in (part if said is None else said.split()))

    def without(self, tokens: Tokens) -> Tokens:
        """The words that belong to no known phrase."""
        return tuple(part[0] for part, meaning in self.parts(tokens) if meaning is None)

    def within(self, tokens: Tokens) -> bool:
        """Whether any known phrase is in the words."""
        return any(self.match(tokens, at) for at in range(len(tokens)))

    def found(self, tokens: Tokens) -> Iterator[str]:
        """The meaning of each known phrase in the words, in order."""
        return (meaning for _, meaning in self.parts(tokens) if meaning is not None)


def marks(spellings: Iterable[str]) -> dict[str, set[str]]:
    """How the spellings of a single word are written with their marks, by the folded word."""
    found: dict[str, set[str]] = {}
    for spelling in spellings:
        typed = WORD.findall(composed(spelling.lower()))
        if len(typed) == 1:
            found.setdefault(fold(typed[0]), set()).add(typed[0])
    return found


def alternatives(spellings: Iterable[str]) -> str:
    """A pattern for any of these, typed with or without diacritics; the longest first."""
    both = {each for spelling in spellings for each in (spelling, fold(spelling))}
    return "|".join(re.escape(each) for each in sorted(both, key=len, reverse=True))


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
        self.openers = Phrases((tuple(words(said)), said) for said in lexicon.follow_ups.openers)
        self.references = Phrases(
            (tuple(words(said)), said) for said in lexicon.follow_ups.references
        )
        self.opening = frozenset(lexicon.asking.open)  # words that ask for what is not known
        self.asking = self.opening.union(lexicon.asking.closed)
        count = rf"(?:(?:{alternatives(lexicon.numerals)})\s+)+"
        self.spoken = re.compile(rf"\b({count})({alternatives(lexicon.units)})", re.I)
        self.joints = re.compile(rf"[?;.,!\n]+\s*|\s+(?:{alternatives(lexicon.joints)})\s+", re.I)
        self.wants = self.naming(lexicon.wants)
        checks = lexicon.checks
        self.confirms = self.naming({"": checks.confirms})
        self.papers = frozenset(lexicon.papers)
        self.closers = frozenset(fold(closer) for closer in checks.closers)
        self.enough = self.naming({"": checks.enough})
        self.left = self.naming({"": checks.left})
        self.bodies = Phrases((self.standard(body), body) for body in checks.bodies)
        facets = lexicon.facets
        self.intents = self.naming(lexicon.intents)
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
        tokens, at = tuple(part for part, _ in typed), 0
        found: list[str] = []
        for part, meaning in self.terms.parts(tokens):
            if meaning is None or (len(part) == 1 and self.another(*typed[at])):
                found += (f"{word}'" if meaning else word for word in part)
            else:
                found += meaning.split()
            at += len(part)
        return self.offices.replaced(tuple(found))

    def read(self, word: str) -> list[str]:
        """A word as it was typed, folded and spelt as we know it."""
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

    def follows(self, text: str) -> bool:
        """Whether a question leans on the one before: "còn cá nhân thì sao?"."""
        tokens = tuple(words(text))
        opens = bool(tokens) and self.openers.match(tokens, 0) is not None
        return opens or self.references.within(tokens)

    def asks(self, tokens: Tokens) -> bool:
        """Whether something is asked in these words."""
        return not self.asking.isdisjoint(tokens) or self.intents.within(tokens)

    def asks_openly(self, tokens: Tokens) -> bool:
        """Whether something is asked that cannot be answered by yes or no."""
        return not self.opening.isdisjoint(tokens) or self.intents.within(tokens)

    def numbered(self, tokens: Tokens) -> frozenset[str]:
        """The numbers in these words by which documents are called."""
        pairs = zip(("", *tokens), tokens, strict=False)
        numbers = ((before, bare_number(word)) for before, word in pairs if word[0].isdigit())
        return frozenset(n for before, n in numbers if before in self.papers or len(n) > SMALL)

    def wants_confirmed(self, text: str, tokens: Tokens) -> bool:
        """Whether a question wants to hear that something is so: "… phải không?", "… hả?"."""
        return self.confirms.within(tokens) or not self.closers.isdisjoint(words(text)[-1:])

    def learn(self, texts: Iterable[str]) -> None:
        """Take the words of these texts for rightly spelt."""
        for text in texts:
            for typed in WORD.findall(composed(text.lower())):
                word = fold(typed)
                self.spelling[word] = word
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
