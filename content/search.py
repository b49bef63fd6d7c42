"""The search index: which entries of the plans a question is about, and how sure that is.

Two views of a question are added up. *Likeness* compares it with each phrasing, by folded words,
word pairs and letter runs: words and pairs hold however people type, letter runs win back typos and
missing spaces. *Odds* ask how much likelier its words are in an entry (backed by all entries of its
kind, which know the words of an intent: hạn, mấy suất, nộp cho ai) than anywhere
(docs/decisions/0007-understanding.md has the measurements).
"""

from __future__ import annotations

import itertools
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from content.facets import Facets, agreement, facets_of
from content.language import Language, Phrases, Tokens
from content.schema import Chat, Plan

Floats = npt.NDArray[np.floating]

PAIR, RUN = 0.7, 0.35  # what a word pair and a letter run weigh beside a word
BORROWED = 0.93  # a phrasing of the same entry in another plan counts a little less
OWN, KIND = 0.6, 0.2  # shares of an entry's own words and of its kind's; the rest is everyone's
ODDS, AGREEMENT, INTENT, COVERED = 0.5, 0.1, 0.25, 0.2  # beside likeness, which weighs 1
WINDOW = 24  # words looked at together in a long message

Key = tuple[str, str]  # plan (empty for small talk), entry


class Hit(NamedTuple):
    """An entry, how well a question fits it, and which share of the question it explains (0–1)."""

    plan: str
    entry: str
    score: float
    coverage: float
    likeness: float = 0.0  # with the nearest phrasing (0–1)


@dataclass(frozen=True)
class Question:
    """A question as the index sees it: its telling words, what it is about, the plans it names."""

    tokens: Tokens
    facets: Facets
    plans: tuple[frozenset[str], ...] = ()  # for each place it names, the plans that may be meant
    elsewhere: str = ""  # a place that none of our plans is from
    follows: bool = False  # it leans on the question before


def features(tokens: Tokens) -> Iterator[tuple[str, float]]:
    """Words, word pairs and runs of four letters, each with its kind's weight."""
    for word in tokens:
        yield word, 1.0
    for first, second in itertools.pairwise(tokens):
        yield f"{first} {second}", PAIR
    letters = "".join(tokens)
    for at in range(len(letters) - 3):
        yield f"~{letters[at : at + 4]}", RUN


