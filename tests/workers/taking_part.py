"""People who take part in a plan, and what they wish to hear of it."""

from __future__ import annotations

from storage.inbox import Heard
from storage.tables import Draft, Person
from storage.unit import Store, Unit

PLAN = "vinh-thuan-2025"  # it ends on 31/7/2025; reports until 4/5, dossiers until 1/6
LAN = ("web", "Lan")
PERIOD = {"start": "2025-04-16", "end": "2025-06-15"}


async def draft(store: Store, name: str = "d1", who: str = "Lan") -> None:
    """Somebody has begun to fill in a form."""
    async with store.unit() as unit:
        await unit.inbox.store([Heard("web", name, who, {})])
        one = await known(unit, who)
        one.consents = {"LĐLĐ huyện": {"version": "1"}}
        row = Draft(id=name, person_id=one.id, plan=PLAN, form="bang-dang-ky", updated_at=unit.now)
        row.answers = {"name": "Lò sấy lúa", "period": PERIOD}
        unit.drafts.add(row)


async def known(unit: Unit, who: str = "Lan") -> Person:
    return (await unit.people.at([("web", who)]))["web", who]


async def submit(store: Store) -> None:
    async with store.unit() as unit:
        row = await unit.drafts.get("d1")
        assert row
        await unit.registrations.submit(row, "ACDEFH", row.answers)


async def wish(store: Store, **wishes: object) -> None:
    async with store.unit() as unit:
        (await known(unit)).wishes = {**wishes}
