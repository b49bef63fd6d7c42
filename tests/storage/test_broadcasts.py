"""Broadcasts: who may change one from what, and what stays of whom it reached."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from sqlalchemy import select
from sqlmodel import col

from storage.broadcasts import STATES
from storage.outbox import Outcome
from storage.tables import Broadcast, Outbox, Person
from storage.unit import Store, Unit
from tests.fakes.clock import Time

BODY = {"text": "Bà con ơi", "buttons": []}


async def people(unit: Unit, count: int) -> list[int]:
    found = [Person(created_at=unit.now, profile={"person": f"N{n}"}) for n in range(count)]
    unit.session.add_all(found)
    await unit.session.flush()
    return [person.id for person in found]


def row(of: Broadcast, person: int, channel: str = "web", **more: Any) -> dict[str, Any]:
    given = {"broadcast_id": of.id, "person_id": person, "channel": channel, "body": BODY}
    rest = {
        "about": "broadcast:p1",
        "address": f"p{person}",
        "state": "planned",
        "reason": "",
        "until": None,
    }
    return {**given, **rest, **more}


async def running(store: Store, count: int = 3) -> int:
    """A broadcast that runs, to so many people."""
    async with store.unit() as unit:
        ids = await people(unit, count)
        one = await unit.broadcasts.add("p1", {}, text="Bà con ơi", picture=b"png")
        assert await unit.broadcasts.change(one, "planning")
        await unit.broadcasts.plan([row(one, person) for person in ids])
        assert await unit.broadcasts.change(one, "running", begun_at=unit.now)
        return one.id


async def settle(store: Store, number: int, *states: str) -> None:
    async with store.unit() as unit:
        mine = select(col(Outbox.id)).where(col(Outbox.broadcast_id) == number)
        ids = await unit.session.scalars(mine.order_by(col(Outbox.id)))
        await unit.outbox.settle([Outcome(*each) for each in zip(ids, states, strict=False)])


async def test_who_was_first_changes_it_and_who_saw_it_before_does_not(
    store: Store, other: Store
) -> None:
    number = await running(store)
    async with other.view() as unit:
        seen = await unit.broadcasts.get(number)
    assert seen
    async with store.unit() as unit:
        mine = await unit.broadcasts.get(number)
        assert mine
        assert await unit.broadcasts.change(mine, "paused", reason="đông quá")
    async with other.unit() as unit:
        mine = await unit.session.merge(seen, load=False)
        assert not await unit.broadcasts.note(mine, reached=9)
        assert (mine.state, mine.reached) == ("paused", 0)


async def test_it_comes_to_no_state_that_does_not_follow(store: Store) -> None:
    number = await running(store)
    async with store.unit() as unit:
        one = await unit.broadcasts.get(number)
        assert one
        for wanted in {*STATES} - {*STATES["running"]}:
            assert not await unit.broadcasts.change(one, wanted)
        assert (one.state, one.stamp) == ("running", 2)


async def test_planning_twice_makes_one_row_a_person(store: Store) -> None:
    number = await running(store, 3)
    async with store.unit() as unit:
        one = await unit.broadcasts.get(number)
        assert one
        fresh = await people(unit, 1)
        again = [row(one, person, body={"text": "khác"}) for person in (1, 2, 3, *fresh)]
        await unit.broadcasts.plan(again)
    async with store.view() as unit:
        bodies = await unit.session.scalars(select(col(Outbox.body)).order_by(col(Outbox.id)))
        assert [body["text"] for body in bodies if body] == ["Bà con ơi"] * 3 + ["khác"]
        assert await unit.broadcasts.counts(number) == {"planned": 4}
        assert await unit.broadcasts.running() == [number]
        [listed] = await unit.broadcasts.listed(["p1"], 5)
        assert listed.id == number
        assert await unit.broadcasts.listed(["p2"], 5) == []
        found = [each async for each in unit.broadcasts.recipients(number)]
        assert [each.told.get("person") for each in found] == ["N0", "N1", "N2", "N0"]


async def test_it_is_done_once_nothing_is_left_and_goes_again_to_the_failed_in_time(
    store: Store, time: Time
) -> None:
    number = await running(store)
    async with store.unit() as unit:
        assert await unit.broadcasts.finish() == []
    await settle(store, number, "sent", "failed", "uncertain")
    async with store.unit() as unit:
        assert await unit.broadcasts.finish() == [number]
        one = await unit.broadcasts.get(number)
        assert one
        assert (one.state, one.ended_at) == ("done", unit.now)
        late = unit.now + timedelta(days=3)
        assert await unit.broadcasts.again(one, late)
        assert not await unit.broadcasts.again(one, late)
        left = {"sent": 1, "planned": 1, "uncertain": 1}
        assert await unit.broadcasts.counts(number) == left
        await unit.broadcasts.expire()
        assert await unit.broadcasts.counts(number) == left
    time.passes(3 * 86400)
    async with store.unit() as unit:
        await unit.broadcasts.expire()
        assert ("skipped", "stale", "web") in await unit.broadcasts.reasons(number)
        bodies = select(col(Outbox.body)).where(col(Outbox.state) == "skipped")
        assert [*await unit.session.scalars(bodies)] == [None]


async def test_cancelled_what_has_not_left_stays(store: Store) -> None:
    number = await running(store)
    await settle(store, number, "sent", "queued")
    async with store.unit() as unit:
        one = await unit.broadcasts.get(number)
        assert one
        assert await unit.broadcasts.cancel(one)
        assert not await unit.broadcasts.cancel(one)
        reasons = await unit.broadcasts.reasons(number)
        assert reasons == {("sent", "", "web"): 1, ("skipped", "cancelled", "web"): 2}


async def test_what_is_planned_stays_and_what_was_sent_loses_its_words_first(
    store: Store, time: Time
) -> None:
    number = await running(store)
    await settle(store, number, "sent", "failed")
    time.passes(40 * 86400)
    async with store.unit() as unit:
        await unit.outbox.empty(unit.now, [])
        bodies = select(col(Outbox.body)).order_by(col(Outbox.id))
        assert [*await unit.session.scalars(bodies)] == [None, BODY, BODY]
        await unit.outbox.forget(unit.now)
        assert [*await unit.session.scalars(bodies)] == [None, None, BODY]
        one = await unit.broadcasts.get(number)
        assert one
        assert await unit.broadcasts.cancel(one)
        await unit.broadcasts.forget(unit.now)
        assert await unit.broadcasts.get(number)
    time.passes(1)
    async with store.unit() as unit:
        await unit.broadcasts.forget(unit.now)
        assert await unit.broadcasts.get(number) is None
        assert await unit.broadcasts.counts(number) == {}
