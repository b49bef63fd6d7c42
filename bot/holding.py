"""The first start of a restored backup: what it had heard is done, and its staff are told."""

from __future__ import annotations

from datetime import datetime

import structlog

from bot.app import App
from bot.turns import Turns
from handlers.staff import holding
from handlers.turn import shows
from storage import held
from storage.tables import Staff
from storage.unit import Unit

logger = structlog.get_logger(__name__)

TOLD = ("owner", "editor")  # the roles whose officers hear of it


async def take_up(app: App) -> None:
    """Before anything new comes in, take up a backup that is held back; nothing, where none is."""
    async with app.store.view() as unit:
        hold = await unit.holds.standing()
    if hold is None:
        return
    logger.warning("sending_held", since=hold.since.isoformat(), why=hold.why)
    if hold.told_at is None:
        await finish(app, hold.since)
        await tell(app)


async def finish(app: App, since: datetime) -> None:
    """Handle what the backup had heard, as of then: people have their answers, so these wait."""
    turns = Turns(app.store.as_of(since), app.knowledge, app.turns.channels, app.turns.site)
    while await turns.round():
        pass


async def tell(app: App) -> None:
    """Let each officer know once what would go out."""
    async with app.store.unit() as unit:
        hold, kept = await unit.holds.standing(), await held.count(unit)
        if hold is None or hold.told_at:
            return
        unit.session.add(hold)
        hold.told_at = unit.now
        for officers in (await by_person(unit)).values():
            able = holding.deciding(officers) is not None
            reply = holding.told(app.knowledge.library, hold, kept, able=able)
            for channel, address in await unit.staff.reached(officers[0].id):
                app.turns.queue(unit, channel, address, reply)
            if reply.buttons:
                shows(await unit.people.get(officers[0].person_id), reply)


async def by_person(unit: Unit) -> dict[int, list[Staff]]:
    """Who is to hear of it, each with all that they may do."""
    told = [each for each in await unit.staff.all() if each.role in TOLD]
    people: dict[int, list[Staff]] = {}
    for officer in told:
        people.setdefault(officer.person_id, []).append(officer)
    return people
