"""The shared words of a conversation: what was heard, what is said. Imports nothing of ours."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Literal

Kind = Literal[
    "text",  # words typed, or a button pressed
    "edited",  # an earlier message, changed afterwards
    "sticker",
    "photo",
    "voice",  # voice notes, audio, round videos
    "file",  # documents, videos
    "unreadable",  # the platform tells us that something was sent, and not what
    "other",  # contacts, places, polls and whatever comes next
    "group",  # addressed to us in a group, where nothing personal is talked about
]

MAX_VALUE = 64  # bytes a button's value may take (Telegram's callback_data)


@dataclass(frozen=True)
class Incoming:
    """One thing a person sent us, whatever the channel.

    ``id`` is unique in its channel and the same when the update is delivered again.
    ``sender`` is the address that replies go to. ``value`` is that of a pressed button.
    """

    channel: str
    id: str
    sender: str
    text: str = ""
    value: str = ""
    kind: Kind = "text"
    photos: tuple[str, ...] = ()  # by what the channel gives them to us
    album: str = ""  # the same of photos that were sent together, each an update of its own

    @classmethod
    def from_json(cls, body: dict[str, Any]) -> Incoming:
        """What was heard, as it was remembered."""
        return cls(**{**body, "photos": tuple(body.get("photos", ()))})


@dataclass(frozen=True)
class Button:
    """Something to tap: the label people read (≤ 20 characters), the value we get back.

    A small one stands beside what is said, and is left out where there is nothing to tap. A tucked
    one is left out where there is: it works typed, or is shown when others are asked for.
    """

    label: str
    value: str
    small: bool = False
    tucked: bool = False

    def as_json(self) -> dict[str, Any]:
        return {name: value for name, value in vars(self).items() if value is not False}


PaperFormat = Literal["png", "jpg", "webp", "pdf", "docx", "xlsx", "csv", "zip", "json", "txt"]
PICTURES = ("png", "jpg", "webp")  # to be looked at, and not kept


@dataclass(frozen=True)
class Paper:
    """A paper that goes with a reply: a picture to look at, or a file.

    It is only named, and made when it leaves, so that what waits or stays in the queue holds
    nothing of it: ``of`` is ``draft:<id>``, ``registration:<code>``, ``registrations:<plan>``,
    ``mydata:``, ``photo:<number>``, ``photos:``, ``broadcast:<number>``, ``attached:<number>``.
    """

    of: str
    format: PaperFormat

    def as_json(self) -> dict[str, Any]:
        return {"of": self.of, "format": self.format}


@dataclass(frozen=True)
class Made:
    """A paper as it is handed over: what its file is called, and what is in it."""

    name: str
    content: bytes


News = Literal["", "open", "private"]


@dataclass(frozen=True)
class Reply:
    """One message to a person; without words it is silence.

    ``board``: it tells how far this broadcast is, and is kept true where messages can be edited.
    ``news``: it answers nothing that they just said; private where a locked screen, which anybody
    may read, is to show no word of it.
    ``picture``: the address of one that is shown with it, on its way out only.
    """

    text: str
    buttons: tuple[Button, ...] = field(default=())
    papers: tuple[Paper, ...] = field(default=())
    board: int = 0
    news: News = field(default="", compare=False)
    picture: str = ""

    def as_json(self) -> dict[str, Any]:
        body: dict[str, Any] = {
            "text": self.text,
            "buttons": [button.as_json() for button in self.buttons],
        }
        if self.papers:
            body["papers"] = [paper.as_json() for paper in self.papers]
        if self.board:
            body["board"] = self.board
        if self.news:
            body["news"] = self.news
        return body

    @classmethod
    def from_json(cls, body: dict[str, Any]) -> Reply:
        """The reply that ``as_json`` wrote."""
        return cls(
            body["text"],
            tuple(Button(**button) for button in body["buttons"]),
            tuple(Paper(**paper) for paper in body.get("papers", ())),
            body.get("board", 0),
            body.get("news", ""),
        )
