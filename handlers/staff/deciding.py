"""Answering a group of questions: what is typed, the preview, and the sending, done once."""

from __future__ import annotations

from dataclasses import replace

from content.entries import ADVICE, MAX_ANSWER
from content.fold import plain
from content.lessons import (
    LONGEST,
    clause_of,
    clauses_near,
    faults,
    leads_elsewhere,
    taught,
    unstated,
)
from content.schema import Plan
from handlers.answers import stated
from handlers.passing import BLANK, blanked
from handlers.staff import groups
from handlers.staff.decision import Decision
from handlers.staff.officers import Officers, able, not_able, settled
from handlers.talk import Button, Reply
from handlers.turn import Turn

CANCEL = "staff:cancel"


async def open_decision(turn: Turn) -> Decision | None:
    """What the officer is about to decide, if anything is; questions that are gone drop out."""
    kept = turn.person.talk.get("desk")
    if not kept:
        return None
    waiting = await turn.unit.questions.waiting(kept["questions"])
    if waiting and kept["plan"] in turn.library.plans:
        return Decision.from_json(kept, waiting)
    turn.remember(desk=None)
    return None


def plan_of(turn: Turn, decision: Decision) -> Plan:
    return turn.library.plans[decision.plan]


async def begin(turn: Turn, officers: Officers, argument: str) -> Reply:
    """Answer a group as it was looked at: by an entry that is there, or by a new one."""
    key, _, entry = argument.partition("/")
    group = await groups.looked_at(turn, officers, key)
    if group is None:
        return settled(turn)
    begun = await open_decision(turn)
    if begun and begun.say:
        return unfinished(turn, begun)
    plan = group.plan
    if not able(officers, plan.id, "answer") or (entry and plan.entry(entry) is None):
        return not_able(turn)
    decision = Decision(plan.id, group.questions, (), entry)
    ways = [each for each in group.wordings if BLANK not in each]
    free = {plain(each) for each in ways if not refusal(turn, decision, each)}
    leading = tuple(each.id for each in group.questions if plain(each.text) in free)
    return ask(turn, replace(decision, leading=leading))


def unfinished(turn: Turn, begun: Decision) -> Reply:
    buttons = turn.button("resume-answer", "staff:resume"), turn.button("drop-answer", CANCEL)
    return turn.say("staff/unfinished", *buttons, asked=begun.asked)


def ask(turn: Turn, decision: Decision, note: str = "") -> Reply:
    """What is to be done next; the decision is kept until then."""
    turn.remember(desk=decision.as_json())
    cancel = turn.button("drop-answer", CANCEL)
    match decision.step:
        case "write":
            facts = {"asked": decision.asked, "most": MAX_ANSWER, "note": note}
            return turn.say("staff/write", cancel, **facts)
        case "clause":
            buttons = turn.button("unstated", "staff:unstated"), *rewriting(turn, decision), cancel
            near = clauses_near(plan_of(turn, decision), "")
            return turn.say("staff/clause", *buttons, near=near, note=note)
    return preview(turn, decision, note)


def preview(turn: Turn, decision: Decision, note: str) -> Reply:
    """What people will hear, and what will lead to it; sent only where nothing is wrong."""
    wrong = refusals(turn, decision)
    ready = not wrong and decision.leads()
    send = [turn.button("send-answer", f"staff:send:{decision.key}")] if ready else []
    buttons = *send, *rewriting(turn, decision), turn.button("drop-answer", CANCEL)
    facts = {
        "note": note or "; ".join(wrong),
        "count": decision.people,
        "words": decision.say if wrong else told(turn, decision, decision.asked),
        "wordings": decision.phrasings,
        "able": bool(decision.entry),
        "label": (decision.lesson(plan_of(turn, decision)).added or {}).get("label", ""),
    }
    return turn.say("staff/preview", *buttons, **facts)


def refusals(turn: Turn, decision: Decision) -> list[str]:
    """What speaks against sending it, in words for the officer."""
    plan = plan_of(turn, decision)
    lost = unstated_figures(turn, decision)
    return [*faults(plan, decision.lesson(plan)), *([lost] if lost else [])]


