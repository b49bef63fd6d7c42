"""Consent: asked before anything personal is kept, for one receiver, taken back at any time."""

from __future__ import annotations

import hashlib
from typing import Any

from content.library import Library
from content.schema import Plan
from content.templates import CONSENT
from handlers.answers import word
from handlers.ask import Found
from handlers.talk import Reply
from handlers.turn import Turn
from storage import erasing
from storage.tables import Person

YES = "consent:yes:"
VAGUE = ("choose", "plan", "picked")  # what a question may come to that is no answer yet


def given(library: Library, person: Person, plan: Plan) -> bool:
    """Whether the receiver of this plan's registrations may have what the person tells.

    By the words that are asked with now: who agreed to earlier ones is asked anew.
    """
    proof = person.consents.get(plan.registers_with, {})
    return stands(proof) and proof["version"] == library.rights.consent


def stands(proof: dict[str, Any]) -> bool:
    """Whether somebody agreed and has not taken it back."""
    return bool(proof) and "withdrawn" not in proof


def wording(library: Library, version: str, plan: Plan) -> str:
    """The words that people agree to, of this version or of an earlier one."""
    return library.say(f"{CONSENT}{version}", plan=plan)


def ask(turn: Turn, plan: Plan) -> Reply:
    """Ask for consent, saying who receives what is told."""
    agree = turn.button("agree", f"{YES}{plan.id}")
    words = wording(turn.library, turn.library.rights.consent, plan)
    return Reply(words, (agree, turn.button("disagree", "consent:no")))


def on_screen(turn: Turn) -> bool:
    """Whether it is asked for just now."""
    return any(button.value.startswith(YES) for button in turn.offered())


def ask_on(turn: Turn, found: Found) -> Reply:
    """Answer a question asked before agreeing, and ask again, in short: all was said just above."""
    told = found.kind not in VAGUE and (found.entries or found.kind != "unknown")
    note = word(turn.library, found, turn.today).text if told else ""
    return turn.say("registration/agree", *turn.offered(), note=note)


def first(turn: Turn, plan: Plan, then: str) -> Reply | None:
    """The question for consent, where it is not given; a yes goes on with ``then``."""
    if given(turn.library, turn.person, plan):
        return None
    turn.remember(then=then)
    return ask(turn, plan)


def agree(turn: Turn, plan: Plan) -> None:
    """Keep a yes, so that it can be shown: to which words, when and where."""
    version = turn.library.rights.consent
    words = wording(turn.library, version, plan)
    proof = {
        "version": version,
        "words": hashlib.sha256(words.encode()).hexdigest(),
        "plan": plan.id,
        "at": turn.unit.now.isoformat(),
        "channel": turn.said.channel,
    }
    turn.person.consents = {**turn.person.consents, plan.registers_with: proof}


async def refuse(turn: Turn) -> Reply:
    """A no keeps nothing; where something is kept, it may be meant to take that back."""
    given_once = any(map(stands, turn.person.consents.values()))
    if given_once or await turn.unit.questions.of(turn.person):
        sure, stay = turn.button("withdraw", "consent:withdraw"), turn.button("stay", "stay:topics")
        return turn.say("registration/withdraw", sure, stay)
    turn.remember(check=None)
    turn.person.asked = turn.person.asked_at = None
    return turn.say("registration/declined", turn.button("topics", "topics"))


async def withdraw(turn: Turn) -> Reply:
    """Forget what was told, all but the registrations already handed in.

    That there was a consent stays to be shown, and when it was taken back.
    """
    await erasing.forget(turn.unit, turn.person)
    turn.unit.acts.add("unagreed", person_id=turn.person.id)
    over = {"withdrawn": turn.unit.now.isoformat()}
    proofs = turn.person.consents
    turn.person.consents = {who: {**over, **proof} for who, proof in proofs.items()}
    sent = await turn.unit.registrations.of(turn.person)
    buttons = [turn.button("mine", "mine"), turn.button("erase", "mydata:erase")] if sent else []
    return turn.say("registration/withdrawn", *buttons, turn.button("topics", "topics"), sent=sent)
