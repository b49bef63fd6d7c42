"""What somebody wants to be told unasked, and what not. Pure.

What it is about is named ``kind:<plan>/<what>``, or ``kind:<plan>``. Muted may be a plan, an entry
(``<plan>/<entry>``), or a draft or a registration by its own id.
"""

from __future__ import annotations

from typing import Any

from handlers import consent
from storage.audience import Follower
from storage.tables import Person

OFFICE = "office:"  # what officers hear of their work: it needs no consent


def wants(person: Person | Follower, about: str) -> bool:
    """Whether a person lets us tell them of this unasked."""
    wishes, names = person.wishes or {}, named(about)
    if wishes.get("off") or names & {*wishes.get("muted", ())}:
        return False
    asked = bool(names & {*wishes.get("asked", ())})
    return asked or about.startswith(OFFICE) or agreed(person)


def agreed(person: Person | Follower) -> bool:
    """Whether somebody agreed to anything, or was never asked; taken back, it is so for all."""
    return not person.consents or any(map(consent.stands, person.consents.values()))


def named(about: str) -> set[str]:
    """By what names something may be muted."""
    whole = about.partition(":")[2] or about
    plan, _, what = whole.partition("/")
    return {whole, plan, what} - {""}


def listed(person: Person, wish: str) -> list[str]:
    """What stands in one list of somebody's wishes: ``muted``, or ``asked`` for."""
    return [*(person.wishes or {}).get(wish, ())]


def is_off(person: Person) -> bool:
    return bool((person.wishes or {}).get("off"))


def turn_off(person: Person) -> None:
    """From now on nothing leaves for them unasked."""
    change(person, off=True)


def turn_on(person: Person) -> None:
    """All is as it was before anything was turned off or muted."""
    change(person, off=None, muted=None)


def mute(person: Person, name: str) -> None:
    """Nothing more of this, though it was asked for."""
    change(
        person,
        muted=[*dict.fromkeys((*listed(person, "muted"), name))],
        asked=[each for each in listed(person, "asked") if each != name],
    )


def unmute(person: Person, name: str) -> None:
    change(person, muted=[each for each in listed(person, "muted") if each != name])


def ask_for(person: Person, name: str) -> None:
    """They want to be reminded of this; it is muted no more, nor is everything."""
    unmute(person, name)
    change(person, off=None, asked=[*dict.fromkeys((*listed(person, "asked"), name))])


def days(person: Person, plan: str) -> list[int] | None:
    """How many days before a deadline of a plan they want to hear of it; None: as all do."""
    chosen: list[int] | None = (person.wishes or {}).get("days", {}).get(plan)
    return chosen


def choose_days(person: Person, plan: str, chosen: list[int] | None) -> None:
    others = {**(person.wishes or {}).get("days", {}), plan: chosen}
    change(person, days={name: each for name, each in others.items() if each is not None})


def change(person: Person, **wishes: Any) -> None:
    """Keep these wishes; what is empty is none."""
    kept = {**(person.wishes or {}), **wishes}
    person.wishes = {name: wish for name, wish in kept.items() if wish} or None


def stricter(one: dict[str, Any] | None, other: dict[str, Any] | None) -> dict[str, Any] | None:
    """What somebody wants who wished this at one place and that at another: a no stays a no."""
    mine, theirs = one or {}, other or {}
    muted = {*mine.get("muted", ()), *theirs.get("muted", ())}
    asked = {*mine.get("asked", ()), *theirs.get("asked", ())} - muted
    wished = {
        "off": mine.get("off") or theirs.get("off"),
        "muted": sorted(muted),
        "asked": sorted(asked),
        "days": {**theirs.get("days", {}), **mine.get("days", {})},
    }
    return {name: wish for name, wish in wished.items() if wish} or None
