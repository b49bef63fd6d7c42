"""How far an initiative is: told by its person, in percent and words; asked for now and then."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from datetime import date, datetime, timedelta
from typing import Any

from content.fold import fold
from handlers import consent, mine
from handlers.answers import stated
from handlers.errors import Invalid
from handlers.filling import name_of
from handlers.talk import Button, Reply
from handlers.turn import HERE, Turn
from handlers.values.percent import percent_of, told_freely
from storage.registrations import OVER
from storage.tables import Registration

STEPS = (25, 50, 75, 100)  # percent, to tap
ASKING = "progress:"
DAY, WEEK = timedelta(days=1), timedelta(days=7)
REST = timedelta(days=3)  # untouched, after which a draft counts as forgotten
FULL = 100  # percent
PAST = timedelta(days=30)  # after a moment to ask at; then it is too late for that
NOTE = 500  # characters that are kept


async def press(turn: Turn, argument: str) -> Reply:
    """Take what was told, or ask for it; for which registration, where there are several."""
    code, _, tapped = argument.partition(":")
    said = typed(turn) or (turn.person.talk.get("progress", "") if code else "")
    rows = await valid(turn)
    row = next((row for row in rows if row.code == code.upper()), None)
    if row is None and len(rows) != 1:
        return which(turn, rows, said)
    row = row or rows[0]
    words = " ".join([f"{tapped}%", captioned(turn)]) if tapped in map(str, STEPS) else said
    if asked := unasked(turn, row, words):
        return asked
    return await take(turn, row, words) if words else ask(turn, row)


async def valid(turn: Turn) -> list[Registration]:
    """The person's registrations that may go on, the latest first."""
    return [row for row in await turn.unit.registrations.of(turn.person) if row.state not in OVER]


def captioned(turn: Turn) -> str:
    """What was written under the photos that are on the screen, with which it is asked."""
    below = any(button.value.startswith("photo:") for button in turn.offered())
    return turn.person.talk.get("progress", "") if below else ""


def unasked(turn: Turn, row: Registration, words: str = "") -> Reply | None:
    """The question for consent, which somebody may have taken back since they submitted.

    Of what they told the share alone waits for their yes: nothing that may be personal does.
    """
    plan = turn.library.plans.get(row.plan)
    asked = consent.first(turn, plan, f"{ASKING}{row.code}") if plan else None
    if asked and words:
        with suppress(Invalid):
            turn.remember(progress=f"{percent_of(words)[0]}%")
    return asked


def typed(turn: Turn) -> str:
    """What was typed behind the command, if it tells how far it is."""
    text = turn.said.text.strip()
    if text.startswith("/"):
        return text.partition(" ")[2].strip()
    folded = fold(text)
    opened = (o for word in turn.library.words if word.value == "progress" for o in word.opens)
    said = next((o for o in map(fold, opened) if folded.startswith(o)), None)
    return text[len(said) :].strip(" :,.-") if said and len(folded) == len(text) else ""


def which(turn: Turn, rows: Sequence[Registration], said: str) -> Reply:
    """Ask which one is meant; what was told of it waits."""
    if not rows:
        return turn.say("progress/none", turn.button("register", "register"))
    turn.remember(progress=said or None)
    shown = rows[: mine.LISTED]
    buttons = [Button(mine.shortened(name(turn, row)), f"{ASKING}{row.code}") for row in shown]
    return turn.say("progress/which", *buttons, rows=[mine.line(turn, row) for row in shown])


def name(turn: Turn, row: Registration) -> str:
    form = turn.library.forms.get(row.form)
    return (name_of(form, row.answers) if form else "") or row.code


def ask(turn: Turn, row: Registration, note: str = "") -> Reply:
    """Ask how far it is."""
    turn.remember(progress=None)
    facts = {"name": name(turn, row), "code": row.code, "percent": row.percent, "note": note}
    return turn.say("progress/ask", *choices(row), **facts)


def choices(row: Registration) -> list[Button]:
    return [Button(f"{percent}%", f"{ASKING}{row.code}:{percent}") for percent in STEPS]


async def heard(turn: Turn, text: str) -> Reply | None:
    """The reply to words typed where it was asked how far it is; None where they are no answer."""
    code = asked_code(turn)
    row = await turn.unit.registrations.with_code(code, turn.person) if code else None
    if row is None or row.state in OVER:
        return None
    try:
        percent_of(text)
    except Invalid as invalid:
        looks_like_one = any(letter.isdigit() for letter in text) and "?" not in text
        why = turn.library.say(invalid.reason, **invalid.facts)
        return ask(turn, row, why) if looks_like_one else None
    words = ", ".join(part for part in (text, captioned(turn)) if part)
    return unasked(turn, row, words) or await take(turn, row, words)


async def unprompted(turn: Turn, text: str) -> Reply | None:
    """The reply to how far the work is, told though nobody asked; None to all else."""
    words = told_freely(text)
    rows = await valid(turn) if words else []
    if len(rows) > 1:
        return which(turn, rows, words)
    return (unasked(turn, rows[0], words) or await take(turn, rows[0], words)) if rows else None


def asked_code(turn: Turn) -> str:
    """Of which registration it is asked, where it stands on the screen."""
    asked = (b.value.split(":") for b in turn.offered() if b.value.startswith(ASKING))
    return next((parts[1] for parts in asked if len(parts) > 2), "")


async def take(turn: Turn, row: Registration, words: str) -> Reply:
    """Keep what was told."""
    try:
        percent, note = percent_of(words)
    except Invalid as invalid:
        return ask(turn, row, turn.library.say(invalid.reason, **invalid.facts))
    turn.remember(progress=None)
    told = await turn.unit.registrations.tell(row, percent, note[:NOTE])
    photos = await turn.unit.photos.report(told)
    facts: dict[str, Any] = {
        "photos": photos,
        "name": name(turn, row),
        "percent": percent,
        "told": note[:NOTE],
    }
    ways = Button(row.code, f"mine:{row.code}"), turn.button("mine", "mine")
    plan = turn.library.plans.get(row.plan)
    facts |= {"report": report(turn, row), "receiver": plan.registers_with if plan else ""}
    return turn.say("progress/kept", *ways, **facts)


def report(turn: Turn, row: Registration) -> str:
    """What the plan says of reporting what is finished; empty where it says nothing."""
    plan = turn.library.plans.get(row.plan)
    if plan is None or not plan.completion:
        return ""
    return stated(turn.library, [(plan.id, plan.completion)], turn.today).text


def dates(period: tuple[str, str]) -> tuple[date, date]:
    first, last = map(date.fromisoformat, period)
    return first, last


def moments(first: date, last: date) -> dict[str, date]:
    """When it makes sense to ask how far an initiative of these days is, the first first."""
    half = first + (last - first) / 2
    found = {"start": first, "half": half, "near": max(first, last - WEEK), "after": last + DAY}
    return dict(sorted(found.items(), key=lambda moment: moment[1]))


def moment_due(period: tuple[str, str], known: datetime, today: date) -> str | None:
    """The moment to ask at today: one that has come since it was last told of, or sent."""
    first, last = dates(period)
    heard_of = known.astimezone(HERE).date()
    come = [(n, day) for n, day in moments(first, last).items() if today - PAST <= day <= today]
    fresh = bool(come) and come[-1][1] > heard_of and today - heard_of >= WEEK
    return come[-1][0] if fresh else None
