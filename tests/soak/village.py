"""The people of a soak: a database with one running broadcast to all of them."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import insert

from bot.settings import utc_now
from storage.tables import Address, Person
from storage.unit import Store
from storage.upgrade import upgrade

FIRST = 100_000  # the address of the first
TEXT = "📣 Bà con nhớ nộp hồ sơ thi đua trước ngày 02/6 nhé."
PAGE = 1000


async def settle_in(folder: Path, people: int) -> None:
    """All of them have written to us, and a message to each is planned."""
    store = Store(f"sqlite+aiosqlite:///{folder / 'thidua.db'}", utc_now)
    await upgrade(store.engine)
    async with store.unit() as unit:
        one = await unit.broadcasts.add("p", {}, text=TEXT, state="running")
        someone = {"created_at": unit.now, "consents": {}, "profile": {}, "plan": "", "talk": {}}
        await unit.session.execute(insert(Person), [dict(someone) for _ in range(people)])
        there = [
            {"channel": "telegram", "sender": str(FIRST + n), "person_id": n, "heard_at": unit.now}
            for n in range(1, people + 1)
        ]
        await unit.session.execute(insert(Address), there)
        told = {"broadcast_id": one.id, "channel": "telegram", "state": "planned", "reason": ""}
        body = {"text": TEXT, "buttons": []}
        for begin in range(0, people, PAGE):
            page = there[begin : begin + PAGE]
            await unit.broadcasts.plan(
                [
                    {
                        **told,
                        "person_id": each["person_id"],
                        "address": each["sender"],
                        "body": body,
                        "until": None,
                    }
                    for each in page
                ]
            )
    await store.close()
