"""The end of a group of questions: everybody is answered, or nobody; it happens once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from content.lessons import Taught
from handlers import reaching
from handlers.staff import deciding, groups
from handlers.staff.decision import Decision
from handlers.staff.officers import Officers, able, not_able, settled
from handlers.talk import Reply
from handlers.turn import Turn
from storage.tables import Staff


async def send(turn: Turn, officers: Officers, key: str) -> Reply:
    """Answer everybody who asked, once, and keep what was decided; the first officer does it."""
    decision = await deciding.open_decision(turn)
    if decision is None:
        return settled(turn)
    plan = turn.library.plans[decision.plan]
    officer = able(officers, plan.id, "answer")
    if officer is None:
        return not_able(turn)
    as_shown = str(decision.key) == key  # its first question may be gone by now
    ready = as_shown and decision.step == "preview" and decision.leads()
    if not ready or deciding.refusals(turn, decision):
        return deciding.ask(turn, decision)
    lesson = decision.lesson(plan)
    turn.remember(desk=None, seen=None)
    outcome = "same" if decision.entry else "new"
    asked = {each.id: each.text for each in decision.questions}
    mine = await turn.unit.questions.settle([*asked], officer.id, outcome)
    if not mine:
        return settled(turn)
    heard = await answer(turn, decision, {number: asked[number] for number in mine})
    await learn(turn, officer, mine, lesson)
    facts = {"count": sum(heard), "hidden": len(heard) - sum(heard), "wordings": lesson.phrasings}
    return turn.say("staff/sent", turn.button("other-question", "staff:list"), **facts)


async def answer(turn: Turn, decision: Decision, asked: Mapping[int, str]) -> list[bool]:
    """Answer who asked these questions; of each of them whether they could be told."""
    first: dict[int, str] = {}
    for number, person_id in await turn.unit.questions.askers([*asked]):
        first.setdefault(person_id, asked[number])
    replies = {who: Reply(deciding.told(turn, decision, words)) for who, words in first.items()}
    return [await reaching.tell(turn, who, reply) for who, reply in replies.items()]


async def learn(turn: Turn, officer: Staff, numbers: Sequence[int], lesson: Taught) -> None:
    """Keep a decision; a background job makes it content."""
    row = await turn.unit.lessons.add(
        officer.id,
        plan=lesson.plan,
        entry=lesson.entry,
        phrasings=[*lesson.phrasings],
        added=lesson.added,
        state="waiting" if lesson.phrasings else "live",
    )
    await turn.unit.questions.learnt(numbers, row)


async def skip(turn: Turn, officers: Officers, key: str) -> Reply:
    """Put a group away; nobody hears anything."""
    group = await groups.looked_at(turn, officers, key)
    if group is None:
        return settled(turn)
    officer = able(officers, group.plan.id, "answer")
    if officer is None:
        return not_able(turn)
    numbers = [each.id for each in group.questions]
    gone = await turn.unit.questions.settle(numbers, officer.id, "skipped")
    other = turn.button("other-question", "staff:list")
    return turn.say("staff/skipped", other, count=len(gone)) if gone else settled(turn)
