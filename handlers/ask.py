"""Answering a question: which plan, which entry, how sure, what was talked about before. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from content.library import Library
from content.search import Hit, Key, Question
from handlers.context import FRESH, NOTHING, Context
from handlers.dates import DERIVED
from handlers.leaning import leaning, rank, remembered
from handlers.premise import lacks

Kind = Literal[
    "answer",
    "choose",
    "plan",
    "picked",
    "not_stated",
    "unknown",
    "smalltalk",
    "plans",
    "upcoming",
    "now",
    "ends",
]

SURE = 0.75  # below this score nothing fits
ALIKE, ALIKE_SHORT = 0.12, 0.28  # how like a known phrasing at least; the more, the shorter it is
COVERED = 0.34  # an entry that explains less of a question was not asked for
MUCH_ALIKE, SOMEWHAT_COVERED = 0.43, 0.2  # what is this like a known phrasing may cover less
CLOSE = 0.08  # nearer than this, entries that a very short question may mean are offered
CERTAIN, CERTAINLY_COVERED = 1.2, 0.8  # from here on, words in a form's field are a question
VERBATIM = 0.8  # as like a known phrasing as this, words are a question wherever they are typed
NEXT = 0.9  # how near to the best an entry comes that has the figure which the best lacks
PLAIN = 0.5  # how like a known phrasing a question is that is answered by what dates tell
SHORT = 2  # telling words up to which a question may mean several things
ALONE = 0.25  # how far a plan must lead to be answered from without asking which is meant
CHOICES = 4


@dataclass(frozen=True)
class Found:
    """What a question came to: the entries that answer it or may be meant, and the new context."""

    kind: Kind
    entries: tuple[Key, ...] = ()
    context: Context = FRESH
    sure: bool = False  # it fits so well that it is meant even where something else was asked for
    verbatim: bool = False  # it is nearly one of the phrasings that we know
    likeness: float = 0.0  # with the nearest phrasing that we know (0–1)
    asked: tuple[str, ...] = ()  # what each of the entries answers, as it was typed
    place: str = ""  # somewhere that none of our plans is from


def ask(library: Library, text: str, context: Context) -> Found:
    """Find the answer to a question; never raises, whatever was typed."""
    asked = library.index.question(text)
    named = meant(asked, context.plan)
    if asked.elsewhere and not named and asks_for_plan(asked, context):
        return Found("plans", context=context, place=asked.elsewhere)
    if len(named) == 1 and not tells(asked):
        if library.entry(named[0], context.entry) and named[0] != context.plan:
            return answer(library, [(named[0], context.entry)], replace(context, plan=named[0]))
        return Found("picked", context=Context(named[0]))
    plans = named or ((context.plan,) if context.plan else tuple(library.plans))
    asked = leaning(library, asked, text, context)
    found = find(library, asked, plans, context)
    if found.kind == "choose" and context.entry:
        found = chosen(library, asked, found, context)
    return replace(found, asked=(text,) * len(found.entries))


def find(library: Library, asked: Question, plans: Sequence[str], context: Context) -> Found:
    """What a question comes to among these plans."""
    if not asked.follows:
        context = replace(context, facets=NOTHING)
    hits = [hit for hit in rank(library, asked, plans, context) if plainly(library, hit)]
    if len(certainly(asked, context.plan)) > 1:
        hits = shared(hits, {*plans})
    found = decide(library, asked, hits, plans, context)
    if found.kind == "answer" and len(found.entries) == 1:
        return with_figure(library, asked, found, [hit for hit in hits if fits(asked, hit)])
    return found


def chosen(library: Library, asked: Question, offered: Found, context: Context) -> Found:
    """Of what a question of a word or two may mean, that which goes on from what was said."""
    if asked.follows:
        return answer(library, offered.entries[:1], offered.context)
    kinds = {library.entries[key].kind for key in offered.entries} - {"not_stated"}
    hits = rank(library, replace(asked, follows=True), (context.plan,), context)
    best = next((hit for hit in hits if hit.plan), None)
    if best is None or library.entries[best.plan, best.entry].kind not in kinds:
        return offered
    new = remembered(library, asked, best, context)
    return replace(answer(library, [(best.plan, best.entry)], new), likeness=best.likeness)


def plainly(library: Library, hit: Hit) -> bool:
    """Whether a hit may count: what is derived from dates is asked for in plain words."""
    return bool(hit.plan) or hit.likeness >= PLAIN or library.chat(hit.entry).kind not in DERIVED


def asks_for_plan(asked: Question, context: Context) -> bool:
    """Whether who names another place wants its plan, rather than something of the plan at hand."""
    told = len({*asked.tokens} - {"kehoach", "thidua"})
    return told < len({*asked.tokens}) and (not context.plan or told <= SHORT)


def decide(
    library: Library, asked: Question, hits: list[Hit], plans: Sequence[str], context: Context
) -> Found:
    """What these hits, the best first, come to."""
    best = hits[0] if hits else None
    compared = len(certainly(asked, context.plan)) > 1  # who names two plans asks about them
    if best is None or not (compared or fits(asked, best)) or best.score < SURE:
        if len(plans) == 1 and len(perhaps := vague(library, asked, hits)) > 1:
            return Found("choose", perhaps, replace(context, plan=plans[0]))
        return Found("unknown", context=Context(plans[0] if len(plans) == 1 else context.plan))
    if best.plan == "":
        return Found(library.chat(best.entry).kind, ((best.plan, best.entry),), context)
    new = remembered(library, asked, best, context)
    if len(plans) == 1:
        certain = best.score > CERTAIN and best.coverage > CERTAINLY_COVERED
        verbatim = best.likeness > VERBATIM and len(asked.tokens) > SHORT
        found = among_entries(library, asked, hits, new)
        return replace(found, sure=certain, verbatim=verbatim, likeness=best.likeness)
    if compared:
        return answer(library, [(plan, best.entry) for plan in plans], new)
    return among_plans(library, hits, plans, replace(new, plan=context.plan))


def with_figure(library: Library, asked: Question, found: Found, hits: Sequence[Hit]) -> Found:
    """What was found, if it has the kind of figure that is asked for; or what else has it."""
    (plan, entry), least = found.entries[0], NEXT * max(hit.score for hit in hits)

    def missing(entry_id: str) -> str:
        entry = library.entries[plan, entry_id]
        return lacks(library.index, asked.tokens, library.plans[plan], entry)

    if not missing(entry):
        return found
    for hit in hits:
        if hit.plan == plan and hit.score > least and not missing(hit.entry):
            told = answer(library, [(plan, hit.entry)], replace(found.context, entry=hit.entry))
            return replace(told, likeness=hit.likeness)
    return replace(found, kind="not_stated")


def vague(library: Library, asked: Question, hits: Sequence[Hit]) -> tuple[Key, ...]:
    """What a bare "bao nhiêu?" may be after."""
    if len(asked.tokens) > SHORT or not library.index.asking.asks(asked.tokens):
        return ()
    whole = [(hit.plan, hit.entry) for hit in hits if hit.plan and hit.coverage >= 1]
    return tuple(whole[:CHOICES])


def fits(asked: Question, best: Hit) -> bool:
    """Whether so much of a question is explained that it is no chance."""
    if best.likeness >= MUCH_ALIKE and best.coverage >= SOMEWHAT_COVERED:
        return True
    enough = 0.0 if asked.follows else ALIKE + ALIKE_SHORT / max(len(asked.tokens), 1)
    return best.coverage >= COVERED and best.likeness >= enough


def meant(asked: Question, current: str) -> tuple[str, ...]:
    """The plans that a question names; a shared name means the plan talked about, if it may."""
    certain = certainly(asked, current)
    named = dict.fromkeys(plan for plans in asked.plans for plan in plans)
    return tuple(plan for plan in named if plan in certain) or tuple(named)


def certainly(asked: Question, current: str) -> set[str]:
    """The plans that are named by a name of their own, or beside such a one by a shared name."""
    certain = {plans[0] for plans in asked.plans if len(plans) == 1}
    compared = bool(certain)
    for plans in asked.plans:
        if certain.isdisjoint(plans) and (compared or current in plans):
            certain.add(current if current in plans else plans[0])
    return certain


def shared(hits: Sequence[Hit], plans: set[str]) -> list[Hit]:
    """The entries that all these plans have, the fittest for all first: what can be compared."""
    having: dict[str, list[Hit]] = {}
    for hit in hits:
        having.setdefault(hit.entry, []).append(hit)
    both = [alike for alike in having.values() if {hit.plan for hit in alike} >= plans]
    both.sort(key=lambda alike: -sum(hit.score for hit in alike))
    return [alike[0] for alike in both]


def tells(asked: Question) -> bool:
    """Whether a question says anything beside the name of a plan."""
    return bool({*asked.tokens} - {"kehoach", "nhuthenao", "tinh", "huyen", "lmhtx", "khac", "ben"})


def among_entries(library: Library, asked: Question, hits: list[Hit], context: Context) -> Found:
    """The best entry; or a choice, where a question of a word or two may mean several."""
    best = hits[0]
    close = [hit for hit in hits if hit.plan and best.score - hit.score < CLOSE * best.score]
    if len(asked.tokens) <= SHORT and len(close) > 1:
        entries = tuple((hit.plan, hit.entry) for hit in close[:CHOICES])
        return Found("choose", entries, context)
    return answer(library, [(best.plan, best.entry)], context)


def among_plans(library: Library, hits: list[Hit], plans: Sequence[str], context: Context) -> Found:
    """The one plan that fits clearly better than all others; or the question which is meant."""
    best: dict[str, Hit] = {}
    for hit in hits:
        if hit.plan:
            best.setdefault(hit.plan, hit)
    first, *others = sorted(best.values(), key=lambda hit: -hit.score)
    if not others or first.score - others[0].score > ALONE:
        return answer(library, [(first.plan, first.entry)], replace(context, plan=first.plan))
    same = {plan: library.entry(plan, first.entry) for plan in plans}
    entries = [
        (p, first.entry if same[p] else best[p].entry) for p in plans if same[p] or p in best
    ]
    return Found("plan", tuple(entries), context)


def answer(library: Library, keys: Sequence[Key], context: Context) -> Found:
    """An answer; "not stated" where that is all that the plans have to say."""
    kinds = {entry.kind for key in keys if (entry := library.entry(*key))}
    return Found("not_stated" if kinds == {"not_stated"} else "answer", tuple(keys), context)
