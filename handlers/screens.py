"""What stands on which screen, for somebody who talks at several places. Pure.

What is on the screen in front of them is ``offered`` in their talk, as with everybody; the others
wait until they write from there again.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from handlers.talk import Button
from storage.people import Where
from storage.tables import Person


def mark(place: Where) -> str:
    """What a button or a talk calls a place by, without saying where it is."""
    return hashlib.sha256("\n".join(place).encode()).hexdigest()[:12]


def turn_to(person: Person, place: Where) -> None:
    """They write from here now: what they type means what is on this screen."""
    here = person.talk.get("here")
    if here in (None, mark(place)):
        return
    screens = {**person.talk.get("screens", {}), here: person.talk.get("offered", [])}
    offered = screens.pop(mark(place), [])
    keep(person, mark(place), offered, screens)


def begin(person: Person, place: Where) -> None:
    """From now on they may write from several places; so far it was from this one."""
    person.talk = {"here": mark(place), **person.talk}


def leave(person: Person, place: Where) -> None:
    """This place is theirs no more."""
    screens = {**person.talk.get("screens", {})}
    here, offered = person.talk.get("here"), person.talk.get("offered", [])
    screens.pop(mark(place), None)
    if here == mark(place):
        here, offered = next(iter(screens.items()), (None, []))
        screens.pop(here, None)
    keep(person, here, offered, screens)


def add(person: Person, place: Where, buttons: Iterable[Button]) -> None:
    """More came to what they see there, beside what they do. What can be typed then: the numbers
    are those of this message, labels also of the one before.
    """
    here = person.talk.get("here") in (None, mark(place))
    screens = {**person.talk.get("screens", {})}
    before = person.talk.get("offered", []) if here else screens.get(mark(place), [])
    new = [*buttons]
    if not new:
        return
    every = *new, *(replace(Button(*each), small=True) for each in before)
    both = [[*vars(button).values()] for button in every]
    if here:
        person.talk = {**person.talk, "offered": both}
    else:
        person.talk = {**person.talk, "screens": {**screens, mark(place): both}}


def keep(person: Person, here: str | None, offered: list[Any], screens: dict[str, Any]) -> None:
    known = {**person.talk, "here": here, "offered": offered, "screens": screens}
    person.talk = {name: value for name, value in known.items() if value or name not in OURS}


OURS = ("here", "offered", "screens")
