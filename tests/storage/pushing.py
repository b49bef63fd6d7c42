"""A broadcast that runs, and reminders, as they wait to leave."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from storage.inbox import Heard
from storage.outbox import REMINDER
from storage.tables import Draft, Outbox
from storage.unit import Store, Unit


async def met(unit: Unit, channel: str, names: list[str]) -> list[int]:
    """These people, who wrote to us on that channel; their ids."""
    places = [(channel, name) for name in names]
    await unit.inbox.store([Heard(channel, f"của {name}", name, {}) for name in names])
    people = await unit.people.at(places)
    return [people[place].id for place in places]


async def broadcast(
    store: Store, text: str, *names: str, channel: str = "web", until: datetime | None = None
) -> int:
    """One that runs, with a row for each of these people."""
    async with store.unit() as unit:
        one = await unit.broadcasts.add("p", {}, text=text, state="running")
        body: dict[str, Any] = {"text": text, "buttons": []}
        common = {"broadcast_id": one.id, "channel": channel, "state": "planned", "reason": ""}
        ids = await met(unit, channel, [*names])
        rows = [
            {**common, "person_id": number, "address": name, "body": body, "until": until}
            for number, name in zip(ids, names, strict=True)
        ]
        await unit.broadcasts.plan(rows)
        return one.id


async def remind(store: Store, name: str, text: str, useful: float = 3600) -> None:
    """Remind somebody of a draft of theirs."""
    async with store.unit() as unit:
        (person,) = await met(unit, "web", [name])
        if await unit.drafts.get(name) is None:
            mine = Draft(id=name, person_id=person, plan="p", form="f", updated_at=unit.now)
            unit.drafts.add(mine)
        until, body = unit.now + timedelta(seconds=useful), {"text": text, "buttons": []}
        row = Outbox(channel="web", address=name, body=body, created_at=unit.now, state="queued")
        row.priority, row.due_at, row.until, row.person_id = REMINDER, unit.now, until, person
        row.about = f"draft:vinh-thuan-2025/{name}"
        unit.session.add(row)


async def pause(store: Store, number: int, state: str = "paused") -> None:
    async with store.unit() as unit:
        row = await unit.broadcasts.get(number)
        assert row
        assert await unit.broadcasts.change(row, state)
