"""Photos of the work: kept with what is told of how far it is, five a report at most."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

from handlers import mine, progress
from handlers.consent import given
from handlers.errors import Invalid
from handlers.talk import Button, Paper, PaperFormat, Reply
from handlers.turn import Turn
from handlers.values.percent import percent_of
from storage.photos import Here
from storage.tables import Photo, Progress, Registration

MOST = 5  # of one report
LISTED = 3  # registrations that are offered; others are meant by their code
SHORTLY = timedelta(hours=1)  # after a report, what comes alone belongs to it
PLACE, DROP = "photo:to:", "photo:drop:"
SILENCE = Reply("")


@dataclass(frozen=True)
class Report:
    """To what photos belong: a registration, and what was told of it, if that is told already."""

    row: Registration
    told: Progress | None = None


async def taken(turn: Turn) -> Reply:
    """Keep what was sent, where it belongs; ask where that is, if nothing tells."""
    rows = await progress.valid(turn)
    if not rows:
        return turn.say("photo/purpose", turn.button("register", "register"))
    report = await meant(turn, rows)
    if report is None:
        return await ask(turn, rows)
    if asked := progress.unasked(turn, report.row):
        return replace(asked, text=f"{turn.library.say('photo/unkept')}\n\n{asked.text}")
    return await added(turn, report)


async def meant(turn: Turn, rows: Sequence[Registration]) -> Report | None:
    """To what it belongs: what is asked for, was told or sent just now, or the caption says."""
    known, code = {row.id: row for row in rows}, progress.asked_code(turn)
    if asked := next((row for row in rows if row.code == code), None):
        return Report(asked)
    since, tells = turn.unit.now - SHORTLY, has_percent(turn.said.text)
    told = await turn.unit.registrations.last_told(turn.person, since)
    last = await turn.unit.photos.last(turn.person, since)
    if last and not (told and told.told_at >= last.created_at):
        row = known.get(last.registration_id or 0)
        return Report(row, None if tells else told_with(told, row)) if row else None
    if told and told.registration_id in known:
        return Report(known[told.registration_id], None if tells else told)
    return Report(rows[0]) if tells and len(rows) == 1 else None


def told_with(told: Progress | None, row: Registration) -> Progress | None:
    """What was told just now, if it was of this registration."""
    return told if told and told.registration_id == row.id else None


def has_percent(text: str) -> bool:
    try:
        percent_of(text)
    except Invalid:
        return False
    return bool(text.strip())


async def added(turn: Turn, report: Report) -> Reply:
    """Keep the photos of this turn with a report, and what was written under them."""
    row, told, caption = report.row, report.told, turn.said.text.strip()
    before = await turn.unit.photos.count(row.id, told.id if told else None)
    fitting = turn.said.photos[: max(0, MOST - before)]
    kept = await keep(turn, fitting, row.id, told.id if told else None)
    full = len(fitting) < len(turn.said.photos)
    if has_percent(caption):
        once(turn, SILENCE, full=full)  # what comes with it needs no other answer
        return await progress.take(turn, row, caption)
    if told and caption:
        told.note = ", ".join(part for part in (told.note, caption) if part)[: progress.NOTE]
    elif caption:
        turn.remember(progress=caption)
    return once(turn, answer(turn, report, kept, before + len(kept), full=full), full=full)


async def keep(
    turn: Turn, photos: Sequence[str], registration: int | None, progress_id: int | None = None
) -> list[int]:
    """Keep that these were sent; what they show comes after the turn."""
    said, now = turn.said, turn.unit.now
    batch = said.album or said.id
    known: dict[str, Any] = {
        "registration_id": registration,
        "progress_id": progress_id,
        "batch": batch,
    }
    known |= {"person_id": turn.person.id, "channel": said.channel}
    return [
        await turn.unit.photos.add(Photo(**known, reference=reference, due_at=now, created_at=now))
        for reference in photos
    ]


def answer(
    turn: Turn, report: Report, kept: Sequence[int], count: int, *, full: bool = False
) -> Reply:
    """What is there now; and how far the work is, if that is not told yet."""
    row, told = report.row, report.told
    facts = {"name": progress.name(turn, row), "code": row.code, "count": count, "most": MOST}
    facts |= {"percent": told.percent if told else None, "full": full}
    drop = [turn.button("drop-photo", f"{DROP}{kept[0]}")] if kept else []
    ways = [Button(row.code, f"mine:{row.code}")] if told else progress.choices(row)
    return turn.say("photo/kept", *ways, *drop, **facts)


def once(turn: Turn, reply: Reply, *, full: bool) -> Reply:
    """One answer for photos that came together, and one more if they were too many."""
    album = turn.said.album
    before = turn.person.talk.get("album", ["", False])
    turn.remember(album=[album, full or (before[0] == album and before[1])] if album else None)
    return SILENCE if album and before[0] == album and (before[1] or not full) else reply


async def ask(turn: Turn, rows: Sequence[Registration]) -> Reply:
    """Ask of which work they are; what is not told within a day is thrown away."""
    agreed = [row for row in rows if agreed_to(turn, row)]
    if not agreed:
        asked = progress.unasked(turn, rows[0])
        assert asked
        return replace(asked, text=f"{turn.library.say('photo/unkept')}\n\n{asked.text}")
    room = max(0, MOST - await turn.unit.photos.unplaced(turn.person))
    await keep(turn, turn.said.photos[:room], None)
    turn.remember(progress=turn.said.text.strip() or turn.person.talk.get("progress"))
    buttons = [
        Button(mine.shortened(progress.name(turn, row)), f"{PLACE}{row.code}")
        for row in agreed[:LISTED]
    ]
    facts: dict[str, object] = {"rows": [mine.line(turn, row) for row in agreed[:LISTED]]}
    facts |= {"more": len(agreed) > LISTED, "full": len(turn.said.photos) > room, "most": MOST}
    reply = turn.say("photo/which", *buttons, turn.button("drop-photo", DROP), **facts)
    return once(turn, reply, full=bool(facts["full"]))


def agreed_to(turn: Turn, row: Registration) -> bool:
    plan = turn.library.plans.get(row.plan)
    return plan is None or given(turn.library, turn.person, plan)


def named(turn: Turn, text: str) -> str:
    """The button of a registration whose code was typed where it was asked of which they are."""
    asked = any(button.value.startswith(PLACE) for button in turn.offered())
    code = text.strip().upper()
    return f"{PLACE}{code}" if asked and mine.LIKE_A_CODE.fullmatch(code) else ""


async def press(turn: Turn, argument: str) -> Reply:
    """A button below photos."""
    action, _, which = argument.partition(":")
    return await (place(turn, which) if action == "to" else drop(turn, which))


async def place(turn: Turn, code: str) -> Reply:
    """Those that waited are of this registration."""
    row = next((row for row in await progress.valid(turn) if row.code == code.upper()), None)
    if row is None:
        return turn.say("registration/no_such", turn.button("mine", "mine"), code=code)
    if asked := progress.unasked(turn, row):
        turn.remember(then=f"{PLACE}{row.code}")
        return asked
    before = await turn.unit.photos.count(row.id, None)
    placed = await turn.unit.photos.place(turn.person, row.id, MOST - before)
    words = turn.person.talk.get("progress", "")
    if has_percent(words):
        return await progress.take(turn, row, words)
    count = await turn.unit.photos.count(row.id, None)
    return answer(turn, Report(row), placed, count) if count else progress.ask(turn, row)


async def drop(turn: Turn, number: str) -> Reply:
    """Throw away what was sent together; without a number what nobody said the work of."""
    if number.isdecimal() and len(number) < 10:
        await turn.unit.photos.drop(turn.person, int(number))
    else:
        turn.remember(progress=None)
        await turn.unit.photos.drop_unplaced(turn.person)
    return turn.say(
        "photo/dropped", turn.button("progress", "progress"), turn.button("mine", "mine")
    )


def papers(photos: Sequence[Here]) -> tuple[Paper, ...]:
    """These, to go along with a reply, the first first."""
    kinds: dict[str, PaperFormat] = {"jpg": "jpg", "png": "png", "webp": "webp"}
    shown = (photo for photo in reversed(photos) if photo.kind in kinds)
    return tuple(Paper(f"photo:{photo.id}", kinds[photo.kind]) for photo in shown)
