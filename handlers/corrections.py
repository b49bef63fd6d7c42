"""Correcting what was sent: the old answers in a form again, sent as a new version."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from content.schema import Form, Step
from handlers import consent, filling, mine, moving, registration, similar
from handlers.fields import show
from handlers.talk import Reply
from handlers.turn import Turn
from storage.registrations import OVER
from storage.tables import Draft, Registration
from storage.unit import Unit

APPROVED = ("checked", "approved")


def differences(form: Form, old: Mapping[str, Any], new: Mapping[str, Any]) -> list[dict[str, str]]:
    """Each field that says something else now, as people read it, in the form's order."""
    changed = (step for step in form.steps if old.get(step.id) != new.get(step.id))
    return [
        {
            "id": step.id,
            "name": step.name,
            "old": show(step, old.get(step.id)),
            "new": show(step, new.get(step.id)),
        }
        for step in changed
    ]


async def draft_of(unit: Unit, row: Registration) -> Draft:
    """The draft that corrects a registration; made of what was sent, if there is none yet."""
    if draft := await unit.drafts.correcting(row.id):
        return draft
    draft = Draft(
        id=secrets.token_hex(8),
        person_id=row.person_id,
        plan=row.plan,
        form=row.form,
        answers=dict(row.answers),
        corrects=row.id,
        updated_at=unit.now,
    )
    unit.drafts.add(draft)
    return draft


async def reopen(unit: Unit, registration: Registration, step: str) -> None:
    """Ask a registration's person for one field again; what they type next answers it.

    Who is in the middle of another form gets to it by the button ``fix:CODE``.
    """
    draft = await draft_of(unit, registration)
    draft.editing, draft.updated_at = step, unit.now
    person = await unit.people.get(registration.person_id)
    other = await unit.drafts.get(person.talk.get("draft", ""))
    if other is None or other.person_id != person.id:
        person.talk = {**person.talk, "draft": draft.id}


async def press(turn: Turn, argument: str) -> Reply:
    """Begin to correct one of the person's own, or go on with it."""
    code, _, sure = argument.partition(":")
    row = await mine.meant(turn, code)
    if row is None or row.form not in turn.library.forms or row.plan not in turn.library.plans:
        return await mine.mine(turn)
    if row.state in OVER:
        return over(turn, row)
    if asked := consent.first(turn, turn.library.plans[row.plan], f"fix:{argument}"):
        return asked
    if row.state in APPROVED and sure != "yes":
        go, stay = (
            turn.button("fix-approved", f"fix:{row.code}:yes"),
            turn.button("stay", f"stay:mine:{row.code}"),
        )
        return turn.say("registration/fix_approved", go, stay, code=row.code)
    draft = await draft_of(turn.unit, row)
    turn.remember(draft=draft.id)
    if sure == "more":
        draft.editing = ""
    elif pending(turn, row):
        draft.editing = row.step
    begun = draft.editing or differences(turn.library.forms[row.form], row.answers, draft.answers)
    if begun and sure != "more":
        return filling.ask(turn, draft)
    return await moving.fields(turn, draft, "")


def over(turn: Turn, row: Registration) -> Reply:
    """A registration that was rejected or withdrawn stays as it is."""
    new = turn.button("again", f"again:{row.code}")
    return turn.say(
        "registration/over", new, turn.button("mine", "mine"), code=row.code, state=row.state
    )


def pending(turn: Turn, row: Registration) -> Step | None:
    """The field for which it was returned, while it waits for that."""
    return turn.library.forms[row.form].step(row.step) if row.state == "returned" else None


async def corrected(turn: Turn, draft: Draft) -> Registration | None:
    """The person's registration that a draft corrects; None for a draft of a new one."""
    row = await turn.unit.registrations.get(draft.corrects) if draft.corrects else None
    return row if row and row.person_id == turn.person.id else None


async def answered(turn: Turn, draft: Draft, step: Step | None, reply: Reply) -> Reply:
    """What follows an answer: the field for which it was returned goes straight to the office."""
    row = await corrected(turn, draft)
    waits = row and step and pending(turn, row) == step and not filling.of(turn, draft).question()
    return await send(turn, draft, str(row.stamp)) if row and waits else reply


