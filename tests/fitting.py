"""Whether a reply is one message on each channel, with all that it says there."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping

from bot.channels.base import Abilities, fit
from bot.channels.limits import TABLES, abilities
from bot.channels.web import WebChannel
from content.fold import plain
from handlers.talk import MAX_VALUE, Button, Reply

CHANNELS: Mapping[str, Abilities] = {
    WebChannel.name: WebChannel.can,
    **{name: abilities(name) for name in TABLES},
}


def faults(reply: Reply) -> list[str]:
    """What is wrong with a reply where it is shown, on any channel."""
    return [f"{name}: {why}" for name, can in CHANNELS.items() for why in wrong(reply, can)]


def wrong(reply: Reply, can: Abilities) -> Iterator[str]:
    """What a channel would show badly, or not at all."""
    *first, last = fit(reply, can)
    if first:
        yield f"{len(first) + 1} messages ({len(reply.text)} characters)"
    longest = max(len(each.text) for each in (*first, last))
    if longest > can.max_text:
        yield f"{longest} characters in a message"
    said = "\n".join(each.text for each in (*first, last))
    if solid(reply.text) not in solid(said):
        yield "words are lost"
    yield from badly_tapped(last.buttons, can)
    meant = [button for button in reply.buttons if not button.tucked]
    if last.buttons:
        kept = [button.value for button in last.buttons]
        if kept != [button.value for button in meant if not button.small or button.value in kept]:
            yield f"buttons are lost: {kept}"
    elif listed := [button.label for button in reply.buttons if not button.small]:
        lines = last.text.split("\n")[-len(listed) :]
        bare = [label.removeprefix(f"{number}. ") for number, label in enumerate(listed, start=1)]
        if lines != [f"{number}. {label}" for number, label in enumerate(bare, start=1)]:
            yield f"not the choices: {lines}"


def badly_tapped(buttons: tuple[Button, ...], can: Abilities) -> Iterator[str]:
    """What is wrong with buttons as they are shown."""
    labels = [button.label for button in buttons]
    if len(labels) > can.max_buttons:
        yield f"{len(labels)} buttons"
    if len({plain(label) for label in labels}) < len(labels):
        yield f"buttons that read the same: {labels}"
    yield from (f"a label too long: {label}" for label in labels if len(label) > can.max_label)
    values = (button.value for button in buttons)
    yield from (f"a value too long: {v}" for v in values if len(v.encode()) > MAX_VALUE)


def cut(reply: Reply) -> list[str]:
    """Labels that some channel cuts."""
    shortest = min(can.max_label for can in CHANNELS.values() if can.max_buttons)
    return [button.label for button in reply.buttons if len(button.label) > shortest]


def solid(text: str) -> str:
    """The text without its white space: what must be there however it was cut."""
    return "".join(unicodedata.normalize("NFC", text).split())
