"""Two whom we took for two become one with all that is theirs, once, whoever is first."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import func, select
from sqlmodel import SQLModel, col

from storage import erasing, joining
from storage.tables import (
    Broadcast,
    Draft,
    Outbox,
    Person,
    Question,
    Registration,
    Told,
)
from storage.unit import Store, Unit
from tests.fakes.clock import Time
from tests.storage.test_erasing import photo
from tests.storage.test_people import meet

LAN, ZALO = ("web", "Lan"), ("zalo", "Lan")
CODE = "ACDE3467"


async def drafted(unit: Unit, person: Person, name: str) -> None:
    told: dict[str, Any] = {"id": name, "person_id": person.id, "plan": "p", "form": "f"}
    unit.drafts.add(Draft(**told, updated_at=unit.now))
    await unit.session.flush()


async def registered(unit: Unit, person: Person) -> Registration:
    await drafted(unit, person, f"sent by {person.id}")
    draft = await unit.drafts.get(f"sent by {person.id}")
    assert draft
    return await unit.registrations.submit(draft, f"CODE{person.id}", {})


async def questioned(unit: Unit, person: Person) -> None:
    about: dict[str, Any] = {"channel": "web", "plan": "p", "text": "?", "why": "unanswered"}
    unit.questions.add(Question(person_id=person.id, **about, asked_at=unit.now))


async def hired(unit: Unit, person: Person) -> None:
    unit.staff.invite(f"{person.id}", "p", "viewer", "Lan")
    assert await unit.staff.join(f"{person.id}", person)


async def pushed(
    unit: Unit, person: Person, about: str = "", broadcast: int | None = None, state: str = "queued"
) -> None:
    told: dict[str, Any] = {"person_id": person.id, "about": about, "broadcast_id": broadcast}
    row = Outbox(channel="zalo", address="Lan", body={}, state=state, created_at=unit.now, **told)
    unit.session.add(row)


async def looked(unit: Unit, person: Person) -> None:
    unit.acts.add("looked", person_id=person.id)


async def told(unit: Unit, person: Person, about: str = "a") -> None:
    unit.session.add(Told(person_id=person.id, about=about, step="7", at=unit.now))


async def coded(unit: Unit, person: Person) -> None:
    await unit.link_codes.give(f"{person.id}", person, ("web", "x"))


async def addressed(unit: Unit, person: Person) -> None:
    """They have an address as soon as they are somebody."""


MADE: dict[str, Callable[[Unit, Person], Awaitable[Any]]] = {  # a row of a person, by its table
    "act": looked,
    "address": addressed,
    "draft": lambda unit, person: drafted(unit, person, f"of {person.id}"),
    "link_code": coded,
    "outbox": pushed,
    "photo": photo,
    "question": questioned,
    "registration": registered,
    "request": lambda unit, person: unit.requests.add(person, "p", "object"),
    "staff": hired,
    "told": lambda unit, person: told(unit, person, f"{person.id}"),
}


def of_people() -> set[str]:
    """The tables with a column that says whose a row is."""
    return {
        name
        for name, table in SQLModel.metadata.tables.items()
        for column in table.columns
        if column.name == "person_id"
        or any(key.target_fullname == "person.id" for key in column.foreign_keys)
    }


async def count(unit: Unit, person: Person) -> dict[str, int]:
    tables = {name: SQLModel.metadata.tables[name] for name in of_people()}
    found = {}
    for name, table in tables.items():
        mine = select(func.count()).where(table.c.person_id == person.id)
        found[name] = int((await unit.session.execute(mine)).scalar_one())
    return {name: rows for name, rows in found.items() if rows}


async def test_whatever_says_whose_it_is_goes_along(store: Store) -> None:
    assert {*MADE} == of_people(), "what is new has to go along, too"
    async with store.unit() as unit:
        both = await meet(unit, LAN, ZALO)
        for person in both:
            for make in MADE.values():
                await make(unit, person)
    async with store.unit() as unit:
        lan, zalo = await meet(unit, LAN, ZALO)
        before = {name: 2 * rows for name, rows in (await count(unit, lan)).items()}
        warm = await unit.drafts.get(f"of {zalo.id}")
        await joining.join(unit, lan, zalo)
        assert warm
        assert warm.person_id == lan.id, "also what the turn holds in its hands"
        assert unit.people.moved == {ZALO: lan}
    async with store.view() as unit:
        assert await count(unit, zalo) == {}
        assert await count(unit, lan) == before | {"link_code": 1}
        assert await unit.people.known(*ZALO) == await unit.people.known(*LAN)


async def test_what_both_were_told_is_kept_and_told_once(store: Store) -> None:
    async with store.unit() as unit:
        lan, zalo = await meet(unit, LAN, ZALO)
        cast = Broadcast(plan="p", buttons=[], whom={}, made_at=unit.now)
        unit.session.add(cast)
        await unit.session.flush()
        for person in (lan, zalo):
            await told(unit, person)
            await pushed(unit, person, "broadcast", cast.id)
        unit.acts.add("erased", person_id=zalo.id)
        await joining.join(unit, lan, zalo)
    async with store.view() as unit:
        assert await count(unit, lan) == {"address": 2, "told": 1, "outbox": 1}
        assert await count(unit, zalo) == {"act": 1}, "who stays never asked to be forgotten"


@pytest.mark.parametrize(
    ("lans", "zalos", "left"),
    [
        ("planned", "sent", ["sent"]),
        ("queued", "uncertain", ["uncertain"]),
        ("sent", "planned", ["sent"]),
        ("failed", "planned", ["planned"]),
        ("planned", "failed", ["planned"]),
        ("skipped", "skipped", ["skipped"]),
        ("sent", "sent", ["sent", "sent"]),
    ],
)
async def test_of_two_messages_of_one_broadcast_the_one_that_came_farther_is_theirs(
    store: Store, lans: str, zalos: str, left: list[str]
) -> None:
    async with store.unit() as unit:
        lan, zalo = await meet(unit, LAN, ZALO)
        cast = Broadcast(plan="p", buttons=[], whom={}, made_at=unit.now)
        unit.session.add(cast)
        await unit.session.flush()
        for person, state in ((lan, lans), (zalo, zalos)):
            await pushed(unit, person, "broadcast", cast.id, state)
        await unit.session.flush()
        await joining.join(unit, lan, zalo)
    async with store.view() as unit:
        rows = (await unit.session.execute(select(col(Outbox.state), col(Outbox.person_id)))).all()
    assert sorted(state for state, _ in rows) == left
    assert lan.id in [person for _, person in rows]


async def test_a_place_becomes_somebody_new_of_whom_nothing_is_known(store: Store) -> None:
    async with store.unit() as unit:
        lan, zalo = await meet(unit, LAN, ZALO)
        await joining.join(unit, lan, zalo)
        await registered(unit, lan)
        unit.outbox.add(*ZALO, [{"text": "của Lan"}])
        unit.outbox.add(*LAN, [{"text": "của Lan"}])
    async with store.unit() as unit:
        (lan,) = await meet(unit, LAN)
        lan.wishes = {"off": True, "muted": ["p"]}
        await unit.link_codes.give(CODE, lan, LAN)
        new = await joining.part(unit, lan, ZALO)
    async with store.view() as unit:
        assert (await unit.people.known(*ZALO)) == await unit.people.find(new.id)
        assert (new.wishes, new.profile, new.consents) == ({"off": True}, {}, {})
        assert await count(unit, new) == {"address": 1}
        assert await count(unit, lan) == {"address": 1, "registration": 1}
        left = await unit.session.scalars(select(col(Outbox.address)))
        assert [*left] == ["Lan"]


async def test_a_code_is_used_once_and_in_its_time(store: Store, other: Store, time: Time) -> None:
    async def give() -> str:
        async with store.unit() as unit:
            (lan,) = await meet(unit, LAN)
            await unit.link_codes.give("AAAA3333", lan, LAN)
            await unit.link_codes.give(CODE, lan, LAN)  # the one before is void
            assert await unit.link_codes.find("AAAA3333") is None
            row = await unit.link_codes.find(CODE)
            assert row
            assert row.code
            assert CODE not in row.code
            return row.code

    async def use(at: Store) -> bool:
        async with at.unit() as unit:
            return await unit.link_codes.use(code)

    async def ask(at: Store) -> bool:
        async with at.unit() as unit:
            return await unit.link_codes.ask(code, ZALO)

    code = await give()
    assert sorted(await asyncio.gather(use(store), use(other))) == [False, True]
    code = await give()
    assert sorted(await asyncio.gather(ask(store), use(other))) == [False, True]
    code = await give()
    assert await ask(store)
    async with store.unit() as unit:
        (lan,) = await meet(unit, LAN)
        assert [await unit.link_codes.answer(lan) for _ in range(2)] == [ZALO, None]
    code = await give()
    time.passes(timedelta(minutes=15).total_seconds())
    assert not await use(store)


async def test_a_code_goes_with_who_asked_to_be_forgotten(store: Store) -> None:
    async with store.unit() as unit:
        lan, zalo = await meet(unit, LAN, ZALO)
        await unit.link_codes.give(CODE, lan, LAN)
        row = await unit.link_codes.find(CODE)
        assert row
        assert row.code
        assert await unit.link_codes.ask(row.code, ZALO)
        await erasing.forget(unit, zalo)
        assert await unit.link_codes.answer(lan) is None
        await unit.link_codes.give(CODE, lan, LAN)
        await erasing.forget(unit, lan)
        assert await unit.link_codes.find(CODE) is None
