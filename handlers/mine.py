"""A person's own registrations and drafts: the list, one of them, its papers, taking it back."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

from content.entries import MAX_LABEL
from content.library import Library
from handlers.codes import CODE, CODE_LENGTH
from handlers.filling import name_of, shown
from handlers.registration import named as named_draft
from handlers.talk import Button, Paper, PaperFormat, Reply
from handlers.turn import HERE, Turn
from storage.registrations import OVER
from storage.tables import Draft, Registration

LIKE_A_CODE = re.compile(f"[{CODE}]{{{CODE_LENGTH}}}")
LISTED = 5  # registrations that are shown; older ones are reached by their code
DRAFTS = 3  # that are shown
PAPERS: Mapping[str, PaperFormat] = {"pdf": "pdf", "word": "docx"}  # by their labels


async def mine(turn: Turn) -> Reply:
    """What the person has registered, and what is still being filled in."""
    rows = await turn.unit.registrations.of(turn.person)
    usable = [d for d in await turn.unit.drafts.of(turn.person) if await own_draft(turn, d.id)]
    begun = [draft_line(turn.library, draft) for draft in usable[:DRAFTS]]
    codes = [Button(row.code, f"mine:{row.code}") for row in rows[:LISTED]]
    opening = [
        Button(shortened(str(each["name"])), f"draft:show:{draft.id}")
        for each, draft in zip(begun, usable, strict=False)
    ]
    new = turn.button("new" if rows or usable else "register", "register")
    again = [turn.button("again", "again")] if rows else []
    facts = {"rows": [line(turn, row) for row in rows[:LISTED]], "count": len(rows)}
    return turn.say("registration/list", *codes, *opening, new, *again, drafts=begun, **facts)


def shortened(name: str) -> str:
    """A name that fits a button."""
    return name if len(name) <= MAX_LABEL else f"{name[: MAX_LABEL - 1].rstrip()}…"


def line(turn: Turn, row: Registration) -> dict[str, object]:
    """One registration in the list."""
    plan, form = turn.library.plans.get(row.plan), turn.library.forms.get(row.form)
    return {
        "code": row.code,
        "name": name_of(form, row.answers) if form else "",
        "plan": plan.label if plan else row.plan,
        "day": row.submitted_at.astimezone(HERE).date(),
        "state": row.state,
        "percent": row.percent,
    }


def draft_line(library: Library, draft: Draft) -> dict[str, object]:
    """One draft in a list."""
    form, plan = library.forms[draft.form], library.plans[draft.plan]
    done = sum(step.id in draft.answers for step in form.steps)
    named = named_draft(library, draft)
    fixes = draft.corrects is not None
    return {
        "name": named,
        "plan": plan.label,
        "done": done,
        "total": len(form.steps),
        "fixes": fixes,
    }


async def own_draft(turn: Turn, draft_id: str) -> Draft | None:
    """The person's draft of that id, if it can still be filled in."""
    draft = await turn.unit.drafts.get(draft_id)
    usable = draft and draft.plan in turn.library.plans and draft.form in turn.library.forms
    return draft if usable and draft and draft.person_id == turn.person.id else None


async def named(turn: Turn, text: str) -> str:
    """The value of the button of a registration whose code was typed; empty if it is none.

    Where no form is open, what is written as codes are is no question, whoever's it may be.
    """
    code = text.upper()
    if not LIKE_A_CODE.fullmatch(code):
        return ""
    own = await turn.unit.registrations.with_code(code, turn.person)
    written = text.isupper() and not turn.person.talk.get("draft")
    return f"mine:{code}" if own or written else ""


async def meant(turn: Turn, code: str) -> Registration | None:
    """The person's own with this code; without a code the only one that is not over."""
    if code:
        return await turn.unit.registrations.with_code(code, turn.person)
    open_ones = [r for r in await turn.unit.registrations.of(turn.person) if r.state not in OVER]
    return open_ones[0] if len(open_ones) == 1 else None


async def one(turn: Turn, code: str) -> Reply:
    """One of the person's own registrations, whole; another's code shows nothing."""
    row = await turn.unit.registrations.with_code(code, turn.person)
    form = turn.library.forms.get(row.form) if row else None
    if row is None and code:
        return turn.say("registration/no_such", turn.button("mine", "mine"), code=code)
    if row is None or form is None:
        return await mine(turn)
    step = form.step(row.step)
    told = await turn.unit.registrations.told(row)
    facts = {
        **line(turn, row),
        "lines": shown(form, row.answers),
        "changed": row.changed_at.astimezone(HERE).date(),
        "version": row.version,
        "late": row.late,
        "reason": row.reason,
        "step_name": step.name if step else "",
        "told": told[-1].note if told else "",
    }
    return turn.say("registration/one", *ways(turn, row), turn.button("mine", "mine"), **facts)


def ways(turn: Turn, row: Registration) -> list[Button]:
    """What can be done with a registration in its state."""
    printed = turn.button("print", f"paper:{row.code}:pdf")
    if row.state in OVER:
        return [turn.button("again", f"again:{row.code}"), printed]
    fix = turn.button("fix", f"fix:{row.code}")
    take_back = turn.button("take-back", f"withdraw:{row.code}")
    progress = turn.button("progress", f"progress:{row.code}")
    return (
        [fix, take_back, printed]
        if row.state == "returned"
        else [progress, fix, take_back, printed]
    )


async def paper(turn: Turn, argument: str) -> Reply:
    """The sheet of one of the person's own, in the format that they want."""
    code, _, label = argument.partition(":")
    row = await turn.unit.registrations.with_code(code, turn.person)
    if row is None or label not in PAPERS:
        return await mine(turn)
    others = [turn.button(each, f"paper:{row.code}:{each}") for each in PAPERS if each != label]
    reply = turn.say("registration/paper", *others, turn.button("mine", "mine"), code=row.code)
    return replace(reply, papers=(Paper(f"registration:{row.code}", PAPERS[label]),))


async def withdraw(turn: Turn, argument: str) -> Reply:
    """Take back one of the person's own; asks once more."""
    code, _, sure = argument.partition(":")
    row = await meant(turn, code)
    if row is None or row.state in OVER:
        return await one(turn, code)
    yes = turn.button("take-back", f"withdraw:{row.code}:{row.stamp}")
    if sure != str(row.stamp) or not await turn.unit.registrations.change(
        row, row.stamp, state="withdrawn"
    ):
        stay = turn.button("stay", f"stay:mine:{row.code}")
        return turn.say("registration/take_back", yes, stay, code=row.code, state=row.state)
    if draft := await turn.unit.drafts.correcting(row.id):
        await turn.unit.drafts.remove(draft)
    turn.unit.acts.add("withdrawn", row)
    again = turn.button("again", f"again:{row.code}")
    return turn.say("registration/taken_back", again, turn.button("mine", "mine"), code=row.code)
