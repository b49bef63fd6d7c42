"""The desk of an officer: every button and word of theirs, and what it does."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence

from handlers import browse
from handlers.answers import topics
from handlers.staff import (
    allowance,
    asked,
    deciding,
    exporting,
    groups,
    holding,
    looking,
    pictures,
    queue,
    remarking,
    reviewing,
    searching,
    settling,
)
from handlers.staff.announcing import composing, doors
from handlers.staff.officers import Officers, join, settled
from handlers.staff.remark import kept
from handlers.talk import Button, Reply
from handlers.turn import Turn

DOORS = ("start", "staff:list")  # where an officer who comes in hears what is new


async def press(turn: Turn, argument: str) -> Reply:
    """A button of the desk; to a member it is as unknown as any other word."""
    action, _, rest = argument.partition(":")
    if action == "join":
        typed = rest or turn.said.text.strip().partition(" ")[2]
        return await join(turn, typed) or await stranger(turn)
    officers = await turn.unit.staff.of(turn.person)
    handle = ACTIONS.get(action)
    if not officers or handle is None:
        return await stranger(turn)
    return await handle(turn, officers, rest)


async def stranger(turn: Turn) -> Reply:
    """What anybody hears who presses or types what there is not."""
    if turn.said.value:
        return turn.say("talk/stale", *topics(turn.library, turn.plan))
    return await browse.how_to(turn, "")


async def heard(turn: Turn, text: str, pressed: str) -> Reply | None:
    """The reply to what only an officer types, or who becomes one by it; None to all else.

    ``pressed`` is the value of the button that the words name, if they do.
    """
    if turn.said.value:
        return None
    return (
        await typed(turn, text, pressed)
        or await join(turn, text)
        or await said(turn, text)
        or await looking.by_code(turn, text)
    )


async def said(turn: Turn, text: str) -> Reply | None:
    """A command of the desk in an officer's own words; None to all else."""
    words = searching.sought(text)
    meant = [word.value for word in turn.library.meant(text) if word.staff]
    if not (words or meant) or turn.person.talk.get("draft"):
        return None
    officers = await turn.unit.staff.of(turn.person)
    if not officers:
        return None
    if meant:
        return await press(turn, meant[0].partition(":")[2])
    return await searching.search(turn, officers, words)


async def typed(turn: Turn, text: str, pressed: str) -> Reply | None:
    """Words that an officer types at the desk; None where they are meant for somebody else.

    While something is written, only slashes and the buttons on the screen are not part of it.
    """
    values = [button.value for button in turn.offered()]
    if text.startswith("/") or not any(v.startswith("staff:") for v in values):
        return None
    officers = await turn.unit.staff.of(turn.person)
    if not officers:
        return None
    if deciding.CANCEL in values:
        return await answer(turn, officers, text, pressed)
    if pressed:
        return None
    if remarking.CANCEL in values:
        return await remarking.hear(turn, officers, text)
    return await composing.hear(turn, officers, values, text) or await looked_for(
        turn, officers, values, text
    )


async def answer(turn: Turn, officers: Officers, text: str, pressed: str) -> Reply | None:
    """Words typed while an answer is written."""
    decision = await deciding.open_decision(turn)
    if pressed and not (decision and deciding.is_clause(turn, decision, text)):
        return None
    return await deciding.hear(turn, officers, decision, text) if decision else settled(turn)


async def looked_for(
    turn: Turn, officers: Officers, values: Sequence[str], text: str
) -> Reply | None:
    """Words typed where an entry, a registration or a state of them is looked for."""
    if searching.ASKED in values:
        return await searching.search(turn, officers, text)
    if any(v.startswith("staff:states:") for v in values) and (kind := queue.named(turn, text)):
        return await queue.show(turn, officers, kind)
    key = next((v.rpartition(":")[2] for v in values if v.startswith("staff:new:")), "")
    if not key:
        return None
    group = await groups.looked_at(turn, officers, key)
    return await asked.shown(turn, officers, group, text) if group else settled(turn)


async def asked_again(turn: Turn) -> Reply | None:
    """What is asked of an officer who decides, once more; None where nothing is on the screen."""
    shown = {button.value for button in turn.offered()}
    resume = next((again for value, again in WRITING.items() if value in shown), None)
    officers = await turn.unit.staff.of(turn.person)
    if resume and officers:
        return await resume(turn, officers, "")
    return await composing.asked_again(turn, officers, [*shown]) if officers else None


async def unfinished(turn: Turn) -> list[Button]:
    """The way back to what an officer writes."""
    found = []
    if await deciding.open_decision(turn):
        found.append(turn.button("resume-answer", "staff:resume"))
    if kept(turn):
        found.append(turn.button("resume-remark", "staff:goon"))
    return found if found and await turn.unit.staff.of(turn.person) else []


async def cancel(turn: Turn) -> Reply | None:
    """Drop what an officer writes; None where there is nothing."""
    writing = kept(turn) or await deciding.open_decision(turn)
    officers = await turn.unit.staff.of(turn.person) if writing else []
    if not officers:
        return None
    return await (remarking.drop if kept(turn) else deciding.cancel)(turn, officers, "")


Action = Callable[[Turn, Officers, str], Awaitable[Reply]]

WRITING: dict[str, Action] = {  # what is on the screen while something is written
    deciding.CANCEL: deciding.resume,
    remarking.CANCEL: remarking.resume,
}
ACTIONS: dict[str, Action] = {
    "list": asked.show,
    "open": asked.open_group,
    "only": asked.only_first,
    "same": deciding.begin,
    "new": deciding.begin,
    "skip": settling.skip,
    "unstated": deciding.own_word,
    "rewrite": deciding.rewrite,
    "resume": deciding.resume,
    "cancel": deciding.cancel,
    "send": settling.send,
    "export": exporting.export,
    "queue": queue.show,
    "states": queue.states,
    "find": searching.find,
    "found": searching.found,
    "look": looking.look,
    "whole": looking.in_full,
    "others": looking.others,
    "trail": looking.trail,
    "photos": pictures.show,
    "pdf": looking.paper("pdf"),
    "word": looking.paper("word"),
    "approved": reviewing.approve,
    "unchecked": reviewing.uncheck,
    "remark": remarking.begin,
    "field": remarking.field,
    "refield": remarking.field,
    "fields": remarking.fields,
    "goon": remarking.resume,
    "drop": remarking.drop,
    "deliver": remarking.deliver,
    "held": holding.show,
    "release": holding.release,
    "discard": holding.discard,
    "later": holding.later,
    "cast": doors.press,
    "channels": allowance.show,
}
