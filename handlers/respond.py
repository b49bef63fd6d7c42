"""Who answers this message: a button, a command, the open form, or the search. One reply a turn."""

from __future__ import annotations

import re
from dataclasses import replace

from handlers import (
    at_review,
    browse,
    consent,
    corrections,
    drafts,
    eligibility,
    filling,
    linking,
    marks,
    mine,
    moving,
    mydata,
    photos,
    progress,
    reminders,
    reminding,
    screens,
)
from handlers.answers import word
from handlers.asides import asks, is_aside, is_question
from handlers.ask import Found, ask
from handlers.context import Context
from handlers.errors import Invalid
from handlers.heard import NUMBER, command, offered
from handlers.helping import readable, tapping
from handlers.passing import pass_on
from handlers.press import press
from handlers.several import ask_all
from handlers.staff import desk
from handlers.talk import Reply
from handlers.turn import Turn, shows
from handlers.unread import cannot_read, no_words, occupied, unread_at
from handlers.values.percent import is_named
from storage.tables import Draft

CLAUSE = re.compile(r"[,.;:!]")  # what ends the first words of a sentence


async def respond(turn: Turn) -> Reply:
    """The reply to what was said; changes the person, the drafts and the registrations."""
    screens.turn_to(turn.person, turn.place)
    reply = await corrections.dressed(turn, await reply_to(turn))
    if turn.said.kind == "text" or (
        turn.said.photos and reply.buttons
    ):  # after a sticker, the buttons above it are still meant
        shows(turn.person, reply)
    return reply


async def reply_to(turn: Turn) -> Reply:
    said, draft = turn.said, await filling.open_draft(turn)
    text = said.text.strip()
    if said.photos and not await occupied(turn, draft):
        return await photos.taken(turn)
    if unread := cannot_read(turn, text):
        return await unread_at(turn, draft, unread)
    if order := reminders.order(turn, text):
        return await unread_at(turn, draft, await reminders.obey(turn, order))
    pressed = said.value or offered(turn, text)
    at_once = await desk.heard(turn, text, pressed) or await mydata.heard(turn, text, pressed)
    if at_once:
        return at_once
    value = pressed or meant(turn, draft, text) or await named(turn, text)
    if value and not answers_form(turn, draft, text, value):
        return await press(turn, value)
    return await told(turn, text) or await in_words(turn, draft, text)


async def told(turn: Turn, text: str) -> Reply | None:
    """The reply to words that we asked for outside a form, or to a code; None to all else."""
    return (
        await linking.heard(turn, text)
        or await drafts.heard(turn, text)
        or await progress.heard(turn, text)
        or await reminding.heard(turn, text)
    )


async def in_words(turn: Turn, draft: Draft | None, text: str) -> Reply:
    """The reply to words that are no button and no command."""
    checking = eligibility.on_screen(turn)
    form = None if checking else draft
    fills = bool(form and fills_in(turn, form, text))
    free = is_named(text) or not (fills or checking)
    if free and (told := await progress.unprompted(turn, text)):
        return told
    if form and (heard := await in_form(turn, form, text, fills=fills)):
        return heard
    if opening := turn.library.opening(text):
        return await press(turn, opening)
    if consent.on_screen(turn):
        return consent.ask_on(turn, ask(turn.library, text, turn.context()))
    return await in_check(turn, text) if checking else await look_up(turn, text)


async def in_form(turn: Turn, draft: Draft, text: str, *, fills: bool) -> Reply | None:
    """The reply to words that are for the open form; None to all else."""
    shown = fills or at_review.is_shown(turn)
    changed = await at_review.change(turn, draft, text) if shown else None
    return changed or await (fill_in if fills else at_the_review)(turn, draft, text)


async def named(turn: Turn, text: str) -> str:
    """What is meant by the code of a registration; empty where none was typed."""
    return photos.named(turn, text) or await mine.named(turn, text)


def meant(turn: Turn, draft: Draft | None, text: str) -> str:
    """The command that was typed; words about a field are one only while a field is asked."""
    value = (filling.picked(turn, draft, text) if draft else "") or command(turn, text)
    if draft and at_review.names_field(turn, draft, text):
        return ""
    if value not in moving.ABOUT_A_FIELD:
        return value
    filled = filling.of(turn, draft) if draft and not eligibility.on_screen(turn) else None
    return value if filled and (filled.question() or value in at_review.COMMANDS) else ""


def fills_in(turn: Turn, draft: Draft, text: str) -> bool:
    """Whether words are for the form: at a question all are, at the review those with labels."""
    asked = filling.of(turn, draft).question() is not None
    return asked or filling.has_labels(turn, draft, text)


