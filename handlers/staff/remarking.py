"""Writing to somebody about a registration: returned for one field, rejected, or commented on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from content.fold import plain
from content.schema import Step
from handlers import consent, corrections
from handlers.browse import number
from handlers.fields import show
from handlers.pages import paged
from handlers.reaching import tell
from handlers.staff.looking import gone, opened, reviewer, watched, whole
from handlers.staff.officers import Officers, not_able
from handlers.staff.remark import DECIDED_IN, MOST, Deed, Remark, deed_of, keep, kept
from handlers.staff.reviewing import about, change, done, overtaken, parsed
from handlers.talk import Button, Reply
from handlers.turn import Turn
from storage.tables import Registration

CANCEL = "staff:drop"
TOLD: Mapping[Deed, str] = {  # what its person hears
    "returned": "review/told_returned",
    "rejected": "review/told_rejected",
    "commented": "review/told_commented",
}


async def begin(turn: Turn, officers: Officers, argument: str) -> Reply:
    """Return, reject or comment on a registration as it was looked at."""
    name, _, which = argument.partition(":")
    (code, stamp), deed = parsed(which), deed_of(name)
    row = await opened(turn, officers, code)
    if row is None or deed is None:
        return gone(turn)
    if reviewer(turn, officers, row) is None:
        return not_able(turn)
    watched(turn, officers, row)
    return await ask(turn, officers, Remark(deed, row.code, stamp))


async def ask(
    turn: Turn, officers: Officers, remark: Remark, note: str = "", page: int = 0
) -> Reply:
    """What is to be done next; the remark is kept until then."""
    row = await opened(turn, officers, remark.code)
    form = turn.library.forms.get(row.form) if row else None
    if row is None or form is None:
        keep(turn, None)
        return gone(turn)
    keep(turn, remark)
    if row.stamp != remark.stamp or row.state not in DECIDED_IN[remark.deed]:
        return await outdated(turn, officers, row, remark)
    cancel = turn.button("drop-answer", CANCEL)
    facts = {"deed": remark.deed, "code": row.code, "most": MOST, "note": note}
    match remark.next:
        case "field":
            fields = [Button(step.name, f"staff:field:{step.id}") for step in form.steps]
            shown = paged(turn, fields, page, "staff:fields")
            return turn.say("review/field", *shown, cancel, **facts)
        case "write":
            step = form.step(remark.step)
            current = show(step, row.answers.get(step.id)) if step else ""
            return turn.say("review/write", cancel, step=step, current=current, **facts)
    send = turn.button("send-answer", f"staff:deliver:{row.code}")
    other = [turn.button("other-field", "staff:refield")] if remark.step else []
    facts["words"] = told(turn, row, remark, here=True)
    return turn.say("review/preview", send, *other, cancel, **facts)


async def outdated(turn: Turn, officers: Officers, row: Registration, remark: Remark) -> Reply:
    """Somebody was first: what was written stays, if it can still be sent."""
    usable = row.state in DECIDED_IN[remark.deed] and remark.words
    keep(turn, replace(remark, stamp=row.stamp) if usable else None)
    return await overtaken(turn, officers, row, remark.stamp)


def told(turn: Turn, row: Registration, remark: Remark, *, here: bool) -> str:
    """What its person hears; ``here`` where they answer at once, without another button."""
    facts = {**about(turn, row), "words": remark.words}
    step = turn.library.forms[row.form].step(remark.step)
    if step:
        facts |= {"step": step, "current": show(step, row.answers.get(step.id)), "here": here}
    return turn.library.say(TOLD[remark.deed], **facts)


async def hear(turn: Turn, officers: Officers, text: str) -> Reply:
    """Take what was typed as the field, or as the words; at the preview they are typed anew."""
    remark = kept(turn)
    if remark is None:
        return await drop(turn, officers, "")
    if remark.next != "field":
        note = turn.library.say("review/cut", most=MOST) if len(text.strip()) > MOST else ""
        return await ask(turn, officers, remark.written(text), note)
    row = await opened(turn, officers, remark.code)
    form = turn.library.forms.get(row.form) if row else None
    meant = [step for step in form.steps if names(step, text)] if form else []
    if len(meant) == 1:
        return await ask(turn, officers, replace(remark, step=meant[0].id))
    return await ask(turn, officers, remark, turn.library.say("review/no_field", asked=text))


def names(step: Step, text: str) -> bool:
    """Whether these words are part of what a field is called, in the talk or on the paper."""
    typed = f" {plain(text)} "
    return bool(typed.strip()) and any(
        typed in f" {plain(name)} " for name in (step.name, step.label)
    )


async def field(turn: Turn, officers: Officers, step_id: str) -> Reply:
    """Pin it to a field."""
    remark = kept(turn)
    if remark is None or remark.deed != "returned":
        return await resume(turn, officers, "")
    row = await opened(turn, officers, remark.code)
    form = turn.library.forms.get(row.form) if row else None
    known = form and form.step(step_id)
    return await ask(turn, officers, replace(remark, step=step_id if known else ""))


async def fields(turn: Turn, officers: Officers, page: str) -> Reply:
    """Other fields to pin it to."""
    remark = kept(turn)
    if remark is None or remark.next != "field":
        return await resume(turn, officers, "")
    return await ask(turn, officers, remark, page=number(page))


async def resume(turn: Turn, officers: Officers, argument: str) -> Reply:
    """Go on with what was begun."""
    remark = kept(turn)
    return await (ask(turn, officers, remark) if remark else drop(turn, officers, ""))


async def drop(turn: Turn, officers: Officers, argument: str) -> Reply:
    """Send nothing."""
    remark = kept(turn)
    keep(turn, None)
    back = [turn.button("open-one", f"staff:look:{remark.code}")] if remark else []
    return turn.say("review/dropped", *back, turn.button("queue", "staff:queue"))


async def deliver(turn: Turn, officers: Officers, code: str) -> Reply:
    """Do it and tell its person, once; the later of two officers is told, and changes nothing."""
    remark = kept(turn)
    row = await opened(turn, officers, code)
    if row is None:
        return gone(turn)
    if remark is None or remark.code != row.code:  # sent before: how it stands now
        return await whole(turn, officers, row)
    officer = reviewer(turn, officers, row)
    if officer is None:
        return not_able(turn)
    as_shown = row.stamp == remark.stamp and row.state in DECIDED_IN[remark.deed]
    if remark.next != "preview" or not as_shown:
        return await ask(turn, officers, remark)
    values = {} if remark.deed == "commented" else {"state": remark.deed, "reason": remark.words}
    step = turn.library.forms[row.form].step(remark.step)
    note = f"{step.name}: {remark.words}" if step else remark.words
    if values:
        values["step"] = remark.step
    if not await change(turn, officer, row, remark.stamp, remark.deed, note=note, **values):
        return await ask(turn, officers, remark)
    keep(turn, None)
    heard = await inform(turn, row, remark)
    return await done(turn, row, remark.deed, heard=heard)


async def inform(turn: Turn, row: Registration, remark: Remark) -> bool:
    """Tell its person; where it was returned, with the very question asked again."""
    if remark.deed != "returned":
        button = turn.button("mine", f"mine:{row.code}")
        return await tell(
            turn, row.person_id, Reply(told(turn, row, remark, here=False), (button,))
        )
    person = await turn.unit.people.get(row.person_id)
    if consent.given(turn.library, person, turn.library.plans[row.plan]):  # else "fix" asks first
        await corrections.reopen(turn.unit, row, remark.step)
    drafts = [each.id for each in await turn.unit.drafts.of(person) if each.corrects == row.id]
    here = person.talk.get("draft") in drafts
    button = turn.button("fix", f"fix:{row.code}")
    return await tell(turn, row.person_id, Reply(told(turn, row, remark, here=here), (button,)))
