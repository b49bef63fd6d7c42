"""What goes out unasked, in words; and the words and buttons by which people stop it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from content.entries import MAX_ANSWER
from content.fold import composed, fold
from content.library import Library
from handlers import wishes
from handlers.deadlines import ABOUT, DONE, term_of
from handlers.heard import offered
from handlers.notices import Notice
from handlers.talk import Button, Reply
from handlers.turn import Turn

ORDERS = ("quiet:all", "quiet:off")  # typed, they are obeyed whatever else is open
ROOM = MAX_ANSWER - 80  # characters of a digest for its lines
DOORS = 3  # of a digest, into what it tells of


def message(library: Library, notices: Sequence[Notice]) -> tuple[Reply, Sequence[Notice]]:
    """One message of the first notices, and those of which it tells; the others have to wait."""
    if len(notices) == 1:
        only = notices[0]
        return Reply(library.say(f"remind/{only.message}", **only.facts), only.buttons), notices
    lines: list[str] = []
    doors: dict[str, Button] = {}
    for each in notices:
        line = library.say(f"remind/line/{each.message}", **each.facts)
        if lines and sum(map(len, lines)) + len(line) > ROOM:
            break
        lines.append(line)
        doors.setdefault(each.door.label, each.door)
    buttons = (*[*doors.values()][:DOORS], Button(library.labels["reminders"], "remind"))
    return Reply(library.say("remind/digest", wordings=lines), buttons), notices[: len(lines)]


async def press(turn: Turn, about: str) -> Reply:
    """Remind the person no more: of this one, or of nothing at all; or again."""
    if about == "off":
        wishes.turn_on(turn.person)
        return turn.say("remind/loud", turn.button("reminders", "remind"))
    if about and about != "all":
        wishes.mute(turn.person, about)
        again = turn.button("loud", f"remind:on:{about}")
        return turn.say("remind/quiet", again, turn.button("reminders", "remind"))
    wishes.turn_off(turn.person)
    return turn.say("remind/stopped", turn.button("loud", "quiet:off"))


async def done(turn: Turn, name: str) -> Reply:
    """Somebody has handed in what a deadline is for: they hear no more of it."""
    plan_id, _, entry_id = name.partition("/")
    term = term_of(turn.library.plans.get(plan_id), entry_id)
    if term is None:
        return turn.say("remind/gone", turn.button("reminders", "remind"))
    await turn.unit.told.add(turn.person.id, f"{ABOUT}{name}", [DONE], term.day)
    again = turn.button("not-done", f"remind:{name}")
    return turn.say("remind/done", again, turn.button("reminders", "remind"), due=term)


def order(turn: Turn, text: str) -> str:
    """The order to stop or to go on with whatever goes out unasked, typed as the whole message.

    Without diacritics "dung" may be "đúng": where that answers what is asked, it does.
    """
    typed = composed(text.strip())
    if turn.said.value or (offered(turn, typed) and typed.islower() and fold(typed) == typed):
        return ""
    return next((w.value for w in turn.library.meant(typed) if w.value in ORDERS), "")


async def obey(turn: Turn, value: str) -> Reply:
    """Stop at once, or go on; what waits for words on the screen waits on."""
    reply = await press(turn, value.partition(":")[2])
    return replace(reply, buttons=(*turn.waiting(), *reply.buttons))