def rewriting(turn: Turn, decision: Decision) -> list[Button]:
    return [] if decision.entry else [turn.button("rewrite", "staff:rewrite")]


def told(turn: Turn, decision: Decision, asked: str) -> str:
    """What somebody hears who asked this."""
    plan = plan_of(turn, decision)
    lesson = decision.lesson(plan)
    plans = {**turn.library.plans, plan.id: taught(plan, lesson)}
    key = (plan.id, lesson.entry)
    words = stated(replace(turn.library, plans=plans), [key], turn.today).text
    return turn.library.say("staff/answered", asked=asked, words=words)


def refusal(turn: Turn, decision: Decision, phrasing: str) -> str:
    """Why a way to ask cannot lead to the answer; empty where it can."""
    if len(phrasing) > LONGEST:
        return turn.library.say("staff/long", most=LONGEST)
    label = leads_elsewhere(turn.library, decision.plan, decision.entry, phrasing)
    return turn.library.say("staff/taken", asked=phrasing, label=label) if label else ""


async def hear(turn: Turn, officers: Officers, decision: Decision, text: str) -> Reply:
    """Take what was typed as the answer, as its clause, or as a better way to ask."""
    plan = plan_of(turn, decision)
    match decision.step:
        case "write":
            return written(turn, decision, text)
        case "clause":
            clause = clause_of(plan, text)
            if not clause:
                near = clauses_near(plan, text)
                return ask(turn, decision, turn.library.say("staff/lost", asked=text, near=near))
            rested = replace(decision, clause=clause)
            if lost := unstated_figures(turn, rested):
                return ask(turn, decision, lost)
            return ask(turn, rested)
    phrasing = blanked(text)
    if BLANK in phrasing:
        return ask(turn, decision, turn.library.say("staff/personal"))
    if note := refusal(turn, decision, phrasing):
        return ask(turn, decision, note)
    return ask(turn, replace(decision, typed=phrasing))


def unstated_figures(turn: Turn, decision: Decision) -> str:
    """Why an answer cannot rest on its clause: it has figures that are not there."""
    plan = plan_of(turn, decision)
    lost = unstated(plan, decision.lesson(plan))
    return turn.library.say("staff/figures", near=lost, clause=decision.clause) if lost else ""


def written(turn: Turn, decision: Decision, text: str) -> Reply:
    """Take the words of a new answer, if they can be shown as one."""
    if {*"{}"} & {*text}:
        return ask(turn, decision, turn.library.say("staff/braces"))
    if len(text) > MAX_ANSWER:
        facts = {"length": len(text), "most": MAX_ANSWER}
        return ask(turn, decision, turn.library.say("staff/lengthy", **facts))
    plan = plan_of(turn, decision)
    wrong = faults(plan, replace(decision, say=text, clause=ADVICE).lesson(plan))
    return ask(turn, decision if wrong else replace(decision, say=text), "; ".join(wrong))


def is_clause(turn: Turn, decision: Decision, text: str) -> bool:
    """Whether a clause is asked for and this is one, though it may look like a button's number."""
    return decision.step == "clause" and bool(clause_of(plan_of(turn, decision), text))


async def own_word(turn: Turn, officers: Officers, argument: str) -> Reply:
    """The plan does not say it: the answer is the staff's own."""
    decision = await open_decision(turn)
    if decision is None or decision.step != "clause":
        return await resume(turn, officers, "")
    return ask(turn, replace(decision, clause=ADVICE))


async def rewrite(turn: Turn, officers: Officers, argument: str) -> Reply:
    """Type the answer anew."""
    decision = await open_decision(turn)
    if decision is None or decision.entry:
        return await resume(turn, officers, "")
    return ask(turn, decision.rewritten())


async def resume(turn: Turn, officers: Officers, argument: str) -> Reply:
    """Go on with what was begun."""
    decision = await open_decision(turn)
    return ask(turn, decision) if decision else settled(turn)


async def cancel(turn: Turn, officers: Officers, argument: str) -> Reply:
    turn.remember(desk=None)
    return turn.say("staff/cancelled", turn.button("other-question", "staff:list"))
