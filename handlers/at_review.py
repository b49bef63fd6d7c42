"""Words typed at the review of a form: a field to change, one that is missing, or neither."""

from __future__ import annotations

from itertools import dropwhile

from content.fold import plain
from content.schema import Form, Step
from handlers import filling
from handlers.errors import Invalid
from handlers.pasted import known
from handlers.talk import Reply
from handlers.turn import Turn
from storage.tables import Draft

COMMANDS = ("form:again", "form:fields", "form:later")  # words about a field that mean it here, too
CHANGE = {"sua", "doi", "chinh"}
AROUND = {*CHANGE, "cho", "xin", "giup", "lai", "muc", "minh", "em", "toi"}
INTO = {"thanh", "la", "lai"}


def is_shown(turn: Turn) -> bool:
    """Whether the review of a form is what stands on the screen."""
    return any(button.value == "form:fields" for button in turn.offered())


def names_field(turn: Turn, draft: Draft, text: str) -> bool:
    """Whether words are for changing a field of the form that is on the screen."""
    return filling.on_screen(turn) and meant(turn, draft, text) is not None


def meant(turn: Turn, draft: Draft, text: str) -> tuple[Step, str] | None:
    """The field that words are for changing, and what it is to say, if that is said.

    While another is asked, "sửa công trình thuỷ lợi" may well be the answer: there it must be one
    that has an answer, named alone or with "thành".
    """
    found = to_change(filling.form_of(turn, draft), text)
    filled = filling.of(turn, draft)
    if found is None or filled.question() is None:
        return found
    step, value = found
    plainly = not value or INTO.intersection(plain(text).split())
    return found if plainly and step.id in filled.answers else None


async def change(turn: Turn, draft: Draft, text: str) -> Reply | None:
    """Change the field that the words name, or ask it again; None where they name none."""
    named = meant(turn, draft, text)
    if named is None:
        return None
    step, value = named
    filled = filling.of(turn, draft)
    at = filled.edit(step.id) if step.id in filled.answers else filled.rest()
    filling.keep(turn, draft, at)
    return await taken(turn, draft, value) if value else filling.ask(turn, draft)


async def fill(turn: Turn, draft: Draft, text: str) -> Reply:
    """Take the words for the first field that is missing; where none is, say what may be typed."""
    filled = filling.of(turn, draft)
    if not filled.missing():
        return filling.ask(turn, draft, note=turn.library.say("form/at_review"))
    filling.keep(turn, draft, filled.rest())
    return await taken(turn, draft, text)


async def taken(turn: Turn, draft: Draft, text: str) -> Reply:
    """Words that can only be answers."""
    try:
        return await filling.hear(turn, draft, text)
    except Invalid as invalid:
        return filling.missed(turn, draft, invalid)


def to_change(form: Form, text: str) -> tuple[Step, str] | None:
    """The field that "sửa nơi thực hiện thành …" names, and what it is to say, if it is said."""
    said = text.replace(":", " ").split()
    left = [*dropwhile(lambda word: plain(word) in AROUND, said)]
    if not CHANGE.intersection(plain(word) for word in said[: len(said) - len(left)]):
        return None
    named = known(form)[1]
    for end in range(len(left), 0, -1):
        if step := named.get(plain(" ".join(left[:end]))):
            return step, " ".join(dropwhile(lambda word: plain(word) in INTO, left[end:]))
    return None
