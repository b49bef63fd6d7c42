"""Registering an initiative: for which plan, with whose consent, and the submission."""

from __future__ import annotations

import secrets

from content.schema import Plan
from handlers import consent, filling
from handlers.codes import CODE, CODE_LENGTH
from handlers.talk import Reply
from handlers.turn import Turn
from storage.tables import Draft


async def begin(turn: Turn, plan: Plan | None) -> Reply:
    """Start registering for a plan, or go on with the form that is open for it."""
    if plan is None:
        return turn.say("talk/pick_plan", *turn.plan_buttons("register"))
    turn.person.plan = plan.id
    if not consent.given(turn.library, turn.person, plan):
        return consent.ask(turn, plan)
    for draft in await turn.unit.drafts.of(turn.person):
        if draft.plan == plan.id:
            turn.remember(draft=draft.id)
            return filling.ask(turn, draft, note=turn.library.say("registration/resumed"))
    return filling.ask(turn, new_draft(turn, plan), note=begun(turn, plan))


def new_draft(turn: Turn, plan: Plan) -> Draft:
    """An open form that knows of the person what was told before."""
    form = turn.library.forms[plan.form]
    profile = turn.person.profile
    known = {s.id: profile[s.id] for s in form.steps if s.remembered and s.id in profile}
    draft = Draft(
        id=secrets.token_hex(8),
        person_id=turn.person.id,
        plan=plan.id,
        form=form.id,
        answers=known,
        updated_at=turn.unit.now,
    )
    turn.unit.drafts.add(draft)
    turn.remember(draft=draft.id)
    return draft


def begun(turn: Turn, plan: Plan) -> str:
    """What to know before the first question: who receives it, and what speaks against it."""
    facts = {
        "plan": plan,
        "stated": any(entry.kind == "registration" for entry in plan.entries),
        "ended": plan.ended(turn.today),
        "remembered": bool(turn.person.profile),
    }
    return turn.library.say("registration/begun", **facts)


async def send(turn: Turn, draft_id: str) -> Reply:
    """Submit a draft, once: a second tap hears the code that it has got."""
    if registration := await turn.unit.registrations.from_draft(draft_id, turn.person):
        return turn.say("registration/again", turn.button("mine", "mine"), code=registration.code)
    draft = await filling.open_draft(turn)
    if draft is None or draft.id != draft_id:
        return turn.say("talk/no_form", turn.button("register", "register"))
    form, result = turn.library.forms[draft.form], filling.of(turn, draft).result()
    registration = await turn.unit.registrations.submit(draft, await new_code(turn), result)
    turn.remember(draft=None)
    about = {step.id: result[step.id] for step in form.steps if step.remembered}
    turn.person.profile = {**turn.person.profile, **about}
    buttons = (turn.button("new", "register"), turn.button("mine", "mine"))
    plan = turn.library.plans[registration.plan]
    facts = {"code": registration.code, "name": filling.name_of(form, result), "plan": plan}
    return turn.say("registration/received", *buttons, turn.button("topics", "topics"), **facts)


async def new_code(turn: Turn) -> str:
    """A short code that nobody has yet, easy to read out on the phone."""
    while True:
        code = "".join(secrets.choice(CODE) for _ in range(CODE_LENGTH))
        if await turn.unit.registrations.is_free(code):
            return code
