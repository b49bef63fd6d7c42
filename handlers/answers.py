"""Wording what a question came to: text, source, and what to tap next."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from content.criteria import checks_about
from content.entries import Deadline, Entry, Span
from content.library import Library
from content.schema import Plan
from content.search import Key
from handlers.ask import Found
from handlers.dates import DERIVED, sources
from handlers.office import contact, link, renamed
from handlers.premise import verdict
from handlers.talk import Button

ROOM = 420  # characters of two answers that leave room for their sources
RELATED, BELOW = 3, 5  # entries, and buttons in all, offered under an answer


@dataclass(frozen=True)
class Answer:
    """An answer in words, with the clauses that it rests on."""

    text: str
    sources: tuple[tuple[str, str], ...] = ()  # plan, clause
    buttons: tuple[Button, ...] = ()


def word(library: Library, found: Found, today: date) -> Answer:
    """Say what was found."""
    match found.kind:
        case "answer" | "not_stated":
            return stated(library, found.entries, today, found.asked)
        case "choose":
            choices = entry_buttons(library, found.entries)
            names = [button.label for button in choices]
            return Answer(library.say("answer/choose", names=names), (), choices)
        case "plan":
            labelled = ((library.plans[key[0]].label, key) for key in found.entries)
            buttons = tuple(Button(label, value_of(key)) for label, key in labelled)
            return Answer(library.say("answer/plan"), (), buttons)
        case "picked":
            plan = library.plans[found.context.plan]
            return Answer(library.say("talk/plan", plan=plan), (), topics(library, plan))
        case "plans":
            return plans(library, found.place)
        case kind if kind in DERIVED:
            return derived(library, found, today)
        case "unknown" if not found.entries:
            current = library.plans.get(found.context.plan)
            text = library.say("answer/unknown", plan=current)
            return Answer(text, (), topics(library, current))
    buttons = topics(library, library.plans.get(found.context.plan))
    return Answer(library.chat(found.entries[0][1]).say, (), buttons)


def derived(library: Library, found: Found, today: date) -> Answer:
    """What follows from the dates of the plan talked about, or of all."""
    plan = library.plans.get(found.context.plan)
    among = [plan] if plan and found.kind != "ends" else [*library.plans.values()]
    text = DERIVED[found.kind](library, plan, today)
    return Answer(text, sources(among), topics(library, plan))


def stated(library: Library, keys: Sequence[Key], today: date, asked: Sequence[str] = ()) -> Answer:
    """What one entry says; the same of several plans, or two entries, one under the other.

    ``asked`` is what each of them answers, as it was typed; empty for what was tapped.
    """
    questions = asked or ("",) * len(keys)
    parts = [part(library, key, today, text) for key, text in zip(keys, questions, strict=True)]
    clauses = tuple((str(p["plan"]), str(p["where"])) for p in parts)
    if len({plan for plan, _ in keys}) > 1:
        whole = tuple(Button(library.plans[key[0]].label, value_of(key)) for key in keys)
        text = library.say("answer/both", parts=parts, **compared(library, keys))
        return Answer(text, clauses, (*whole, Button(library.labels["topics"], "topics")))
    if len(keys) > 1:
        text = library.say("answer/parts", parts=parts, whole=short_enough(parts))
        topics_too = Button(library.labels["topics"], "topics")
        return Answer(text, clauses, (*entry_buttons(library, keys), topics_too))
    entry = library.entries[keys[0]]
    below_it = below(library, library.plans[keys[0][0]], entry, today)
    return Answer(library.say("answer/entry", **parts[0]), clauses, below_it)


def short_enough(parts: Sequence[Mapping[str, object]]) -> bool:
    """Whether all points of several answers fit one screen."""
    return sum(len(str(part["words"])) for part in parts) < ROOM


def compared(library: Library, keys: Sequence[Key]) -> dict[str, str]:
    """Which plan begins first and which ends last, where their periods are what is compared."""
    spans = {k[0]: entry for k in keys if isinstance(entry := library.entry(*k), Span)}
    ends = {plan: span.end.last for plan, span in spans.items()}
    starts = {plan: span.start.first for plan, span in spans.items() if span.start}
    every = len(keys)
    return {
        "first": only(library, starts, min) if len(starts) == every else "",
        "last": only(library, ends, max) if len(ends) == every else "",
    }


def only(library: Library, days: Mapping[str, date], choice: Callable[..., date]) -> str:
    """The label of the one plan whose day is the earliest or latest; empty where several are."""
    there = [plan for plan, day in days.items() if day == choice(days.values())]
    return library.plans[there[0]].label if len(there) == 1 else ""


def part(library: Library, key: Key, today: date, asked: str = "") -> dict[str, object]:
    """The facts of one entry's answer to what was asked, for the template."""
    plan, entry, index = library.plans[key[0]], library.entries[key], library.index
    first = verdict(index, asked, plan, entry, today) if asked else None
    return {
        "plan": plan.id,
        "name": plan.name,
        "where": entry.clause,
        "clause": library.say("answer/clause", clause=entry.clause, numbered=numbered(entry)),
        "lead": library.say(first.message, **first.facts) if first else "",
        "words": renamed(library, plan, plan.words(entry)),
        "contact": contact(plan, entry),
        "relative": relative(library, entry, today),
        "urgent": index.asking.left.within(index.language.standard(asked)),
    }


