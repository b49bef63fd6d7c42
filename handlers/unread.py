"""What has no words, or too many: said kindly, with what is asked asked again."""

from __future__ import annotations

from dataclasses import replace

from handlers import consent, eligibility, filling
from handlers.answers import topics
from handlers.staff import desk
from handlers.talk import Reply
from handlers.turn import Turn
from storage.tables import Draft

CALLED = 3  # offices that are named for somebody to call
MOST = 2000  # characters of one message that are read; the longest form field takes as many


async def occupied(turn: Turn, draft: Draft | None) -> bool:
    """Whether what stands on the screen asks for something that no photo answers."""
    filling_in = draft and filling.on_screen(turn)
    checking = eligibility.on_screen(turn)
    agreeing = consent.on_screen(turn) and not turn.person.talk.get("then")
    return bool(filling_in or checking or agreeing or await desk.asked_again(turn))


async def unread_at(turn: Turn, draft: Draft | None, unread: Reply) -> Reply:
    """What cannot be read is said, and the open question asked again: nothing is lost."""
    if eligibility.on_screen(turn):
        return eligibility.ask_on(turn, unread.text)
    if again := await desk.asked_again(turn):
        return replace(again, text=f"{unread.text}\n{again.text}")
    return filling.ask(turn, draft, note=unread.text) if draft else unread


def cannot_read(turn: Turn, text: str) -> Reply | None:
    """What to say to a message that has no words, or too many; None where it can be read."""
    if turn.said.kind == "unreadable":
        heard = bool(turn.person.plan or turn.person.talk)  # so the platform lets us read them
        facts = {"site": turn.site, "contacts": contacts(turn), "heard": heard}
        return turn.say("kind/unreadable", **facts)
    if turn.said.kind != "text":
        return turn.say(f"kind/{turn.said.kind}")
    if len(text) > MOST:
        return turn.say("kind/too_long", *turn.waiting(), length=len(text), most=MOST)
    if not turn.said.value and not any(letter.isalnum() for letter in text):
        return no_words(turn)
    return None


def contacts(turn: Turn) -> list[str]:
    """Whom to call instead, as far as the plans say: who was never read has chosen none."""
    plans = [turn.plan] if turn.plan else turn.library.plans.values()
    return [*dict.fromkeys(plan.contact for plan in plans if plan.contact)][:CALLED]


def no_words(turn: Turn) -> Reply:
    """Nothing to read; or a number, perhaps of a button that is not there."""
    buttons = turn.offered()
    if buttons and turn.said.text.strip().isdecimal():
        return turn.say("kind/number", *buttons, most=sum(not button.small for button in buttons))
    return turn.say("kind/empty", *(turn.waiting() or topics(turn.library, turn.plan)))
