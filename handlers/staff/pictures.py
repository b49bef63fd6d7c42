"""Photos of the work as an officer sees them: those of one report at a time, the latest first."""

from __future__ import annotations

from dataclasses import replace

from handlers import browse
from handlers.photos import papers
from handlers.staff.looking import gone, opened
from handlers.staff.officers import Officers, able
from handlers.talk import Reply
from handlers.turn import HERE, Turn


async def show(turn: Turn, officers: Officers, argument: str) -> Reply:
    """The photos of a report on one registration; to look at them is an act."""
    code, _, page = argument.partition("/")
    row = await opened(turn, officers, code)
    if row is None:
        return gone(turn)
    every = await turn.unit.photos.of(row.id)
    reports = list(dict.fromkeys(photo.progress_id for photo in every))
    back = turn.button("open-one", f"staff:look:{row.code}")
    if not reports:
        return turn.say("review/no_photos", back, code=row.code)
    at = min(browse.number(page), len(reports) - 1)
    shown = [photo for photo in every if photo.progress_id == reports[at]]
    told = {each.id: each for each in await turn.unit.registrations.told(row)}
    report = told.get(reports[at] or 0)
    officer = able(officers, row.plan, "look")
    turn.unit.acts.add("viewed", row, staff_id=officer.id if officer else None)
    earlier = at + 1 < len(reports)
    buttons = [turn.button("earlier", f"staff:photos:{row.code}/{at + 1}")] if earlier else []
    facts = {
        "code": row.code,
        "count": len(shown),
        "day": shown[0].created_at.astimezone(HERE).date(),
        "percent": report.percent if report else None,
        "told": report.note if report else "",
    }
    reply = turn.say("review/photos", *buttons, back, **facts)
    return replace(reply, papers=papers(shown))