class Index:
    """All phrasings of all plans, ready to be asked."""

    def __init__(self, plans: Sequence[Plan], chats: Sequence[Chat], language: Language) -> None:
        self.language = language
        language.learn(alias for plan in plans for alias in plan.aliases)
        self.plans = naming(language, plans)
        self.keys: list[Key] = []
        self.kinds: list[str] = []
        self.facets: list[Facets] = []
        self.owner: list[int] = []  # of each phrasing: the place of its entry in ``keys``
        self.phrasings: list[Tokens] = []
        self.words: list[Counter[str]] = []  # of each entry: all words of its phrasings and text
        entries = (entry for plan in plans for entry in plan.entries)
        texts = ((*each.ask, each.label, each.wording, each.more) for each in entries)
        language.learn(itertools.chain.from_iterable(texts))
        language.learn(phrasing for chat in chats for phrasing in chat.ask)
        for plan in plans:
            for entry in plan.entries:
                self.add((plan.id, entry.id), entry.kind, facets_of(entry))
                for phrasing in (*entry.ask, entry.label):
                    self.add_phrasing(phrasing)
                self.words[-1].update(set(self.telling(f"{plan.words(entry)} {entry.more}")))
        self.polite = {chat.id for chat in chats if chat.kind == "smalltalk"}
        for chat in chats:
            self.add(("", chat.id), chat.kind, Facets())
            for phrasing in chat.ask:
                self.add_phrasing(phrasing)
        self.weigh_words()
        self.weigh_phrasings()

    def add(self, key: Key, kind: str, facets: Facets) -> None:
        self.keys.append(key)
        self.kinds.append(kind)
        self.facets.append(facets)
        self.words.append(Counter())

    def add_phrasing(self, phrasing: str) -> None:
        tokens = self.telling(phrasing)
        self.owner.append(len(self.keys) - 1)
        self.phrasings.append(tokens)
        self.words[-1].update(set(tokens))

    def telling(self, text: str) -> Tokens:
        tokens = self.language.standard(text)
        return self.language.telling(tokens) or tokens

    def weigh_words(self) -> None:
        """For each word and entry: how much likelier it is there than anywhere (as a logarithm)."""
        self.place = {word: at for at, word in enumerate(sorted(set().union(*self.words)))}
        counts = np.zeros((len(self.place), len(self.keys)), dtype=np.float32)
        for column, words in enumerate(self.words):
            for word, count in words.items():
                counts[self.place[word], column] = count
        kinds = np.array([[kind == other for other in self.kinds] for kind in self.kinds])
        of_kind = counts @ kinds.astype(np.float32)
        anywhere = counts.sum(axis=1, keepdims=True)
        mixed = OWN * counts / counts.sum(axis=0) + KIND * of_kind / of_kind.sum(axis=0)
        self.odds = np.log1p(mixed * anywhere.sum() / anywhere / (1 - OWN - KIND))
        self.has = counts > 0
        self.rarity = np.log1p(len(self.keys) / self.has.sum(axis=1)).astype(np.float32)
        self.unknown = float(np.log1p(len(self.keys)))  # how telling a word is that nobody uses
        groups = {entry: at for at, entry in enumerate(dict.fromkeys(e for _, e in self.keys))}
        self.group = np.array([groups[entry] for _, entry in self.keys])
        plans = np.array([plan for plan, _ in self.keys])
        self.columns = {plan: np.flatnonzero(plans == plan) for plan in {*plans.tolist()}}

    def weigh_phrasings(self) -> None:
        """Each phrasing as a vector of unit length; rare features weigh more."""
        numbers: defaultdict[str, int] = defaultdict(itertools.count().__next__)
        told = (
            (numbers[name], document, weight)
            for document, tokens in enumerate(self.phrasings)
            for name, weight in dict(features(tokens)).items()
        )
        table = np.fromiter(told, dtype=[("number", "i4"), ("document", "i4"), ("weight", "f4")])
        number, document, weight = table["number"], table["document"], table["weight"]
        owners = np.array(self.owner)
        entries = np.bincount(
            np.unique(number.astype(int) * len(self.keys) + owners[document]) // len(self.keys)
        )
        weight *= np.log1p(len(self.keys) / entries).astype("f4")[number]
        length = np.sqrt(np.bincount(document, weight**2)).astype("f4")
        order = np.argsort(number, kind="stable")
        # A question gives a feature the same weight as a phrasing does.
        self.documents, self.shares = document[order], (weight**2 / length[document])[order]
        self.numbers = dict(numbers)
        ends = np.cumsum(np.bincount(number))
        self.spans = [slice(start, end) for start, end in itertools.pairwise([0, *ends.tolist()])]
        self.squares = (weight**2)[order][ends - 1]
        self.starts = np.searchsorted(owners, np.arange(len(self.keys)))

    def question(self, text: str) -> Question:
        """Read a question: its telling words, and the facets that it names."""
        standard = self.language.standard(text)
        named = tuple(frozenset(plans.split()) for plans in self.plans.found(standard))
        rest = self.plans.without(standard)
        elsewhere = self.language.place(text, standard)
        facets = self.language.facets(standard)
        telling = self.language.telling(rest) or (() if named else rest)
        return Question(telling, facets, named, elsewhere, self.language.follows(text))

    def known(self, tokens: Tokens) -> Tokens:
        """The words that the content knows: what may be remembered of a question."""
        return tuple(word for word in tokens if word in self.place)

    def rank(self, asked: Question, plans: Iterable[str], most: int = 24) -> list[Hit]:
        """The entries of these plans (and small talk) that fit best, the best first."""
        wanted = {*plans, ""}
        best: dict[Key, Hit] = {}
        stretches = [*windows(asked.tokens)]
        for tokens in stretches:
            for hit in self.fits(tokens, asked.facets, wanted, most):
                if len(stretches) > 1 and hit.entry in self.polite:
                    continue  # a long message greets and thanks beside what it asks
                if (hit.plan, hit.entry) not in best or hit.score > best[hit.plan, hit.entry].score:
                    best[hit.plan, hit.entry] = hit
        return sorted(best.values(), key=lambda hit: -hit.score)[:most]

    def fits(self, tokens: Tokens, facets: Facets, wanted: set[str], most: int) -> Iterator[Hit]:
        """How well a stretch of a question, which is about these facets, fits each entry."""
        intents = {*self.language.intents.found(tokens)}
        known = [self.place[word] for word in tokens if word in self.place]
        odds = self.odds[known].sum(axis=0) / max(len(tokens), 1)
        alike = self.likeness(tokens)
        scores = alike + ODDS * odds
        among = np.concatenate([at for plan, at in self.columns.items() if plan in wanted])
        best = among[np.argsort(-scores[among])[:most]]
        strange = [word for word in tokens if word not in self.place and not word[0].isdigit()]
        mass = self.rarity[known].sum() + self.unknown * len(strange)
        explained = self.rarity[known] @ self.has[known][:, best] / (mass or 1.0)
        columns = (best, scores[best], explained, alike[best])
        found = zip(*(column.tolist() for column in columns), strict=True)
        for at, score, coverage, likeness in found:
            plan, entry = self.keys[at]
            score += AGREEMENT * agreement(facets, self.facets[at]) if facets else 0.0
            score += INTENT if self.kinds[at] in intents else 0.0
            yield Hit(plan, entry, score + COVERED * coverage, coverage, likeness)

    def likeness(self, tokens: Tokens) -> Floats:
        """The cosine with the nearest phrasing of each entry, or of its namesake elsewhere."""
        known = [self.numbers[name] for name in dict(features(tokens)) if name in self.numbers]
        if not known:
            return np.zeros(len(self.keys))
        length = np.sqrt(self.squares[known].sum())
        spans = [self.spans[number] for number in known]
        documents = np.concatenate([self.documents[span] for span in spans])
        shares = np.concatenate([self.shares[span] for span in spans])
        alike = np.bincount(documents, shares, len(self.phrasings))
        own = np.maximum.reduceat(alike, self.starts) / length
        shared = np.zeros(len(self.keys))
        np.maximum.at(shared, self.group, own)
        nearest: Floats = np.maximum(own, BORROWED * shared[self.group])
        return nearest


def naming(language: Language, plans: Iterable[Plan]) -> Phrases:
    """Finds the names of plans; a name that several share stands for all of them."""
    named: dict[Tokens, list[str]] = defaultdict(list)
    for plan in plans:
        for alias in plan.aliases:
            if plan.id not in named[language.standard(alias)]:
                named[language.standard(alias)].append(plan.id)
    return Phrases((alias, " ".join(ids)) for alias, ids in named.items())


def windows(tokens: Tokens) -> Iterator[Tokens]:
    """The whole of a short question; of a long one, each stretch that could hold the question."""
    if len(tokens) <= WINDOW:
        yield tokens
        return
    for at in range(0, len(tokens) - WINDOW // 2, WINDOW // 4):
        yield tokens[at : at + WINDOW]
