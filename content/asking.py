"""How people ask: openly or for a yes, again, about two things at once, by a document's number."""

from __future__ import annotations

import re

from content.facets import bare_number
from content.fold import fold, words
from content.language import Language
from content.lexicon import Lexicon
from content.phrases import Phrases, Tokens, alternatives

SMALL = 2  # digits of a number that counts things more often than it names a document


class Asking:
    """The words of the lexicon that ask, lean on what was said, or want something confirmed."""

    def __init__(self, lexicon: Lexicon, language: Language) -> None:
        follows, checks = lexicon.follow_ups, lexicon.checks
        self.openers = Phrases((tuple(words(said)), said) for said in follows.openers)
        self.references = Phrases((tuple(words(said)), said) for said in follows.references)
        self.pointing = Phrases((tuple(words(said)), said) for said in follows.papers)
        self.opening = frozenset(lexicon.asking.open)  # words that ask for what is not known
        self.asking = self.opening.union(lexicon.asking.closed)
        self.intents = language.naming(lexicon.intents)
        self.wants = language.naming(lexicon.wants)
        self.confirms = language.naming({"": checks.confirms})
        self.closers = frozenset(fold(closer) for closer in checks.closers)
        self.enough = language.naming({"": checks.enough})
        self.left = language.naming({"": checks.left})
        self.bodies = Phrases((language.standard(body), body) for body in checks.bodies)
        self.sides = {
            side: re.compile(rf"\b(?:{alternatives(said)})\s*$", re.I)
            for side, said in reversed(checks.sides.items())
        }
        self.upwards = re.compile(rf"^[^,.;\d]{{0,12}}\b(?:{alternatives(checks.upwards)})", re.I)
        self.papers = frozenset(lexicon.papers)
        count = rf"(?:(?:{alternatives(lexicon.numerals)})\s+)+"
        self.spoken = re.compile(rf"\b({count})({alternatives(lexicon.units)})", re.I)
        self.joints = re.compile(rf"[?;.,!\n]+\s*|\s+(?:{alternatives(lexicon.joints)})\s+", re.I)

    def asks(self, tokens: Tokens) -> bool:
        """Whether something is asked in these words."""
        return not self.asking.isdisjoint(tokens) or self.intents.within(tokens)

    def asks_openly(self, tokens: Tokens) -> bool:
        """Whether something is asked that cannot be answered by yes or no."""
        return not self.opening.isdisjoint(tokens) or self.intents.within(tokens)

    def follows(self, text: str) -> bool:
        """Whether a question leans on the one before: "còn cá nhân thì sao?"."""
        tokens = tuple(words(text))
        opens = bool(tokens) and self.openers.match(tokens, 0) is not None
        return opens or self.references.within(tokens)

    def points(self, text: str) -> bool:
        """Whether a question points at the document of the answer before: "văn bản đó"."""
        return self.pointing.within(tuple(words(text)))

    def wants_confirmed(self, text: str, tokens: Tokens) -> bool:
        """Whether a question wants to hear that something is so: "… phải không?", "… hả?"."""
        return self.confirms.within(tokens) or not self.closers.isdisjoint(words(text)[-1:])

    def side(self, before: str, behind: str) -> str:
        """Which side of a figure is meant by what stands before and behind it; empty: itself."""
        if self.upwards.search(behind):
            return "least"
        found = (side for side, said in self.sides.items() if said.search(before))
        return next(found, "")

    def numbered(self, tokens: Tokens) -> frozenset[str]:
        """The numbers in these words by which documents are called."""
        pairs = zip(("", *tokens), tokens, strict=False)
        numbers = ((before, bare_number(word)) for before, word in pairs if word[0].isdigit())
        return frozenset(n for before, n in numbers if before in self.papers or len(n) > SMALL)
