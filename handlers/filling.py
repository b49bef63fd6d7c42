"""The conversation of a form: its question, what is typed, moving about, the review."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from content.schema import Form, Step
from handlers.errors import Invalid
from handlers.fields import read, show
from handlers.form import Filling
from handlers.talk import Button, Reply
from handlers.turn import Turn
from storage.tables import Draft


async def open_draft(turn: Turn) -> Draft | None:
    """The form that is being filled in, if one is."""
    draft_id = turn.person.talk.get("draft", "")
    draft = await turn.unit.drafts.get(draft_id) if draft_id else None
    if draft is None or draft.person_id != turn.person.id:  # another took it up by its code
        return None
    usable = draft.plan in turn.library.plans and draft.form in turn.library.forms
    return draft if usable else None


def of(turn: Turn, draft: Draft) -> Filling:
    return Filling(turn.library.forms[draft.form], draft.answers, draft.editing)


def keep(turn: Turn, draft: Draft, filled: Filling) -> None:
    """Save the form as it is now."""
    draft.answers, draft.editing = dict(filled.answers), filled.editing
    draft.updated_at = turn.unit.now


def ask(turn: Turn, draft: Draft, noted: Step | None = None, note: str = "") -> Reply:
    """The question to answer now, or the review; ``noted`` is the step just understood."""
    filled = of(turn, draft)
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
    filled = of(turn, draft)
    step = filled.question()
    if step is None:
        raise Invalid("form/passed")
    keep(turn, draft, filled.answer(read(step, text, turn.today)))
    return ask(turn, draft, noted=step)


def move(change: Callable[[Filling], Filling]) -> Callable[[Turn, Draft, str], Reply]:
    """A button that changes the form and asks what comes next."""

    def moved(turn: Turn, draft: Draft, argument: str) -> Reply:
        keep(turn, draft, change(of(turn, draft)))
        return ask(turn, draft)

    return moved


def edit(turn: Turn, draft: Draft, step_id: str) -> Reply:
    keep(turn, draft, of(turn, draft).edit(step_id))
    return ask(turn, draft)


def fields(turn: Turn, draft: Draft, argument: str) -> Reply:
    """The fields that can be changed, as buttons."""
    form = of(turn, draft).form
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
    draft = await open_draft(turn)
    if draft is None:
        key = "talk/nothing_to_cancel" if action in ("cancel", "drop") else "talk/no_form"
        return turn.say(key, turn.button("register", "register"), turn.button("topics", "topics"))
    if action == "drop":
        return await drop(turn, draft, argument)
    if action not in MOVES:
        raise Invalid("form/passed")
    return MOVES[action](turn, draft, argument)
