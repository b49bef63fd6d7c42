"""Whether an answer was right: two small buttons under it, or a word; asked for once, never again.

Only the answer that was given last can be marked. Its question is kept for that alone, without
numbers and addresses of people, and only where staff would get it.
"""

from __future__ import annotations

from dataclasses import replace

from handlers.ask import Found
from handlers.passing import blanked, kept
from handlers.talk import Button, Reply
from handlers.turn import Turn

OTHERS = 3  # buttons beside the two


async def markable(turn: Turn, text: str, found: Found, reply: Reply) -> Reply:
    """The answer to a typed question, with the two buttons; what is marked is remembered."""
    if found.kind != "answer" or len(found.entries) > 1:
        return reply
    plan, entry = found.entries[0]
    turn.remember(answered=[plan, entry])
    if await turn.unit.staff.look_after(plan):
        turn.person.asked, turn.person.asked_at = blanked(text), turn.unit.now
    related = [button for button in reply.buttons if button.value.startswith("ask:")]
    room = OTHERS - len(reply.buttons) + len(related)
    others = [button for button in reply.buttons if button not in related[max(0, room) :]]
    marks = [
        Button(turn.library.labels[mark], f"{mark}:{plan}/{entry}", small=True)
        for mark in ("good", "bad")
    ]
    return replace(reply, buttons=(*others, *marks))


def unmarkable(turn: Turn) -> None:
    """Another message: what was answered before can no longer be marked."""
    turn.remember(answered=None)
    if turn.person.asked is not None:
        turn.person.asked = turn.person.asked_at = None


async def good(turn: Turn, marked: str) -> Reply:
    if await counted(turn, marked, good=True):
        unmarkable(turn)
        return turn.say("marks/good")
    return turn.say("marks/again")


async def bad(turn: Turn, marked: str) -> Reply:
    """Count it, and give the question to the staff where there are any."""
    topics = turn.button("topics", "topics")
    if not await counted(turn, marked, good=False):
        return turn.say("marks/again", topics)
    plan, _, entry = marked.partition("/")
    text = turn.person.asked or ""
    unmarkable(turn)
    passed = await kept(turn, text, plan, "marked", entry)
    return turn.say("marks/bad", topics, passed=passed)


async def counted(turn: Turn, marked: str, *, good: bool) -> bool:
    """Count a mark, once an answer, the last one alone; whether it was."""
    if turn.person.talk.get("answered") != marked.split("/"):
        return False
    plan, _, entry = marked.partition("/")
    await turn.unit.tallies.count(plan, entry, good=good)
    return True
