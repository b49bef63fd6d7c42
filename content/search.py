"""The search index: which entries of the plans a question is about, and how sure that is.

Two views of a question are added up: its likeness to known phrasings, and the odds of its words.
Of a long message, in which the question is buried, the stretch that asks counts as much as the
whole (docs/decisions/0007-understanding.md has the measurements).
"""

from __future__ import annotations

import itertools
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import NamedTuple

import numpy as np

from content.asking import Asking
from content.facets import Facets, agreement, facets_of
from content.language import Language
from content.lexicon import Lexicon
from content.likeness import Floats, Likeness
from content.odds import Odds
from content.phrases import Phrases, Tokens
from content.schema import Plan
from content.speech import Chat

ODDS, AGREEMENT, INTENT, COVERED = 0.6, 0.1, 0.25, 0.3  # beside likeness, which weighs 1
FOREIGN = 0.2  # how much worse none of our business fits a question that speaks of our matter
LEVEL = frozenset({"tinh", "huyen"})  # of a plan's name, what tells still: "của tỉnh Quảng Ninh"
WINDOW, STEP = 12, 2  # words of a long message that are looked at together; how far on the next

Key = tuple[str, str]  # plan (empty for small talk), entry


class Hit(NamedTuple):
    """An entry, how well a question fits it, and which share of the question it explains (0–1)."""

    plan: str
    entry: str
    score: float
    coverage: float
    likeness: float = 0.0  # with the nearest phrasing (0–1)


class Known(NamedTuple):
    """What the index learns of an entry: its phrasings and its text, in telling words."""

    key: Key
    kind: str
    facets: Facets
    phrasings: list[Tokens]
    text: Tokens = ()

    def words(self) -> Counter[str]:
        """In how many of the phrasings and the text each word stands."""
        return Counter(word for told in (*self.phrasings, self.text) for word in {*told})


class View(NamedTuple):
    """How well some words fit each entry, as the numbers of a hit."""

    scores: Floats
    coverage: Floats
    likeness: Floats


def beside(whole: View, stretches: Sequence[View]) -> View:
    """The whole of a long message, and beside it the stretch of it that fits an entry best."""
    scores, coverage, likeness = (np.stack(each) for each in zip(*stretches, strict=True))
    at = scores.argmax(axis=0), np.arange(len(whole.scores))
    return View(
        (whole.scores + scores[at]) / 2,
        np.maximum(whole.coverage, coverage[at]),
        np.maximum(whole.likeness, likeness[at]),
    )


@dataclass(frozen=True)
class Question:
    """A question as the index sees it: its telling words, what it is about, the plans it names."""

    tokens: Tokens
    facets: Facets
    plans: tuple[Tokens, ...] = ()  # for each place it names, the plans that may be meant
    elsewhere: str = ""  # a place that none of our plans is from
    follows: bool = False  # it leans on the question before


