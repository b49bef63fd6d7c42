"""Questions that lean on what was talked about: "còn cá nhân thì sao?". Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from content.facets import agreement, bare_number, facets_of
from content.figures import figures
from content.library import Library
from content.search import Hit, Key, Question
from handlers.context import Context

SHORT = 3  # telling words up to which "ban hành ngày nào?" is about the document before
REMEMBERED = 16  # words of a question that are kept for the next one
# In a follow-up the same intent is likely and the same answer not; who and which award stay.
SAME_KIND, SAME_ENTRY, SAME_PEOPLE = 0.5, -0.5, 0.2


def leaning(library: Library, asked: Question, text: str, context: Context) -> Question:
    """A question and whether it leans on the last one, or on the document that this named."""
    if papers := pointed_at(library, text, context):
        return replace(asked, facets=replace(asked.facets, documents=papers), follows=True)
    short = len(asked.tokens) <= SHORT and not asked.plans and "kehoach" not in asked.tokens
    leans = asked.follows or (short and bool(context.facets.documents))
    return replace(asked, follows=leans and bool(context.entry))


def pointed_at(library: Library, text: str, context: Context) -> frozenset[str]:
    """The numbers of the documents in the last answer, where "văn bản đó" points at them."""
    last = library.entry(context.plan, context.entry)
    if last is None or context.facets.documents or not library.index.asking.points(text):
        return frozenset()
    told = figures(library.plans[context.plan].words(last))
    return frozenset(bare_number(each.text) for each in told if each.kind == "document")


def rank(library: Library, asked: Question, plans: Sequence[str], context: Context) -> list[Hit]:
    """The entries that fit a question, which may lean on what was talked about."""
    hits = library.index.rank(asked, plans)
    if not asked.follows:
        return hits
    opening = library.index.asking.opening  # "nộp cho ai?" after "hạn khi nào?" turns
    turns = opening.intersection(asked.tokens) - opening.intersection(context.tokens)
    earlier = library.index.language.replaced(context.tokens, asked.facets)
    earlier = tuple(word for word in earlier if not (turns and word in opening))
    whole = Question((*asked.tokens, *earlier), asked.facets.over(context.facets))
    last = library.entry(context.plan, context.entry)
    best: dict[Key, Hit] = {}
    for hit in (*hits, *library.index.rank(whole, plans)):
        other = best.get((hit.plan, hit.entry))
        entry = library.entry(hit.plan, hit.entry)
        score = hit.score * 0.6 + (other.score if other else 0.0)
        if other is None and entry and last:
            score += SAME_KIND if entry.kind == last.kind and not turns else 0.0
            score += SAME_ENTRY if entry.id == last.id and hit.plan == context.plan else 0.0
            score += SAME_PEOPLE * agreement(whole.facets, facets_of(entry))
        coverage = max(hit.coverage, other.coverage if other else 0.0)
        likeness = max(hit.likeness, other.likeness if other else 0.0)
        best[hit.plan, hit.entry] = Hit(hit.plan, hit.entry, score, coverage, likeness)
    return sorted(best.values(), key=lambda hit: -hit.score)


def remembered(library: Library, asked: Question, best: Hit, context: Context) -> Context:
    """What the next question may lean on."""
    tokens = library.index.known(asked.tokens)[:REMEMBERED]
    facets = asked.facets.over(context.facets)
    return Context(best.plan, best.entry, tokens or context.tokens, facets)