async def in_check(turn: Turn, text: str) -> Reply:
    """Words typed at a check's question: "có, làm năm ngoái" answers it, all else asks."""
    first, *rest = CLAUSE.split(text, maxsplit=1)
    said = offered(turn, first)
    if not said.startswith(eligibility.ANSWERS) or text.endswith("?"):
        return eligibility.heard(turn, text)
    if said.startswith(eligibility.YES) and denies(turn, " ".join(rest)):
        return eligibility.ask_on(turn, turn.library.say("check/hint"))
    return await press(turn, said)


def denies(turn: Turn, text: str) -> bool:
    """Whether any of the words alone would be a no to the check's question."""
    return any(offered(turn, word).startswith(eligibility.NO) for word in text.split())


def answers_form(turn: Turn, draft: Draft | None, text: str, value: str) -> bool:
    """Whether words that are also a button or a command are meant for the open question.

    A number is an answer where a sum or a phone number is asked for, it can be one, and nothing was
    offered to tap; "không có" is one where something has to be filled in.
    """
    step = filling.of(turn, draft).question() if draft else None
    if not (draft and step) or turn.said.value or eligibility.on_screen(turn):
        return False
    if NUMBER.fullmatch(text):
        shown = "form:cancel" in [button.value for button in turn.offered()]  # the question
        asked = step.accept in ("money", "phone", "period")
        can_be = asked and readable(step, text, turn.today)
        return shown and can_be and not tapping(turn, draft, step)
    return value == "form:none" and step.none_is_answer


async def fill_in(turn: Turn, draft: Draft, text: str) -> Reply:
    """Answers to the open form; or a question in the middle of it, answered, and on."""
    step = filling.of(turn, draft).question()
    if step is None or filling.has_labels(turn, draft, text):
        return await at_review.taken(turn, draft, text)
    found = ask(turn.library, text, context_of(turn, draft))
    free = step.accept in ("text", "name")
    if free and is_question(turn, step, text, found):
        return aside(turn, draft, found)
    if free and found.kind == "unknown" and text.endswith("?"):
        return await unanswered(turn, draft, text, found)
    if step.accept == "name" and found.kind == "picked":
        return await press(turn, f"plan:{found.context.plan}")
    try:
        reply = await filling.hear(turn, draft, text)
        return await corrections.answered(turn, draft, step, reply)
    except Invalid as invalid:
        if is_aside(turn, text, found):
            return aside(turn, draft, found)
        if found.kind == "unknown" and asks(turn, text):
            return await unanswered(turn, draft, text, found)
        return filling.missed(turn, draft, invalid)


async def at_the_review(turn: Turn, draft: Draft, text: str) -> Reply | None:
    """The reply to words typed at the review; None to a question, and elsewhere."""
    if not at_review.is_shown(turn):
        return None
    found = ask(turn.library, text, context_of(turn, draft))
    if found.verbatim or asks(turn, text) or is_aside(turn, text, found):
        return None
    return await at_review.fill(turn, draft, text)


def context_of(turn: Turn, draft: Draft) -> Context:
    context = turn.context()
    return context if context.plan else replace(context, plan=draft.plan)


def aside(turn: Turn, draft: Draft, found: Found) -> Reply:
    """Answer a question asked in the middle of a form, and ask the form's own again."""
    answer = word(turn.library, found, turn.today)
    return filling.ask(turn, draft, note=answer.text)


async def unanswered(turn: Turn, draft: Draft, text: str, found: Found) -> Reply:
    """A question in the middle of a form that finds no answer goes to the staff; and on."""
    if await pass_on(turn, text, found):
        return filling.ask(turn, draft, note=turn.library.say("staff/passed_on"))
    return filling.ask(turn, draft, note=word(turn.library, found, turn.today).text)


async def look_up(turn: Turn, text: str) -> Reply:
    """Answer a question; one that finds no answer goes to the staff, where there are any."""
    if not any(letter.isalpha() for letter in text):
        return no_words(turn)
    found = ask_all(turn.library, text, turn.context())
    browse.keep(turn, found.context)
    marks.unmarkable(turn)
    passed = await pass_on(turn, text, found)
    if passed and found.kind == "unknown":
        found = Found("unknown", context=found.context)  # no longer for what it resembled a little
    reply = browse.as_reply(word(turn.library, found, turn.today))
    if passed:
        return replace(reply, text=f"{reply.text}\n{turn.library.say('staff/passed_on')}")
    return await marks.markable(turn, text, found, reply)
