"""What every channel is: three functions and a record of abilities; and how replies are fitted."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Awaitable, Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any, Protocol, runtime_checkable

from handlers.errors import ThiDuaError
from handlers.talk import PICTURES, Incoming, Made, PaperFormat, Reply

# Stores what was heard; returns once it is safe on disk, so that the update may be acknowledged.
Hear = Callable[[Sequence[Incoming]], Awaitable[None]]


@dataclass(frozen=True)
class Abilities:
    """What a channel can show, and how fast it may be used."""

    max_text: int  # characters in one message
    max_buttons: int = 0  # 0: none, choices become numbered lines
    max_label: int = 20  # characters on a button
    replay: bool = False  # settled messages are shown from our memory, again and again
    home: bool = False  # on our own pages, which need no address to link to one another
    pace: float = 0  # messages a second overall; 0: no limit
    max_picture: int = 0  # bytes; 0: it shows none
    max_file: int = 0  # the same of any other file, or of a picture sent as one
    linked_pictures: int = 0  # of one message, shown by their address on our pages
    certain: bool = True  # who is written to notices it, and not only at their next visit
    cost: int = 0  # rank among channels: what nobody asked for goes by the lowest
    quota: int = 0  # messages a month, answers first; 0: no limit
    people: int = 0  # who may ever write to us there; 0: anybody
    window: timedelta | None = None  # only so long after they wrote; None: at any time
    belated: bool = False  # but what is somebody's own may come later, in a form of its own
    answers: timedelta | None = None  # the same of what staff answer; None: as unasked
    formats: tuple[str, ...] = ()  # of what goes along, pictures as such; none: any

    def shows(self, form: PaperFormat) -> bool:
        """Whether papers of this format go along with a reply, if they are not too large."""
        if self.formats and form not in self.formats:
            return False
        return bool(self.max_file or (form in PICTURES and self.max_picture))

    def room(self, reply: Reply) -> int:
        """How long the words of a reply may be in one message."""
        return self.max_text - min(ROOM * len(reply.papers), self.max_text // 2)

    def takes(self, made: Made) -> bool:
        """Whether this very paper goes along."""
        picture = is_picture(made)
        as_file = 0 if self.formats and picture else self.max_file
        return len(made.content) <= max(as_file, self.max_picture if picture else 0)


def is_picture(made: Made) -> bool:
    """Whether a paper is to be looked at, and not kept."""
    return made.name.rpartition(".")[2] in PICTURES


class Channel(Protocol):
    """A door to a messaging platform."""

    name: str
    can: Abilities

    def trusts(self, headers: Mapping[str, str], body: bytes) -> bool:
        """Whether a webhook call was made by the platform. Pure; compares in constant time."""
        ...

    def read(self, update: Mapping[str, Any]) -> Iterable[Incoming]:
        """What one raw update says to us; nothing where silence is the right answer. Pure."""
        ...

    async def send(self, address: str, reply: Reply, files: Sequence[Made] = ()) -> str | None:
        """Send one fitted reply, with the papers that go along; what the platform calls it, where
        it can be edited.

        Raise SendFailed or one of its kinds where it did not arrive.
        """
        ...


@dataclass(frozen=True)
class Checkup:
    """What a platform says of us when it is asked: as whom it knows us, and how updates come."""

    known_as: str  # the name that belongs to our token
    hook: str | None = None  # where it brings updates to; empty: nowhere; None: it does not say
    left: int | None = None  # messages that it still takes from us; None: it does not say
    troubles: tuple[str, ...] = ()  # what went wrong lately, in its own words
    troubled_at: datetime | None = None  # the last time, where it says
    waiting: int = 0  # updates that it has for us
    missing: tuple[str, ...] = ()  # what it does not tell us of, though we need it


@runtime_checkable
class Ailing(Protocol):
    """A channel that may need its operator's help while everything else goes on."""

    def troubles(self) -> Sequence[str]:
        """What is wrong now, in operators' words."""
        ...


