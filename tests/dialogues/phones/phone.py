"""What the phones of all platforms do alike: type, tap, and keep what stands on their screens."""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, ClassVar

from bot.channels.base import Abilities
from handlers.talk import Incoming, Made, Reply

Show = Callable[[str, Reply, Sequence[Made]], None]
Update = Mapping[str, Any]
LINK = re.compile(r"\n+.* mở được trong \d+ giờ, .*: http\S+")  # to a paper, where no file goes

CHANNEL = "^< (– Trò chuyện|Nhắn được) qua: .*"  # each tells its own
LATER = r"^! |^~ .*(giờ|ngày)"  # when some platforms hold back what nobody asked for


class NotThere(Exception):
    """What was to be tapped stands on an older screen, where that platform has nothing to tap."""


class Phone:
    """Everybody's phone on one platform; mixed with its adapter, whose wires lead to ``arrives``.

    Left out are dialogues that can only be had elsewhere: with photos and other things that are no
    words, which each platform tells of in its own way, and between several platforms.
    """

    name: str
    can: Abilities
    leaves_out: ClassVar[str] = r"^(> !|@.*/|\*)"  # dialogues with such a line
    alike: ClassVar[dict[str, str]] = {}  # what of the bot's lines differs there, by design

    def __init__(self, show: Show, run: str) -> None:
        self.show, self.run = show, run
        self.count = itertools.count(1)
        self.people: dict[str, str] = {}  # by their addresses
        self.buttons: dict[str, dict[str, str]] = {}  # address: label → value, all ever shown

    def read(self, update: Update) -> Iterable[Incoming]:
        """The adapter's."""
        raise NotImplementedError

    def typed(self, address: str, number: str, words: str) -> Update:
        """An update: somebody typed this."""
        raise NotImplementedError

    def tapped(self, address: str, number: str, label: str) -> Update:
        """An update: somebody tapped this; raise NotThere or KeyError where they cannot."""
        raise NotImplementedError

    @classmethod
    def plays(cls, script: str) -> bool:
        """Whether a dialogue can be had there."""
        return not re.search(cls.leaves_out, script, re.MULTILINE)

    @classmethod
    def differs(cls, line: str) -> str:
        """A line of a dialogue as it is read there."""
        if line.startswith("<"):
            for written, read in {CHANNEL: "< – …", **cls.alike}.items():
                line = re.sub(written, read, line)
        return line

    def value(self, address: str, label: str) -> str:
        """What lies behind the last button with that label; raise KeyError."""
        return self.buttons[address][label]

    def place_of(self, person: str) -> str:
        """Where somebody is reached."""
        known = {who: address for address, who in self.people.items()}
        address = known.get(person) or self.new_address(len(known) + 1)
        self.people[address] = person
        return address

    def new_address(self, number: int) -> str:
        return f"6ede{number:016}"

    def says(self, line: str, person: str) -> list[Incoming]:
        """What a line of a dialogue is to us; raise as ``tapped`` does."""
        address, number = self.place_of(person), f"{self.run}-{next(self.count)}"
        if line.startswith("[") and line.endswith("]"):
            update = self.tapped(address, number, line[1:-1])
        else:
            update = self.typed(address, number, line)
        return [*self.read(update)]

    def photos(self, sender: str, count: int, caption: str) -> list[Incoming]:
        """Photos sent together."""
        raise NotImplementedError

    def arrives(self, address: str, reply: Reply, files: Sequence[Made] = ()) -> None:
        """A message is there to be read."""
        person = self.people[address]
        offered = self.buttons.setdefault(address, {})
        offered.update({button.label: button.value for button in reply.buttons})
        self.show(person, Reply(LINK.sub("", reply.text), reply.buttons), files)
