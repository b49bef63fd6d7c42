"""The shape of what leads the talk: commands, small talk, topics, labels. Strict, frozen."""

from __future__ import annotations

from typing import Literal

from content.entries import Label, Slug, Strict, Text


class Word(Strict):
    """Something people say to get somewhere: a command, and the words that mean the same."""

    value: Text  # the value of the button that does it
    command: str = ""  # in Telegram's list, without the slash
    description: str = ""
    says: tuple[Text, ...] = ()
    opens: tuple[Text, ...] = ()  # what begins with these words is meant too, whatever follows
    offered: bool = False  # meant so only while that button is on the screen
    staff: bool = False  # for officers; nobody else is told of it


class Words(Strict):
    """All commands, the words for moving about in a form, and those that only make them polite."""

    words: tuple[Word, ...]
    polite: tuple[Text, ...] = ()


class Chat(Strict):
    """A question that no entry answers: a greeting, a foreign subject, what dates tell."""

    id: Slug
    kind: Literal["smalltalk", "unknown", "plans", "upcoming", "now", "ends"]
    firm: bool = False  # stands even where our matter is spoken of
    say: str = ""  # empty where the answer is derived
    ask: tuple[Text, ...]


class Chats(Strict):
    chats: tuple[Chat, ...]


class Topic(Strict):
    """A subject to tap, and the kinds of entries that belong to it."""

    id: Slug
    label: Label
    kinds: tuple[str, ...]


class Topics(Strict):
    topics: tuple[Topic, ...]


class Labels(Strict):
    """What stands on the buttons that belong to no plan."""

    labels: dict[Slug, Label]
