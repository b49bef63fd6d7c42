"""Reminders of what was left half done, and of progress: which are due, their words, their end."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time, timedelta

from content.fold import composed, fold
from content.library import Library
from content.schema import Plan
from handlers import mine, progress, wishes
from handlers.filling import name_of
from handlers.heard import offered
from handlers.similar import days
from handlers.talk import Button, Reply
from handlers.turn import HERE, Turn, busy
from storage.tables import Draft, Registration

ORDERS = ("quiet:all", "quiet:off")  # typed, they are obeyed whatever else is open
FROM, TO = time(7, 30), time(20)  # when people may be disturbed
REST = timedelta(days=3)  # untouched, after which a draft counts as forgotten
BEFORE = timedelta(days=7)  # the last day for registering
NUDGES = 2  # of one draft: that it is there; that time runs out


def may_disturb(now: datetime) -> bool:
    return FROM <= now.astimezone(HERE).time() <= TO


def nudge_due(draft: Draft, plan: Plan, now: datetime) -> int:
    """How many reminders a draft will have had after one now; 0 where none is due."""
    today, last = now.astimezone(HERE).date(), plan.closes
    opens = plan.registration.opens
    over = plan.closed(today) and plan.registration.after == "refuse" and draft.corrects is None
    touched = max(draft.updated_at, draft.nudged_at or draft.updated_at)
    if over or (opens and today < opens) or now - touched < REST:
        return 0
    ending = last is not None and today <= last <= today + BEFORE
    if ending and draft.nudges < NUDGES:
        return NUDGES
    return 1 if draft.nudges == 0 else 0


def nudge(library: Library, draft: Draft, today: date) -> Reply:
    """The reminder of a half-finished form."""
    plan, labels = library.plans[draft.plan], library.labels
    last = plan.closes if plan.closes and today <= plan.closes <= today + BEFORE else None
    buttons = (
        Button(labels["cancel-no"], f"draft:open:{draft.id}"),
        Button(labels["quiet"], f"quiet:{draft.id}"),
        Button(labels["drop-draft"], f"draft:drop:{draft.id}"),
    )
    facts = {"draft": mine.draft_line(library, draft), "plan": plan, "last": last}
    left = (last - today).days if last else 0
    return Reply(library.say("draft/nudge", days=left, **facts), buttons)


def period_of(library: Library, row: Registration) -> tuple[str, str] | None:
    """The days of an initiative, where its form asks for them."""
    form = library.forms.get(row.form)
    return days(form, row.answers) if form else None


def question(library: Library, row: Registration) -> Reply:
    """The question how far an initiative is."""
    named = name_of(library.forms[row.form], row.answers)
    quiet = Button(library.labels["quiet"], f"quiet:{row.code}")
    words = library.say("progress/asked", name=named, code=row.code, percent=row.percent)
    return Reply(words, (*progress.choices(row), quiet))


async def press(turn: Turn, about: str) -> Reply:
    """Remind the person no more: of this one, or of nothing at all; or again."""
    if about == "off":
        wishes.turn_on(turn.person)
        return turn.say("draft/loud", turn.button("mine", "mine"))
    if about and about != "all":
        wishes.mute(turn.person, about)
        return turn.say(
            "draft/quiet", turn.button("loud", "quiet:off"), turn.button("mine", "mine")
        )
    wishes.turn_off(turn.person)
    return turn.say("remind/stopped", turn.button("loud", "quiet:off"))


def order(turn: Turn, text: str) -> str:
    """The order to stop or to go on with whatever goes out unasked, typed as the whole message.

    Without diacritics "dung" may be "đúng": where that answers what is asked, it does.
    """
    typed = composed(text.strip())
    if turn.said.value or (offered(turn, typed) and typed.islower() and fold(typed) == typed):
        return ""
    return next((w.value for w in turn.library.meant(typed) if w.value in ORDERS), "")


async def obey(turn: Turn, value: str) -> Reply:
    """Stop at once, or go on; what waits for words on the screen waits on."""
    reply = await press(turn, value.partition(":")[2])
    waiting = turn.offered() if busy(turn.person) else ()
    return replace(reply, buttons=(*waiting, *reply.buttons))
