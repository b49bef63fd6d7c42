"""Registering an initiative by conversation: consent, the form, the review, the submission."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Mapping
from typing import Any

from content.schema import Form, Plan, Step
from handlers import consent
from handlers.errors import Invalid
from handlers.fields import read, show
from handlers.form import Filling
from handlers.talk import Button, Reply
from handlers.turn import Turn
from storage.tables import Draft

CODE = "ACDEFHJKMNPRTUVWXY34679"  # no letters or digits that are mistaken for another
CODE_LENGTH = 6


async def begin(turn: Turn, plan: Plan | None) -> Reply:
    """Start registering for a plan, or go on with the form that is open for it."""
    if plan is None:
        return turn.say("talk/pick_plan", *turn.plan_buttons("register"))
    turn.person.plan = plan.id
    if not consent.given(turn.person, plan):
        return consent.ask(turn, plan)
    for draft in await turn.unit.drafts.of(turn.person):
        if draft.plan == plan.id:
            turn.remember(draft=draft.id)
            return ask(turn, draft, note=turn.library.say("registration/resumed"))
    return ask(turn, new_draft(turn, plan), note=begun(turn, plan))


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


async def open_draft(turn: Turn) -> Draft | None:
    """The form that is being filled in, if one is."""
    draft_id = turn.person.talk.get("draft", "")
    draft = await turn.unit.drafts.get(draft_id) if draft_id else None
    usable = draft and draft.plan in turn.library.plans and draft.form in turn.library.forms
    return draft if usable else None


def filling(turn: Turn, draft: Draft) -> Filling:
    return Filling(turn.library.forms[draft.form], draft.answers, draft.editing)


def keep(turn: Turn, draft: Draft, filled: Filling) -> None:
    """Save the form as it is now."""
    draft.answers, draft.editing = dict(filled.answers), filled.editing
    draft.updated_at = turn.unit.now


def ask(turn: Turn, draft: Draft, noted: Step | None = None, note: str = "") -> Reply:
    """The question to answer now, or the review; ``noted`` is the step just understood."""
    filled = filling(turn, draft)
    step = filled.question()
    told = show(noted, draft.answers.get(noted.id)) if noted else ""
    facts = {"noted": told, "noted_name": noted.name if noted else "", "note": note}
    if step is None:
        return review(turn, draft, facts)
    number, total = filled.place()
    current = show(step, draft.answers.get(step.id)) if draft.editing else ""
    buttons = [turn.button("skip", "form:skip")] if step.optional else []
    if draft.editing:
        buttons.append(turn.button("keep", "form:keep"))
    if filled.before():
        buttons.append(turn.button("back", "form:back"))
    buttons.append(turn.button("cancel", "form:cancel"))
    place = {"step": step, "number": number, "total": total, "current": current}
    return turn.say("form/question", *buttons, **place, **facts)


def review(turn: Turn, draft: Draft, facts: Mapping[str, str]) -> Reply:
    """Everything that will be sent, to look at once more."""
    send = turn.button("send", f"form:send:{draft.id}")
    edit, cancel = turn.button("edit", "form:fields"), turn.button("cancel", "form:cancel")
    form = turn.library.forms[draft.form]
    about = {"form": form, "plan": turn.library.plans[draft.plan]}
    lines = shown(form, draft.answers)
    return turn.say("form/review", send, edit, cancel, lines=lines, **about, **facts)


def shown(form: Form, answers: Mapping[str, Any]) -> list[dict[str, str]]:
    """Each field of the form with its value as people read it."""
    return [
        {"name": step.name, "label": step.label, "shown": show(step, answers.get(step.id))}
        for step in form.steps
    ]


def name_of(form: Form, answers: Mapping[str, Any]) -> str:
    """What the initiative is called."""
    return str(answers.get(form.named_by) or "")


async def hear(turn: Turn, draft: Draft, text: str) -> Reply:
    """Take typed words as the answer to the current question; raise Invalid if they are none."""
    filled = filling(turn, draft)
    step = filled.question()
    if step is None:
        raise Invalid("form/passed")
    keep(turn, draft, filled.answer(read(step, text, turn.today)))
    return ask(turn, draft, noted=step)


def move(change: Callable[[Filling], Filling]) -> Callable[[Turn, Draft, str], Reply]:
    """A button that changes the form and asks what comes next."""

    def moved(turn: Turn, draft: Draft, argument: str) -> Reply:
        keep(turn, draft, change(filling(turn, draft)))
        return ask(turn, draft)

    return moved


def edit(turn: Turn, draft: Draft, step_id: str) -> Reply:
    keep(turn, draft, filling(turn, draft).edit(step_id))
    return ask(turn, draft)


def fields(turn: Turn, draft: Draft, argument: str) -> Reply:
    """The fields that can be changed, as buttons."""
    form = filling(turn, draft).form
    answered = [step for step in form.steps if step.id in draft.answers]
    buttons = [turn.button("keep", "form:review")]
    named = [Button(step.name, f"form:edit:{step.id}") for step in answered]
    return turn.say("form/pick_field", *named, *buttons)


def again(turn: Turn, draft: Draft, argument: str) -> Reply:
    return ask(turn, draft)


def cancel(turn: Turn, draft: Draft, argument: str) -> Reply:
    """Ask before anything typed is thrown away."""
    stay = turn.button("cancel-no", "form:review")
    return turn.say("form/cancel", turn.button("cancel-yes", f"form:drop:{draft.id}"), stay)


async def drop(turn: Turn, draft: Draft, argument: str) -> Reply:
    """Throw the form away, if that is what was asked last; an old button asks again."""
    shown = {button.value for button in turn.offered()}
    if f"form:drop:{draft.id}" not in shown or argument != draft.id:
        return cancel(turn, draft, "")
    await turn.unit.drafts.remove(draft)
    turn.remember(draft=None)
    return turn.say("registration/cancelled", turn.button("topics", "topics"))


MOVES: dict[str, Callable[[Turn, Draft, str], Reply]] = {
    "back": move(Filling.back),
    "keep": move(Filling.keep),
    "skip": move(Filling.skip),
    "none": move(Filling.skip),
    "edit": edit,
    "fields": fields,
    "review": again,
    "cancel": cancel,
}


async def press(turn: Turn, action: str, argument: str) -> Reply:
    """A button of the form; raise Invalid where it does not fit the form as it is now."""
    if action == "send":
        return await send(turn, argument)
    draft = await open_draft(turn)
    if draft is None:
        key = "talk/nothing_to_cancel" if action in ("cancel", "drop") else "talk/no_form"
        return turn.say(key, turn.button("register", "register"), turn.button("topics", "topics"))
    if action == "drop":
        return await drop(turn, draft, argument)
    if action not in MOVES:
        raise Invalid("form/passed")
    return MOVES[action](turn, draft, argument)


async def send(turn: Turn, draft_id: str) -> Reply:
    """Submit a draft, once: a second tap hears the code that it has got."""
    if registration := await turn.unit.registrations.from_draft(draft_id, turn.person):
        return turn.say("registration/again", turn.button("mine", "mine"), code=registration.code)
    draft = await open_draft(turn)
    if draft is None or draft.id != draft_id:
        return turn.say("talk/no_form", turn.button("register", "register"))
    form, result = turn.library.forms[draft.form], filling(turn, draft).result()
    registration = await turn.unit.registrations.submit(draft, await new_code(turn), result)
    turn.remember(draft=None)
    about = {step.id: result[step.id] for step in form.steps if step.remembered}
    turn.person.profile = {**turn.person.profile, **about}
    buttons = (turn.button("new", "register"), turn.button("mine", "mine"))
    plan = turn.library.plans[registration.plan]
    facts = {"code": registration.code, "name": name_of(form, result), "plan": plan}
    return turn.say("registration/received", *buttons, turn.button("topics", "topics"), **facts)


async def new_code(turn: Turn) -> str:
    """A short code that nobody has yet, easy to read out on the phone."""
    while True:
        code = "".join(secrets.choice(CODE) for _ in range(CODE_LENGTH))
        if await turn.unit.registrations.is_free(code):
            return code