def numbered(entry: Entry) -> bool:
    """Whether the clause has a number ("mục IV.2") or a name ("căn cứ")."""
    return entry.clause[0] in "IVX"


def relative(library: Library, entry: Entry, today: date) -> str:
    """How the entry's dates stand today; empty where it has none."""
    if isinstance(entry, Deadline):
        days = (entry.last_day - today).days
        return library.say("answer/deadline", days=days, last=entry.last_day)
    if isinstance(entry, Span):
        start = entry.start and entry.start.first
        whole = entry.kind == "period"
        facts = {"start": start, "end": entry.end.last, "whole": whole, "today": today}
        return library.say("answer/span", **facts)
    return ""


def below(library: Library, plan: Plan, entry: Entry, today: date) -> tuple[Button, ...]:
    """What to tap under an answer: the details, what is related, the document, all topics."""
    more = [Button(library.labels["more"], f"more:{plan.id}/{entry.id}")] if entry.more else []
    check = Button(library.labels["check"], f"check:at:{plan.id}/{entry.id}")
    first = [*more, *([check] if checks_about(plan.entries, entry) else [])]
    if isinstance(entry, Deadline) and today <= entry.last_day:
        first.append(Button(library.labels["remind-me"], f"remind:{plan.id}/{entry.id}"))
    return (*first, *beside(library, plan, entry, BELOW - len(first)))


def beside(library: Library, plan: Plan, entry: Entry, room: int = BELOW) -> tuple[Button, ...]:
    """Where an answer leads, in so many buttons: related entries, the document, all topics."""
    last = [Button(library.labels["topics"], "topics")]
    if link(library, plan):
        last.insert(0, Button(library.labels["document"], f"doc:{plan.id}/{entry.id}"))
    related = entry.see[: min(RELATED, room - len(last))]
    return (*entry_buttons(library, [(plan.id, other) for other in related]), *last)


def more(library: Library, plan: Plan, entry: Entry) -> Answer:
    """The details behind an answer."""
    clause = library.say("answer/clause", clause=entry.clause, numbered=numbered(entry))
    words = renamed(library, plan, plan.fill(entry, entry.more))
    facts = {"lead": "", "words": words, "relative": "", "urgent": False, "contact": ""}
    facts |= {"name": plan.name, "clause": clause}
    text = library.say("answer/entry", **facts)
    return Answer(text, ((plan.id, entry.clause),), beside(library, plan, entry))


def value_of(key: Key) -> str:
    return f"ask:{key[0]}/{key[1]}"


def entry_buttons(library: Library, keys: Sequence[Key]) -> tuple[Button, ...]:
    """A button for each entry."""
    entries = ((key, library.entry(*key)) for key in keys)
    return tuple(Button(entry.label, value_of(key)) for key, entry in entries if entry)


FIRST_TOPICS = 4  # on the first screen; the others are one tap further


def topics(library: Library, plan: Plan | None, page: int = 0) -> tuple[Button, ...]:
    """The topics of a plan, a screen at a time; without a plan, the plans to pick from."""
    labels = library.labels
    if plan is None:
        return tuple(Button(each.label, f"plan:{each.id}") for each in library.plans.values())
    kinds = {entry.kind for entry in plan.entries}
    fitting = [topic for topic in library.topics if kinds & {*topic.kinds}]
    shown = fitting[page * FIRST_TOPICS : (page + 1) * FIRST_TOPICS]
    buttons = [Button(topic.label, f"topic:{topic.id}/0") for topic in shown]
    if (page + 1) * FIRST_TOPICS < len(fitting):
        return (*buttons, Button(labels["more-topics"], f"topics:{page + 1}"))
    return (*buttons, Button(labels["plans"], "plans"))


def plans(library: Library, place: str = "") -> Answer:
    """All the plans at hand."""
    listed = list(library.plans.values())
    return Answer(library.say("answer/plans", plans=listed, place=place), (), topics(library, None))
