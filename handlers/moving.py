"""The buttons of a form: moving about in it, help with a field, and throwing it away."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from content.schema import Step
from handlers import helping, mine
from handlers.browse import number
from handlers.errors import Invalid
from handlers.fields import read
from handlers.filling import ask, form_of, keep, note_of, of, open_draft
from handlers.form import Filling
from handlers.pages import paged
from handlers.talk import Button, Reply
from handlers.turn import Turn
from storage.tables import Draft

Move = Callable[[Turn, Draft, str], Awaitable[Reply]]
ABOUT_A_FIELD = (  # words that mean it there alone
    *("form:later", "form:example", "form:why"),
    *("form:fields", "form:again"),
)


def move(change: Callable[[Filling], Filling]) -> Move:
    """A button that changes the form and asks what comes next."""

    async def moved(turn: Turn, draft: Draft, argument: str) -> Reply:
        keep(turn, draft, change(of(turn, draft)))
        return ask(turn, draft)

    return moved


def here(turn: Turn, draft: Draft) -> Step:
    """The field that is asked; raise Invalid at the review."""
    step = of(turn, draft).question()
    if step is None:
        raise Invalid("form/passed")
    return step


async def skip(turn: Turn, draft: Draft, argument: str) -> Reply:
    """Leave out what may be left out; what is needed is asked again at the end."""
    step = here(turn, draft)
    return await leave(turn, draft, "" if step.optional else "form/open")


async def later(turn: Turn, draft: Draft, argument: str) -> Reply:
    """Leave the field for later; at the review, the form."""
    if of(turn, draft).question():
        return await leave(turn, draft, "form/left")
    return turn.say("form/left", turn.button("cancel-no", "form:review"), more=False)


async def leave(turn: Turn, draft: Draft, key: str, **facts: object) -> Reply:
    """Go on with the next field, saying so with this message."""
    step, filled = here(turn, draft), of(turn, draft)
    left = filled.skip() if step.optional else filled.leave()
    keep(turn, draft, left)
    more = left.question() is not None  # else the review names what is missing
    note = turn.library.say(key, step=step, more=more, **facts) if key and left.later else ""
    return ask(turn, draft, note=note)


async def assist(turn: Turn, draft: Draft, argument: str) -> Reply:
    """Have the staff of the plan help with the field, and go on with the next."""
    passed = await helping.ask_staff(turn, draft, here(turn, draft))
    plan = turn.library.plans[draft.plan]
    return await leave(turn, draft, "form/assisted", passed=passed, plan=plan)


async def pick(turn: Turn, draft: Draft, argument: str) -> Reply:
    """Take one of the choices that were offered for a field."""
    step = here(turn, draft)
    choices = helping.choices(turn.library.plans[draft.plan], step, turn.today)
    asked, _, number = argument.partition("/")
    if asked != step.id or not number.isdecimal() or int(number) >= len(choices):
        raise Invalid("form/passed")
    values = {step.id: read(step, choices[int(number)], turn.today)}
    noted = note_of(turn, draft, values)
    keep(turn, draft, of(turn, draft).take(values))
    return ask(turn, draft, noted)


async def example(turn: Turn, draft: Draft, argument: str) -> Reply:
    return ask(turn, draft, note=turn.library.say("form/example", step=here(turn, draft)))


async def why(turn: Turn, draft: Draft, argument: str) -> Reply:
    return ask(turn, draft, note=turn.library.say("form/why", step=here(turn, draft)))


async def edit(turn: Turn, draft: Draft, step_id: str) -> Reply:
    keep(turn, draft, of(turn, draft).edit(step_id))
    return ask(turn, draft)


async def fields(turn: Turn, draft: Draft, argument: str) -> Reply:
    """The fields that can be changed, as buttons; the argument names a page of them."""
    answered = [step for step in form_of(turn, draft).steps if step.id in draft.answers]
    buttons = [turn.button("keep", "form:review")]
    named = [Button(step.name, f"form:edit:{step.id}") for step in answered]
    shown = paged(turn, named, number(argument), "form:fields")
    return turn.say("form/pick_field", *shown, *buttons, count=len(named))


async def again(turn: Turn, draft: Draft, argument: str) -> Reply:
    return ask(turn, draft)


async def cancel(turn: Turn, draft: Draft, argument: str) -> Reply:
    """Ask before anything typed is thrown away."""
    stay = turn.button("cancel-no", "form:review")
    return turn.say("form/cancel", turn.button("cancel-yes", f"form:drop:{draft.id}"), stay)


async def drop(turn: Turn, draft: Draft, argument: str) -> Reply:
    """Throw the form away, if that is what was asked last; an old button asks again."""
    shown = {button.value for button in turn.offered()}
    if f"form:drop:{draft.id}" not in shown or argument != draft.id:
        return await cancel(turn, draft, "")
    await turn.unit.drafts.remove(draft)
    turn.remember(draft=None, later=None, missed=None)
    return turn.say("registration/cancelled", turn.button("topics", "topics"))


MOVES: dict[str, Move] = {
    "back": move(Filling.back),
    "keep": move(Filling.keep),
    "rest": move(Filling.rest),
    "skip": skip,
    "none": skip,
    "later": later,
    "assist": assist,
    "pick": pick,
    "example": example,
    "why": why,
    "edit": edit,
    "fields": fields,
    "review": again,
    "again": again,
    "cancel": cancel,
    "drop": drop,
}


async def press(turn: Turn, action: str, argument: str) -> Reply:
    """A button of the form; raise Invalid where it does not fit the form as it is now."""
    draft = await open_draft(turn)
    if draft is None:
        if action == "review" and await turn.unit.drafts.of(turn.person):
            return await mine.mine(turn)
        key = "talk/nothing_to_cancel" if action in ("cancel", "drop") else "talk/no_form"
        return turn.say(key, turn.button("register", "register"), turn.button("topics", "topics"))
    if action not in MOVES:
        raise Invalid("form/passed")
    return await MOVES[action](turn, draft, argument)