class Index:
    """All phrasings of all plans, ready to be asked."""

    def __init__(self, plans: Sequence[Plan], chats: Sequence[Chat], lexicon: Lexicon) -> None:
        self.language = language = Language(lexicon)
        self.asking = Asking(lexicon, language)
        language.learn(alias for plan in plans for alias in plan.aliases)
        language.rename([names for plan in plans for names in plan.renamed.items()])
        self.plans = naming(language, plans)
        entries = (entry for plan in plans for entry in plan.entries)
        texts = ((*each.ask, each.label, each.wording, each.more) for each in entries)
        language.learn(itertools.chain.from_iterable(texts))
        language.learn(phrasing for chat in chats for phrasing in chat.ask)
        known = [*self.known_of(plans, chats)]
        self.keys = [each.key for each in known]
        self.kinds = [each.kind for each in known]
        self.facets = [each.facets for each in known]
        self.polite = {chat.id for chat in chats if chat.kind == "smalltalk"}
        plan_of = np.array([plan for plan, _ in self.keys])
        self.columns = {plan: np.flatnonzero(plan_of == plan) for plan in {*plan_of.tolist()}}
        phrasings = [each.phrasings for each in known]
        self.likeness = Likeness(phrasings, [entry for _, entry in self.keys])
        self.odds = Odds([each.words() for each in known], self.kinds)
        yielding = {chat.id for chat in chats if chat.kind == "unknown" and not chat.firm}
        self.foreign = [at for at in self.columns[""] if self.keys[at][1] in yielding]
        self.documents = frozenset().union(*(facets.documents for facets in self.facets))
        self.agreeing = lru_cache(maxsize=256)(self.agreement)

    def known_of(self, plans: Sequence[Plan], chats: Sequence[Chat]) -> Iterator[Known]:
        """What is known of each entry and of each subject of small talk."""
        for plan in plans:
            for entry in plan.entries:
                asked = [self.telling(phrasing) for phrasing in (*entry.ask, entry.label)]
                text = self.telling(f"{plan.words(entry)} {entry.more}")
                yield Known((plan.id, entry.id), entry.kind, facets_of(entry), asked, text)
        for chat in chats:
            asked = [self.telling(phrasing) for phrasing in chat.ask]
            yield Known(("", chat.id), chat.kind, Facets(), asked)

    def telling(self, text: str) -> Tokens:
        tokens = self.language.standard(text)
        return self.language.telling(tokens) or tokens

    def question(self, text: str) -> Question:
        """Read a question: its telling words, and the facets that it names."""
        standard = self.language.standard(text)
        named = tuple(tuple(plans.split()) for plans in self.plans.found(standard))
        rest = self.plans.without(standard, LEVEL)
        elsewhere = self.language.place(text, standard)
        numbers = self.asking.numbered(standard) & self.documents
        facets = replace(self.language.facets(standard), documents=numbers)
        telling = self.language.telling(rest) or (() if named else rest)
        return Question(telling, facets, named, elsewhere, self.asking.follows(text))

    def known(self, tokens: Tokens) -> Tokens:
        """The words that the content knows: what may be remembered of a question."""
        return tuple(word for word in tokens if word in self.odds.place)

    def rank(self, asked: Question, plans: Iterable[str], most: int = 24) -> list[Hit]:
        """The entries of these plans (and small talk) that fit best, the best first."""
        stretches = [*self.stretches(asked.tokens)]
        seen = self.view(asked.tokens, asked.facets)
        if stretches:
            seen = beside(seen, [self.view(tokens, asked.facets) for tokens in stretches])
        if self.language.ours.within(asked.tokens):
            seen.scores[self.foreign] -= FOREIGN
        wanted = {*plans, ""}
        among = np.concatenate([at for plan, at in self.columns.items() if plan in wanted])
        best = among[np.argsort(-seen.scores[among])[:most]].tolist()
        # A long message greets and thanks beside what it asks.
        return [
            Hit(*self.keys[at], *(float(each[at]) for each in seen))
            for at in best
            if not (stretches and self.keys[at][1] in self.polite)
        ]

    def stretches(self, tokens: Tokens) -> Iterator[Tokens]:
        """Of a long message, each stretch that asks something."""
        if len(tokens) > WINDOW + STEP:
            for at in range(0, len(tokens) - WINDOW + STEP, STEP):
                stretch = tokens[at : at + WINDOW]
                if self.asking.asks(stretch[2:]):
                    yield stretch

    def view(self, tokens: Tokens, facets: Facets) -> View:
        """How well a run of words, in a question about these facets, fits each entry."""
        intents = {*self.asking.intents.found(tokens)}
        alike, explained = self.likeness.of(tokens), self.odds.coverage(tokens)
        scores = alike + ODDS * self.odds.of(tokens) + COVERED * explained
        if intents:
            scores += INTENT * np.isin(self.kinds, [*intents])
        if facets:
            scores += AGREEMENT * self.agreeing(facets)
        return View(scores, explained, alike)

    def agreement(self, facets: Facets) -> Floats:
        """How far each entry is about these facets."""
        return np.array([agreement(facets, there) for there in self.facets])


def naming(language: Language, plans: Iterable[Plan]) -> Phrases:
    """Finds the names of plans; one that several share stands for all, the best so named first."""
    named: dict[Tokens, dict[str, int]] = defaultdict(dict)
    for plan in plans:
        for place, alias in enumerate((*plan.aliases, plan.label)):
            named[language.standard(alias)].setdefault(plan.id, place)
    return Phrases(
        (alias, " ".join(sorted(ids, key=ids.__getitem__))) for alias, ids in named.items()
    )
