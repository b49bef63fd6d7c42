"""Registering an initiative: for which plan, with whose consent, and the submission."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from content.library import Library
from content.schema import Plan
from handlers import consent, filling, similar
from handlers.codes import CODE, CODE_LENGTH
from handlers.talk import Paper, Reply
from handlers.turn import Turn
from storage.tables import Draft, Registration


async def begin(turn: Turn, plan: Plan | None, *, new: bool = False) -> Reply:
    """Start registering for a plan, if it takes registrations now.

    Where forms are half finished for it, the person says first whether to go on with one.
    """
    if plan is None:
        return turn.say("talk/pick_plan", *turn.plan_buttons("register"))
    turn.person.plan = plan.id
    if shut := not_now(turn, plan):
        return shut
    if not consent.given(turn.library, turn.person, plan):
        return consent.ask(turn, plan)
    begun_before = [] if new else await half_finished(turn, plan)
    if begun_before:
        return go_on(turn, plan, begun_before)
    return filling.ask(turn, new_draft(turn, plan), note=begun(turn, plan))


def not_now(turn: Turn, plan: Plan) -> Reply | None:
    """What somebody hears where registering has not begun, or is over for good."""
    opens, closed = plan.registration.opens, plan.closed(turn.today)
    topics = turn.button("topics", "topics")
    if opens and turn.today < opens:
        return turn.say("registration/early", topics, plan=plan, opens=opens)
    if closed and plan.registration.after == "refuse":
        mine = turn.button("mine", "mine")
        return turn.say("registration/refused", mine, topics, plan=plan, closed=closed)
    return None


async def half_finished(turn: Turn, plan: Plan) -> list[Draft]:
    """The person's new registrations for a plan that are not sent yet, the latest first."""
    drafts = await turn.unit.drafts.of(turn.person)
    return [draft for draft in drafts if draft.plan == plan.id and draft.corrects is None]


def go_on(turn: Turn, plan: Plan, drafts: list[Draft]) -> Reply:
    """Ask whether to go on with the last one, or to register something else."""
    last, new = drafts[0], turn.button("begin-new", f"register:{plan.id}/new")
    turn.remember(draft=None)  # until that is said, what is typed answers no form
    buttons = [turn.button("cancel-no", f"draft:open:{last.id}"), new]
    if len(drafts) > 1:
        buttons.append(turn.button("mine", "mine"))
    drafted = filling.of(turn, last)
    facts = {"name": named(turn.library, last), "done": len(drafted.answers), "count": len(drafts)}
    return turn.say("registration/go_on", *buttons, **facts, total=len(drafted.form.steps))


def named(library: Library, draft: Draft) -> str:
    """What a half-finished form is called; until it has a name, by its unit and plan."""
    form, plan = library.forms[draft.form], library.plans[draft.plan]
    told = (filling.unit_of(form, draft.answers), plan.label)
    return filling.name_of(form, draft.answers) or ", ".join(filter(None, told))


def new_draft(turn: Turn, plan: Plan, answers: Mapping[str, Any] | None = None) -> Draft:
    """An open form that knows these answers, and of the person what was told before."""
    form = turn.library.forms[plan.form]
    profile = turn.person.profile
    known = {s.id: profile[s.id] for s in form.steps if s.remembered and s.id in profile}
    draft = Draft(
        id=secrets.token_hex(8),
        person_id=turn.person.id,
        plan=plan.id,
        form=form.id,
        answers={**known, **(answers or {})},
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
        "closed": plan.closed(turn.today),
        "ended": plan.ended(turn.today),
        "remembered": bool(turn.person.profile),
    }
    return turn.library.say("registration/begun", **facts)


def late(plan: Plan, today: date) -> bool:
    """Whether what is sent today is marked as late."""
    return plan.registration.after == "mark_late" and plan.closed(today) is not None


async def send(turn: Turn, draft_id: str) -> Reply:
    """Submit a draft, once: a second tap hears the code that it has got."""
    if registration := await turn.unit.registrations.from_draft(draft_id, turn.person):
        return turn.say("registration/again", turn.button("mine", "mine"), code=registration.code)
    draft = await filling.open_draft(turn)
    if draft is None or draft.id != draft_id:
        return turn.say("talk/no_form", turn.button("register", "register"))
    form, result = turn.library.forms[draft.form], filling.of(turn, draft).result()
    plan = turn.library.plans[draft.plan]
    if shut := not_now(turn, plan):
        return shut
    code = await new_code(turn)
    known = {"folded": similar.folded(form, code, result), "late": late(plan, turn.today)}
    registration = await turn.unit.registrations.submit(draft, code, result, **known)
    turn.unit.acts.add("submitted", registration)
    turn.remember(draft=None)
    about = {step.id: result[step.id] for step in form.steps if step.remembered}
    turn.person.profile = {**turn.person.profile, **about}
    facts = {"name": filling.name_of(form, result), "plan": plan, "late": registration.late}
    topics = turn.button("topics", "topics")
    return receipt(
        turn, registration, turn.say("registration/received", topics, code=code, **facts)
    )


def receipt(turn: Turn, registration: Registration, reply: Reply) -> Reply:
    """The reply with the sheet as it was sent, and the ways on."""
    code = registration.code
    word = turn.button("word", f"paper:{code}:word")
    ways = turn.button("new", "register"), turn.button("mine", "mine")
    paper = Paper(f"registration:{code}", "pdf")
    return replace(reply, buttons=(word, *ways, *reply.buttons), papers=(paper,))


async def new_code(turn: Turn) -> str:
    """A short code that nobody has yet, easy to read out on the phone."""
    while True:
        code = "".join(secrets.choice(CODE) for _ in range(CODE_LENGTH))
        if await turn.unit.registrations.coded(code) is None:
            return code