async def send(turn: Turn, draft: Draft, stamp: str) -> Reply:
    """Submit a correction as the next version, unless the registration changed meanwhile."""
    row = await corrected(turn, draft)
    if row is None or row.state in OVER:
        await turn.unit.drafts.remove(draft)
        turn.remember(draft=None)
        return over(turn, row) if row else await mine.mine(turn)
    form, result = turn.library.forms[draft.form], filling.of(turn, draft).result()
    changed = differences(form, row.answers, result)
    if not changed:
        return await unchanged(turn, draft, row)
    known = {"answers": result, "folded": similar.folded(form, row.code, result)}
    as_shown = stamp == str(row.stamp)
    if not as_shown or not await turn.unit.registrations.resubmit(row, draft, **known):
        note = turn.library.say("registration/overtaken", code=row.code, state=row.state)
        return review(turn, draft, row, note)
    turn.unit.acts.add("submitted", row)
    turn.remember(draft=None)
    facts = {"changes": changed, "code": row.code, "version": row.version}
    more = turn.button("fix-more", f"fix:{row.code}:more")
    plan = turn.library.plans[row.plan]
    reply = turn.say("registration/resubmitted", more, **facts, plan=plan)
    return registration.receipt(turn, row, reply)


async def unchanged(turn: Turn, draft: Draft, row: Registration) -> Reply:
    """Nothing is sent that says the same; what was asked for is asked again."""
    step = pending(turn, row)
    draft.editing = step.id if step else ""
    again = filling.ask(turn, draft) if step else await moving.fields(turn, draft, "")
    return with_note(again, turn.library.say("registration/unchanged", code=row.code))


def with_note(reply: Reply, note: str) -> Reply:
    return replace(reply, text=f"{note}\n\n{reply.text}")


async def form(turn: Turn, draft: Draft, action: str, argument: str) -> Reply:
    """A button of a form that corrects."""
    if action == "send":
        draft_id, _, stamp = argument.partition(":")
        return await send(turn, draft, stamp if draft_id == draft.id else "")
    step = filling.of(turn, draft).question()
    reply = await moving.press(turn, action, argument)
    if action == "skip":
        return await answered(turn, draft, step, reply)
    row = await corrected(turn, draft)
    if row is None or action not in ("cancel", "drop"):
        return reply
    if turn.person.talk.get("draft") != draft.id:
        return turn.say("registration/fix_dropped", turn.button("mine", "mine"), code=row.code)
    sure, stay = (
        turn.button("drop-fix", f"form:drop:{draft.id}"),
        turn.button("fix-on", "form:review"),
    )
    return turn.say("registration/fix_cancel", sure, stay, code=row.code)


async def dressed(turn: Turn, reply: Reply) -> Reply:
    """A form's question or review, with what is known beyond the draft itself.

    At the review of a correction that is what will change, of a new one what resembles it; at
    the field for which it was returned, the reason.
    """
    values = [button.value for button in reply.buttons]
    at_review = any(value.startswith("form:send:") for value in values)
    draft = await filling.open_draft(turn) if at_review or "form:cancel" in values else None
    if draft is None:
        return reply
    if row := await corrected(turn, draft):
        shown = any(value == sending(draft, row) for value in values)
        return reply if shown else with_reason(turn, draft, row, reply)
    warned = await similar.warning(turn, draft) if at_review else ""
    return replace(reply, text=f"{reply.text}\n\n{warned}") if warned else reply


def with_reason(turn: Turn, draft: Draft, row: Registration, reply: Reply) -> Reply:
    """The question or review of a correction, with why it is asked for."""
    if filling.of(turn, draft).question() is None:
        return review(turn, draft, row)
    step = pending(turn, row)
    if step is None or draft.editing != step.id:
        return reply
    why = turn.library.say("registration/why", code=row.code, name=step.name, reason=row.reason)
    more = turn.button("fix-more", f"fix:{row.code}:more")
    others = (each for each in reply.buttons if each.value in ("form:skip", "form:cancel"))
    return replace(reply, text=f"{reply.text}\n\n{why}", buttons=(more, *others))


def sending(draft: Draft, row: Registration) -> str:
    """The button's value that sends a correction of just what the registration says now."""
    return f"form:send:{draft.id}:{row.stamp}"


def review(turn: Turn, draft: Draft, row: Registration, note: str = "") -> Reply:
    """What a correction changes, to look at before it is sent."""
    form, step = turn.library.forms[draft.form], pending(turn, row)
    changes = differences(form, row.answers, draft.answers)
    send_it = [turn.button("send-fix", sending(draft, row))] if changes else []
    ways = turn.button("fix-more", "form:fields"), turn.button("cancel", "form:cancel")
    facts = {"changes": changes, "code": row.code, "note": note, "state": row.state}
    about = {"name": step.name if step else "", "reason": row.reason if step else ""}
    return turn.say("registration/changes", *send_it, *ways, **facts, **about)
