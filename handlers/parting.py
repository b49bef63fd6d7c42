"""Undoing the link of a channel: who writes from there is somebody new, and all else stays."""

from __future__ import annotations

from dataclasses import dataclass

from handlers import screens
from handlers.reaching import name, put
from handlers.talk import Button, Reply
from handlers.turn import Turn
from storage import joining
from storage.people import Where

SURE = "link:sure:"


@dataclass(frozen=True)
class Linked:
    """One of a person's places. Of several on one channel, each has a number in its name."""

    place: Where
    name: str
    here: bool

    @property
    def mark(self) -> str:
        return screens.mark(self.place)


async def linked(turn: Turn) -> list[Linked]:
    """The person's places; the one from where they write now first."""
    places = sorted(await turn.unit.people.places([turn.person.id]))
    channels = [channel for channel, _ in places]
    found = []
    for at, place in enumerate(places):
        number = f" {1 + channels[:at].count(place[0])}" if channels.count(place[0]) > 1 else ""
        called = f"{name(turn.library, place[0])}{number}"
        found.append(Linked(place, called, place == turn.place))
    return sorted(found, key=lambda each: not each.here)


async def others(turn: Turn) -> list[Linked]:
    """The person's places but this one."""
    return [each for each in await linked(turn) if not each.here]


async def ask(turn: Turn, mark: str) -> Reply:
    """Ask once more, saying what stays where; without a mark, about the place itself."""
    every = await linked(turn)
    meant = next((each for each in every if each.mark == mark), every[0])
    if len(every) == 1:
        return turn.say("link/alone", turn.button("link", "link"), turn.button("topics", "topics"))
    sure = turn.button("part-sure", f"{SURE}{meant.mark}")
    label = turn.library.labels["part-other"]
    rest = [
        Button(f"{label} {each.name}", f"link:part:{each.mark}") for each in every if each != meant
    ]
    facts = {
        "name": meant.name,
        "here": meant.here,
        "names": [each.name for each in every if each != meant],
        "officer": bool(await turn.unit.staff.of(turn.person)),
    }
    return turn.say("link/part", sure, *rest, turn.button("stay", "stay:mydata"), **facts)


async def part(turn: Turn, mark: str) -> Reply:
    """Undo it, if that is what was asked last; an old button asks again."""
    every = await linked(turn)
    meant = next((each for each in every if each.mark == mark), None)
    shown = {button.value for button in turn.offered()}
    if meant is None or len(every) == 1 or f"{SURE}{mark}" not in shown:
        return await ask(turn, mark)
    new = await joining.part(turn.unit, turn.person, meant.place)
    screens.leave(turn.person, meant.place)
    turn.unit.acts.add("parted", person_id=turn.person.id)
    buttons = turn.button("topics", "topics"), turn.button("link", "link")
    facts = {"name": meant.name, "names": [each.name for each in every if each != meant]}
    if meant.here:
        turn.person = new
        return turn.say("link/parted", *buttons, **facts)
    put(turn, new, meant.place, turn.say("link/let_go", *buttons))
    return turn.say("link/parted_other", turn.button("mydata", "mydata"), **facts)
