"""One turn of a conversation: who said what, and everything at hand to answer it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from content.library import Library
from content.schema import Plan
from handlers.context import Context
from handlers.talk import Button, Incoming, Reply

if TYPE_CHECKING:  # what needs no memory, such as the settings, starts without the database
    from storage.people import Where
    from storage.tables import Person
    from storage.unit import Unit

if TYPE_CHECKING:
    from handlers.staff.announcing.reach import Reach

HERE = ZoneInfo("Asia/Ho_Chi_Minh")  # the day changes at midnight there, wherever we run


BUSY = (
    "check:",
    "staff:",
    "consent:",
    "mydata:keep:",
    "link:",
)  # buttons of a question that waits for words


def shows(person: Person, reply: Reply) -> None:
    """Remember the buttons that are on the person's screen: typed, they mean the same."""
    offered = [[*vars(button).values()] for button in reply.buttons] or None
    kept = {**person.talk, "offered": offered}
    person.talk = {name: value for name, value in kept.items() if value is not None}


def busy(person: Person) -> bool:
    """Whether what stands on the screen asks for something that may be typed."""
    return any(each[1].startswith(BUSY) for each in person.talk.get("offered", []))


@dataclass
class Turn:
    """What a handler gets. ``person`` is changed in place and saved with the turn."""

    library: Library
    unit: Unit
    person: Person
    said: Incoming
    reach: Reach
    site: str = ""  # the address of our own pages
    others: list[tuple[str, str, Reply]] = field(default_factory=list)  # where, what they hear
    # By channels that have such a rule: how long after they wrote people may be told something.
    windows: Mapping[str, timedelta] = field(default_factory=dict)

    @property
    def today(self) -> date:
        return self.unit.now.astimezone(HERE).date()

    @property
    def place(self) -> Where:
        """From where it was said."""
        return self.said.channel, self.said.sender

    @property
    def plan(self) -> Plan | None:
        """The plan that the person last talked about, if it (still) exists."""
        return self.library.plans.get(self.person.plan)

    def context(self) -> Context:
        """What was just talked about."""
        plan = self.plan
        return Context.from_json(plan.id if plan else "", self.person.talk.get("context", {}))

    def remember(self, **talk: object) -> None:
        """Keep these for the next turn; None forgets."""
        kept = {**self.person.talk, **talk}
        self.person.talk = {name: value for name, value in kept.items() if value is not None}

    def offered(self) -> list[Button]:
        """The buttons that are on the screen."""
        return [Button(*button) for button in self.person.talk.get("offered", [])]

    def waiting(self) -> Sequence[Button]:
        """The buttons of what is asked and may be answered in words; none where nothing is."""
        return self.offered() if busy(self.person) else ()

    def say(self, key: str, *buttons: Button, **facts: object) -> Reply:
        """A reply in the words of a message template."""
        return Reply(self.library.say(key, **facts), buttons)

    def button(self, label: str, value: str) -> Button:
        """A button in the words of the labels file."""
        return Button(self.library.labels[label], value)

    def plan_buttons(
        self, value: str = "plan", plans: Iterable[Plan] | None = None
    ) -> Iterable[Button]:
        """A button for each of these plans, or of all."""
        listed = self.library.plans.values() if plans is None else plans
        return (Button(plan.label, f"{value}:{plan.id}") for plan in listed)
