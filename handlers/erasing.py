"""Deleting one's data, in two taps: at once what is ours, by an officer what was decided about."""

from __future__ import annotations

from dataclasses import dataclass

from handlers import parting
from handlers.staff.requests import DECIDED, acting, blank, deadlines, tell_staff
from handlers.talk import Reply
from handlers.turn import Turn
from storage import erasing
from storage.tables import Registration

SURE = "mydata:sure"


@dataclass(frozen=True)
class Handed:
    """What somebody has handed in: what goes at once, and what an officer looks at first."""

    gone: list[Registration]
    stays: list[Registration]


async def handed_in(turn: Turn) -> Handed:
    """The person's registrations; where nobody is there to look at them, all go at once."""
    rows = await turn.unit.registrations.of(turn.person)
    stays = [r for r in rows if r.state in DECIDED and await acting(turn, r.plan)]
    return Handed([row for row in rows if row not in stays], stays)


async def ask(turn: Turn, argument: str) -> Reply:
    """Ask once more, saying what goes, what stays and why."""
    handed = await handed_in(turn)
    sure, stay = turn.button("erase-sure", SURE), turn.button("stay", "stay:mydata")
    facts = {
        "open": bool(await turn.unit.drafts.of(turn.person)),
        "passed": bool(await turn.unit.questions.of(turn.person)),
        "gone": [row.code for row in handed.gone],
        "stays": [row.code for row in handed.stays],
        "length": turn.library.rights.done,
        "linked": [each.name for each in await parting.others(turn)],
    }
    return turn.say("data/erase", sure, stay, **facts)


async def erase(turn: Turn, argument: str) -> Reply:
    """Delete, if that is what was asked last; an old button asks again."""
    if SURE not in {button.value for button in turn.offered()}:
        return await ask(turn, "")
    handed, unit, person = await handed_in(turn), turn.unit, turn.person
    await erasing.forget(unit, person)
    for row in handed.gone:
        await blank(turn, row)
    for plan in dict.fromkeys(row.plan for row in handed.stays):
        await unit.requests.add(person, plan, "erase")
        await tell_staff(turn, plan)
    await unit.requests.moot(person)
    person.consents, person.plan = {}, ""
    await unit.people.leave(person, but=(turn.said.channel, turn.said.sender))
    unit.acts.add("erased", person_id=person.id)
    codes = [row.code for row in handed.stays]
    return turn.say(
        "data/erased", turn.button("topics", "topics"), stays=codes, **deadlines(turn, turn.today)
    )


async def staffed(turn: Turn) -> list[str]:
    """The plans of this person that have somebody who could act."""
    rows = await turn.unit.registrations.of(turn.person)
    plans = dict.fromkeys([*(row.plan for row in rows), turn.person.plan])
    return [plan for plan in plans if plan and await acting(turn, plan)]


async def objected(turn: Turn, words: str) -> Reply:
    """Pass an objection on to the staff of each plan that it may be about."""
    for plan in await staffed(turn):
        await turn.unit.requests.add(turn.person, plan, "object", words)
        await tell_staff(turn, plan)
    return turn.say("data/objected", turn.button("mydata", "mydata"), **deadlines(turn, turn.today))
