"""The desk of an officer: the open questions, one group of them, and what to do about it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from content.fold import plain
from handlers import browse
from handlers.answers import topics
from handlers.staff import (
    deciding,
    groups,
    looking,
    queue,
    remarking,
    reviewing,
    searching,
    settling,
)
from handlers.staff.groups import SHOWN, Group, waiting
from handlers.staff.officers import Officers, able, join, settled
from handlers.staff.remark import kept
from handlers.talk import Button, Reply
from handlers.turn import Turn

DOORS = ("start", "staff:list")  # where an officer who comes in hears what is new
NEAREST = 2  # entries that are offered as the same


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


async def show(turn: Turn, officers: Officers, page: str) -> Reply:
    """The groups that wait, a screen at a time."""
    found = await waiting(turn, officers)
    first = browse.number(page) * SHOWN
    shown = found[first : first + SHOWN] or found[:SHOWN]
    buttons = [groups.button(first + at, group) for at, group in enumerate(shown, start=1)]
    if first + SHOWN < len(found):
        buttons.append(turn.button("next", f"staff:list:{first // SHOWN + 1}"))
    begun = await deciding.open_decision(turn)
    if begun:
        buttons.append(turn.button("resume-answer", "staff:resume"))
    count = sum(len(group.questions) for group in found)
    facts = {"groups": shown, "before": first, "count": count, "total": len(found)}
    return turn.say("staff/list", *buttons, open=bool(begun), **facts)


async def open_group(turn: Turn, officers: Officers, key: str) -> Reply:
    """One group: how it was asked, what we said, and what may be done."""
    group = await groups.of(turn, officers, key)
    if group is None:
        return settled(turn)
    return await shown(turn, officers, group, group.wordings[0])


async def only_first(turn: Turn, officers: Officers, key: str) -> Reply:
    """A group without what was asked in other words: it only looked the same."""
    group = await groups.of(turn, officers, key)
    if group is None:
        return settled(turn)
    first = group.wordings[0]
    same = [each for each in group.questions if plain(each.text) == plain(first)]
    return await shown(turn, officers, groups.group(turn, same), first)


async def shown(turn: Turn, officers: Officers, group: Group, words: str) -> Reply:
    """A group, with the entries that are nearest to these words."""
    turn.remember(seen=[each.id for each in group.questions])
    said = next((each.entry for each in group.questions if each.entry), "")
    entry = group.plan.entry(said)
    good, bad = await turn.unit.tallies.of(group.plan.id, said)
    may = able(officers, group.plan.id, "answer") is not None
    facts = {
        "group": group,
        "said": entry.label if entry else "",
        "words": group.plan.words(entry).partition("\n")[0] if entry else "",
        "able": may,
        "good": good,
        "bad": bad,
    }
    buttons = nearest(turn, group, words) + decide(turn, group) if may else []
    last = turn.button("other-question", "staff:list")
    if may and len(group.wordings) > 1:
        last = turn.button("only-first", f"staff:only:{group.key}")
    return turn.say("staff/group", *buttons, last, **facts)


def decide(turn: Turn, group: Group) -> list[Button]:
    new = turn.button("answer-new", f"staff:new:{group.key}")
    return [new, turn.button("leave", f"staff:skip:{group.key}")]


def nearest(turn: Turn, group: Group, words: str) -> list[Button]:
    """The entries of the plan that may be meant, but not one that was marked as wrong."""
    wrong = {each.entry for each in group.questions if each.why == "marked"}
    asked = turn.library.index.question(words)
    hits = turn.library.index.rank(asked, [group.plan.id])
    hits.sort(key=lambda hit: -hit.likeness)  # what is meant alike, though it did not suffice
    entries = [group.plan.entry(hit.entry) for hit in hits if hit.plan and hit.entry not in wrong]
    able = [entry for entry in entries if entry][:NEAREST]
    return [Button(entry.label, f"staff:same:{group.key}/{entry.id}") for entry in able]


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

    While an answer is written, only slashes and the buttons on the screen are not part of it.
    """
    values = [button.value for button in turn.offered()]
    if text.startswith("/") or not any(v.startswith("staff:") for v in values):
        return None
    officers = await turn.unit.staff.of(turn.person)
    if not officers:
        return None
    if remarking.CANCEL in values:
        return None if pressed else await remarking.hear(turn, officers, text)
    if deciding.CANCEL in values:
        decision = await deciding.open_decision(turn)
        if pressed and not (decision and deciding.is_clause(turn, decision, text)):
            return None
        if decision is None:
            return settled(turn)
        return await deciding.hear(turn, officers, decision, text)
    if not pressed and values[-1] == searching.ASKED:
        return await searching.search(turn, officers, text)
    if any(v.startswith("staff:states:") for v in values) and (kind := queue.named(turn, text)):
        return await queue.show(turn, officers, kind)
    key = next((v.rpartition(":")[2] for v in values if v.startswith("staff:new:")), "")
    if pressed or not key:
        return None
    group = await groups.looked_at(turn, officers, key)
    return await shown(turn, officers, group, text) if group else settled(turn)


async def asked_again(turn: Turn) -> Reply | None:
    """What is asked of an officer who decides, once more; None where nothing is on the screen."""
    shown = {button.value for button in turn.offered()}
    resume = next((again for value, again in WRITING.items() if value in shown), None)
    officers = await turn.unit.staff.of(turn.person) if resume else []
    return await resume(turn, officers, "") if resume and officers else None


async def unfinished(turn: Turn) -> list[Button]:
    """The way back to what an officer writes."""
    found = []
    if await deciding.open_decision(turn):
        found.append(turn.button("resume-answer", "staff:resume"))
    if kept(turn):
        found.append(turn.button("resume-remark", "staff:goon"))
    return found


async def cancel(turn: Turn) -> Reply | None:
    """Drop what an officer writes; None where there is nothing."""
    if kept(turn):
        return await press(turn, "drop")
    return await press(turn, "cancel") if await deciding.open_decision(turn) else None


Action = Callable[[Turn, Officers, str], Awaitable[Reply]]

WRITING: dict[str, Action] = {  # what is on the screen while something is written
    deciding.CANCEL: deciding.resume,
    remarking.CANCEL: remarking.resume,
}
ACTIONS: dict[str, Action] = {
    "list": show,
    "open": open_group,
    "only": only_first,
    "same": deciding.begin,
    "new": deciding.begin,
    "skip": settling.skip,
    "unstated": deciding.own_word,
    "rewrite": deciding.rewrite,
    "resume": deciding.resume,
    "cancel": deciding.cancel,
    "send": settling.send,
    "queue": queue.show,
    "states": queue.states,
    "find": searching.find,
    "found": searching.found,
    "look": looking.look,
    "others": looking.others,
    "trail": looking.trail,
    "approved": reviewing.approve,
    "unchecked": reviewing.uncheck,
    "remark": remarking.begin,
    "field": remarking.field,
    "refield": remarking.field,
    "goon": remarking.resume,
    "drop": remarking.drop,
    "deliver": remarking.deliver,
}