class NoPhoto(ThiDuaError):
    """The platform does not have this photo any more, and never will."""


@runtime_checkable
class Shows(Protocol):
    """A channel on which people send photos."""

    async def fetch(self, reference: str) -> bytes:
        """The photo that an update named; raise NoPhoto where that is in vain, else anything."""
        ...


@runtime_checkable
class Editing(Protocol):
    """A channel on which a message that was sent can be changed in its place."""

    can: Abilities

    async def edit(self, address: str, ref: str, reply: Reply) -> None:
        """Put a fitted reply where the message of that name stands; raise SendFailed or one of its
        kinds where that was not done.
        """
        ...


@runtime_checkable
class Belated(Protocol):
    """A channel that has a form for what comes after its window."""

    async def send_late(self, address: str, reply: Reply) -> str | None:
        """Tell somebody of what is their own; raise as ``send`` does."""
        ...


LONGEST = 100_000  # characters of a text that are kept
LINE_END = re.compile("[\u2028\u2029]")  # as some programs paste it
UNWANTED = re.compile(  # control characters; half ones; what is not seen, or turns words round
    r"[\x00-\x08\x0b-\x1f\x7f-\x9f\xad\ud800-\udfff"
    r"\u061c\u200b\u200c\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]"
)


def cleaned(text: str) -> str:
    """What was typed in composed letters, without what is not seen but line ends and tabs.

    Nor is anything left that shows words in another order than they stand: who reads a form sees
    what is in it.
    """
    text = LINE_END.sub("\n", text[:LONGEST])
    return unicodedata.normalize("NFC", UNWANTED.sub("", text))


def part(whole: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    """The object of that name within another; an empty one where there is none."""
    found = whole.get(name)
    return found if isinstance(found, dict) else {}


CUTS = (  # the best places to cut a text first
    re.compile(r"\n+"),
    re.compile(r"(?m)(?<=[.!?…:;])(?<!^\d\.)(?<!^\d\d\.)\s+"),  # but a number keeps its line
    re.compile(r"\s+"),
)


ROOM = 400  # characters left free for each paper: where it cannot go along, words say where it is


def fit(reply: Reply, can: Abilities) -> Iterator[Reply]:
    """Make a reply fit a channel: buttons it cannot show become numbered lines, long text is split.

    Counts characters, not bytes (Vietnamese letters take up to three), of the composed form.
    Papers stay with the last part; what becomes of them is seen when they are made.
    """
    text = reply.text
    buttons = tuple(button for button in reply.buttons if not button.tucked)
    if len(buttons) > can.max_buttons:
        buttons = tuple(button for button in buttons if not button.small)
    if len(buttons) > can.max_buttons:
        listed = (button for button in reply.buttons if not button.small)
        text += "\n" + "".join(f"\n{numbered(n, b.label)}" for n, b in enumerate(listed, start=1))
        buttons = ()
    *first, last = split(unicodedata.normalize("NFC", text), can.room(reply))
    yield from (Reply(part) for part in first)
    buttons = tuple(replace(button, label=button.label[: can.max_label]) for button in buttons)
    yield replace(reply, text=last, buttons=buttons)


def numbered(number: int, label: str) -> str:
    """A choice as a line; some are numbered already."""
    return label if label.startswith(f"{number}. ") else f"{number}. {label}"


def split(text: str, limit: int) -> list[str]:
    """Cut a text into parts of at most ``limit`` characters, none of them empty."""
    parts: list[str] = []
    text = text.strip()
    while len(text) > limit:
        cut = place_to_cut(text, limit)
        parts.append(text[:cut].rstrip())
        text = text[cut:].lstrip()
    return [*parts, text]


def place_to_cut(text: str, limit: int) -> int:
    """At the end of a line, else of a sentence, else between words; in a word if all are early."""
    for end in CUTS:
        found = [match.start() for match in end.finditer(text, 0, limit + 1)]
        if found and found[-1] > limit // 3:
            return found[-1]
    return limit
