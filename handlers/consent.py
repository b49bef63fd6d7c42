"""Consent: asked before anything personal is kept, for one receiver, taken back at any time."""

from __future__ import annotations

from content.schema import Plan
from handlers.talk import Reply
from handlers.turn import Turn
from storage.tables import Person

VERSION = "1"  # of messages/registration/consent.j2, the words that people agree to


def given(person: Person, plan: Plan) -> bool:
    """Whether the person lets the receiver of this plan's registrations have what they tell."""
    return bool(person.consents.get(plan.registers_with, {}).get("version") == VERSION)


def ask(turn: Turn, plan: Plan) -> Reply:
    """Ask for consent, saying who receives what is told."""
    agree = turn.button("agree", f"consent:yes:{plan.id}")
    return turn.say("registration/consent", agree, turn.button("disagree", "consent:no"), plan=plan)


def agree(turn: Turn, plan: Plan) -> None:
    """Keep a yes, with its words' version and its moment."""
    proof = {"version": VERSION, "at": turn.unit.now.isoformat()}
    turn.person.consents = {**turn.person.consents, plan.registers_with: proof}


async def refuse(turn: Turn) -> Reply:
    """A no keeps nothing; where something is kept, it may be meant to take that back."""
    if turn.person.consents or await turn.unit.questions.of(turn.person):
        sure, stay = turn.button("withdraw", "consent:withdraw"), turn.button("stay", "topics")
        return turn.say("registration/withdraw", sure, stay)
    turn.remember(check=None)
    turn.person.asked = turn.person.asked_at = None
    return turn.say("registration/declined", turn.button("topics", "topics"))


async def withdraw(turn: Turn) -> Reply:
    """Forget what was told, all but the registrations already handed in."""
    for draft in await turn.unit.drafts.of(turn.person):
        await turn.unit.drafts.remove(draft)
    await turn.unit.outbox.erase(turn.person)  # our replies repeat what was told
    await turn.unit.questions.erase(turn.person)
    turn.person.consents, turn.person.profile = {}, {}
    turn.remember(draft=None, check=None, progress=None, then=None)
    sent = await turn.unit.registrations.of(turn.person)
    buttons = [turn.button("mine", "mine")] if sent else []
    return turn.say("registration/withdrawn", *buttons, turn.button("topics", "topics"), sent=sent)
