"""Which questions ask the same thing in other words. Pure; nothing of it is stored."""

from __future__ import annotations

import math
from collections.abc import Sequence

from content.likeness import features
from content.search import Index, Question

ALIKE = 0.5  # cosine from which two questions count as one; who is answered wrongly loses more


def grouped(index: Index, texts: Sequence[str]) -> list[list[int]]:
    """The places of alike texts, together; each group's first one is what the others are like."""
    asked = [index.question(text) for text in texts]
    vectors = [vector(question) for question in asked]
    groups: list[list[int]] = []
    for at, (question, mine) in enumerate(zip(asked, vectors, strict=True)):
        for group in groups:
            first = group[0]
            if about(question) == about(asked[first]) and cosine(mine, vectors[first]) >= ALIKE:
                group.append(at)
                break
        else:
            groups.append([at])
    return groups


def about(question: Question) -> tuple[object, ...]:
    """What may not differ: the award, the people, the phase, and days or sums that are named."""
    figures = frozenset(word for word in question.tokens if word[0].isdigit() and len(word) > 1)
    return question.facets, figures


def vector(question: Question) -> dict[str, float]:
    """A question's features, as a vector of unit length."""
    weights = dict(features(question.tokens))
    length = math.hypot(*weights.values()) or 1.0
    return {name: weight / length for name, weight in weights.items()}


def cosine(one: dict[str, float], other: dict[str, float]) -> float:
    return sum(weight * other.get(name, 0.0) for name, weight in one.items())
