"""The open questions on an officer's screen: the groups, one of them, and what to do about it."""

from __future__ import annotations

from content.fold import plain
from handlers import browse
from handlers.staff import deciding, groups
from handlers.staff.groups import SHOWN, Group, waiting
from handlers.staff.officers import Officers, able, settled
from handlers.talk import Button, Reply
from handlers.turn import Turn

NEAREST = 2  # entries that are offered as the same


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
