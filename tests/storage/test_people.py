"""People, their drafts, their consent; and a registration that is made once, whatever happens."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest
from sqlalchemy.exc import IntegrityError

from handlers.codes import CODE, CODE_LENGTH
from storage.ages import Before
from storage.inbox import Heard
from storage.tables import Address, Draft, Person, Registration
from storage.unit import Store, Unit
from tests.databases import registrations
from tests.fakes.clock import Time

LAN, TU = ("web", "Lan"), ("telegram", "Tư")
ANSWERS = {"name": "Mô hình trồng nấm", "cost": 250_000_000, "place": None}


async def meet(unit: Unit, *places: tuple[str, str]) -> list[Person]:
    """The people who just wrote from these addresses."""
    heard = [Heard(channel, f"của {sender}", sender, {}) for channel, sender in places]
    await unit.inbox.store(heard)
    people = await unit.people.at(places)
    return [people[place] for place in places]


async def draft(store: Store, name: str = "d1") -> None:
    """Lan has filled in a form."""
    async with store.unit() as unit:
        (lan,) = await meet(unit, LAN)
        row = Draft(id=name, person_id=lan.id, plan="p", form="f", updated_at=unit.now)
        row.answers = ANSWERS
        unit.drafts.add(row)


async def submit(store: Store, name: str = "d1", code: str = "ACDEFH") -> None:
    async with store.unit() as unit:
        row = await unit.drafts.get(name)
        assert row
        await unit.registrations.submit(row, code, row.answers)


async def registered(store: Store) -> list[Registration]:
    async with store.view() as unit:
        return await registrations(unit)


async def test_a_stranger_becomes_a_person_and_stays_the_same(store: Store) -> None:
    async with store.unit() as unit:
        lan, tu = await meet(unit, LAN, TU)
        lan.profile = {"name": "Nguyễn Thị Lan", "phone": "0912345678"}
        assert lan.id != tu.id
    async with store.unit() as unit:
        tu_again, lan_again = await meet(unit, TU, LAN)
        assert (lan_again.id, tu_again.id) == (lan.id, tu.id)
        assert lan_again.profile["name"] == "Nguyễn Thị Lan"


async def test_nothing_is_known_of_a_stranger(store: Store) -> None:
    async with store.unit() as unit:
        (lan,) = await meet(unit, LAN)
    assert (lan.profile, lan.consents) == ({}, {})


async def test_a_consent_is_kept_with_its_proof(store: Store) -> None:
    proof = {"LĐLĐ huyện": {"version": "1", "at": "2025-04-15T01:00:00+00:00"}}
    async with store.unit() as unit:
        (lan,) = await meet(unit, LAN)
        lan.consents = proof
    async with store.view() as unit:
        kept = await unit.session.get_one(Person, lan.id)
    assert kept.consents == proof


async def test_who_left_is_remembered_until_they_write_again(store: Store, time: Time) -> None:
    async def gone_since() -> object:
        async with store.view() as unit:
            return (await unit.session.get_one(Address, LAN)).unreachable_since

    async with store.unit() as unit:
        await meet(unit, LAN)
    async with store.unit() as unit:
        await unit.people.unreachable([LAN, ("web", "nobody we know")])
    assert await gone_since() == time.now
    async with store.unit() as unit:
        await meet(unit, LAN)
    assert await gone_since() is None


async def test_a_draft_is_found_again_with_every_answer(store: Store) -> None:
    await draft(store)
    async with store.view() as unit:
        row = await unit.drafts.get("d1")
        assert row
        assert row.answers == ANSWERS
        assert await unit.drafts.get("d2") is None


async def test_drafts_are_listed_the_latest_first(store: Store, time: Time) -> None:
    for name in ("d1", "d2"):
        await draft(store, name)
        time.passes(60)
    async with store.unit() as unit:
        lan, tu = await meet(unit, LAN, TU)
        assert [row.id for row in await unit.drafts.of(lan)] == ["d2", "d1"]
        assert await unit.drafts.of(tu) == []


async def test_a_submitted_draft_becomes_a_registration(store: Store, time: Time) -> None:
    await draft(store)
    await submit(store)
    (row,) = await registered(store)
    assert (row.code, row.answers, row.submitted_at) == ("ACDEFH", ANSWERS, time.now)
    async with store.unit() as unit:
        assert await unit.drafts.get("d1") is None
        lan, tu = await meet(unit, LAN, TU)
        became = await unit.registrations.from_draft("d1", lan)
        assert await unit.registrations.from_draft("d1", tu) is None
    assert became is not None
    assert became.id == row.id


async def test_a_draft_that_nobody_touches_is_forgotten(store: Store, time: Time) -> None:
    await draft(store, "d1")
    time.passes(60)
    await draft(store, "d2")
    async with store.unit() as unit:
        await unit.drafts.forget(Before(time.now))
    async with store.view() as unit:
        assert await unit.drafts.get("d1") is None
        assert await unit.drafts.get("d2")


async def test_two_who_submit_one_draft_at_once_make_one_registration(
    store: Store, other: Store
) -> None:
    await draft(store)
    both = submit(store, code="ACDEFH"), submit(other, code="HFEDCA")
    failed = [error for error in await asyncio.gather(*both, return_exceptions=True) if error]
    assert len(failed) == 1
    assert len(await registered(store)) == 1


async def test_a_draft_that_comes_back_makes_no_second_registration(store: Store) -> None:
    await draft(store)
    await submit(store)
    await draft(store)
    with pytest.raises(IntegrityError):
        await submit(store, code="HFEDCA")
    assert len(await registered(store)) == 1


async def test_no_two_registrations_have_one_code(store: Store) -> None:
    for name in ("d1", "d2"):
        await draft(store, name)
    await submit(store, "d1")
    async with store.view() as unit:
        assert await unit.registrations.coded("ACDEFH")
        assert await unit.registrations.coded("HFEDCA") is None
    with pytest.raises(IntegrityError):
        await submit(store, "d2")
    async with store.view() as unit:
        assert await unit.drafts.get("d2"), "what was typed is still there"


async def test_registrations_are_listed_by_person(store: Store) -> None:
    for name, code in (("d1", "ACDEFH"), ("d2", "HFEDCA")):
        await draft(store, name)
        await submit(store, name, code)
    async with store.unit() as unit:
        lan, tu = await meet(unit, LAN, TU)
        assert [row.code for row in await unit.registrations.of(lan)] == ["HFEDCA", "ACDEFH"]
        assert await unit.registrations.of(tu) == []


@pytest.mark.parametrize("alike", ["0ODQ", "1IL", "2Z", "5S", "6G", "8B"])
def test_no_code_has_letters_that_are_mistaken_for_each_other(alike: str) -> None:
    assert len(set(alike) & set(CODE)) <= 1


def test_codes_are_many_enough_to_be_free() -> None:
    assert CODE.isupper()
    assert len(set(CODE)) ** CODE_LENGTH > 10_000_000


async def test_when_somebody_wrote_last_is_known_to_the_hour(store: Store, time: Time) -> None:
    began = time.now
    for minutes, known in ((0, 0), (59, 0), (1, 60), (30, 60)):
        time.passes(60 * minutes)
        async with store.unit() as unit:
            await meet(unit, LAN)
        async with store.view() as unit:
            address = await unit.session.get_one(Address, LAN)
        assert address.heard_at == began + timedelta(minutes=known)
