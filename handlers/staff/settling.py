"""The end of a group of questions: everybody is answered, or nobody; it happens once."""

from __future__ import annotations

from collections.abc import Sequence

from content.lessons import Taught
from handlers.staff import deciding, groups
from handlers.staff.decision import Decision
from handlers.staff.officers import Officers, answering, not_able, settled
from handlers.talk import Reply
from handlers.turn import Turn
from storage.tables import Staff


async def send(turn: Turn, officers: Officers, key: str) -> Reply:
    """Answer everybody who asked, once, and keep what was decided; the first officer does it."""
    decision = deciding.open_decision(turn)
    if decision is None or str(decision.questions[0]) != key:
        return settled(turn)
    plan = turn.library.plans[decision.plan]
    officer = answering(officers, plan.id)
    if officer is None:
        return not_able(turn)
    ready = decision.step == "preview" and decision.leads()
    if not ready or deciding.refusals(turn, decision):
        return deciding.ask(turn, decision)
    lesson = decision.lesson(plan)
    turn.remember(desk=None, seen=None)
    waiting = await turn.unit.questions.open([plan.id], groups.MOST)
    outcome = "same" if decision.entry else "new"
    mine = await turn.unit.questions.settle(decision.questions, officer.id, outcome)
    if not mine:
        return settled(turn)
    count = await answer(turn, decision, mine, {row.id: row.text for row in waiting})
    await learn(turn, officer, mine, lesson)
    facts = {"count": count, "wordings": decision.phrasings}
    return turn.say("staff/sent", turn.button("other-question", "staff:list"), **facts)


async def answer(
    turn: Turn, decision: Decision, numbers: Sequence[int], asked: dict[int, str]
) -> int:
    """Answer these questions where they were asked; to how many places."""
    first: dict[tuple[str, str], str] = {}
    for number, channel, address in await turn.unit.questions.askers(numbers):
        first.setdefault((channel, address), asked.get(number, decision.asked))
    for (channel, address), words in first.items():  # who asked twice hears once
        reply = Reply(deciding.told(turn, decision, words))
        turn.unit.outbox.add(channel, address, [reply.as_json()])
    return len(first)


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
    group = await groups.of(turn, officers, key)
    if group is None:
        return settled(turn)
    officer = answering(officers, group.plan.id)
    if officer is None:
        return not_able(turn)
    numbers = [each.id for each in groups.looked_at(turn, group, key).questions]
    gone = await turn.unit.questions.settle(numbers, officer.id, "skipped")
    other = turn.button("other-question", "staff:list")
    return turn.say("staff/skipped", other, count=len(gone)) if gone else settled(turn)
