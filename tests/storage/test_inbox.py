"""What comes in is remembered once, and waits for its turn in order."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest

from storage.inbox import Heard, Waiting
from storage.tables import Address, Inbox
from storage.unit import Store
from tests.fakes.clock import Time
from tests.fakes.staff import parked_updates

ON_POSTGRESQL = pytest.mark.parametrize("address", ["postgresql"], indirect=True)


def heard(update: int, sender: str = "Lan", channel: str = "web", fault: str = "") -> Heard:
    return Heard(channel, str(update), sender, {"text": f"câu {update} của {sender}"}, fault)


async def keep(store: Store, *updates: Heard) -> None:
    async with store.unit() as unit:
        await unit.inbox.store(updates)


async def waiting(
    store: Store, limit: int = 100, channels: tuple[str, ...] = ("web",)
) -> list[str]:
    async with store.unit() as unit:
        return texts(await unit.inbox.open(limit, channels))


def texts(rows: list[Waiting]) -> list[str]:
    return [row.body["text"] for row in rows]


async def test_an_update_that_is_delivered_again_is_one(store: Store) -> None:
    await keep(store, heard(1), heard(1))
    await keep(store, heard(1), heard(2))
    assert await waiting(store) == ["câu 1 của Lan", "câu 2 của Lan"]


async def test_an_update_that_reaches_two_processes_at_once_is_one(
    store: Store, other: Store
) -> None:
    updates = [heard(n, f"người {n % 7}") for n in range(50)]
    await asyncio.gather(keep(store, *updates), keep(other, *updates))
    assert len(await waiting(store)) == 50


async def test_two_channels_may_number_their_updates_alike(store: Store) -> None:
    await keep(store, heard(1), heard(1, channel="telegram"))
    assert len(await waiting(store, channels=("web", "telegram"))) == 2


async def test_a_text_of_odd_signs_is_kept_as_it_came(store: Store) -> None:
    odd = "nul \x00, half a sign \ud83d, 👩‍🌾 Ừ, \u2028"
    await keep(store, Heard("web", "1", "Lan", {"text": odd}))
    assert await waiting(store) == [odd]


async def test_updates_wait_in_the_order_in_which_they_came(store: Store) -> None:
    await keep(store, heard(7), heard(3, "Tư"), heard(5))
    await keep(store, heard(1))
    came = ["câu 7 của Lan", "câu 3 của Tư", "câu 5 của Lan", "câu 1 của Lan"]
    assert await waiting(store) == came
    assert await waiting(store, limit=2) == came[:2]


async def test_a_channel_that_is_not_served_here_keeps_its_updates(store: Store) -> None:
    await keep(store, heard(1, channel="telegram"), heard(2))
    assert await waiting(store) == ["câu 2 của Lan"]
    assert await waiting(store, channels=("telegram",)) == ["câu 1 của Lan"]


async def test_what_has_taken_effect_never_waits_again(store: Store) -> None:
    await keep(store, heard(1), heard(2))
    async with store.unit() as unit:
        await unit.inbox.done(await unit.inbox.open(1, ["web"]))
    await keep(store, heard(1))
    assert await waiting(store) == ["câu 2 của Lan"]


async def test_the_text_of_what_has_taken_effect_is_gone(store: Store) -> None:
    await keep(store, heard(1))
    async with store.unit() as unit:
        await unit.inbox.done(await unit.inbox.open(1, ["web"]))
    async with store.view() as unit:
        row = await unit.session.get(Inbox, 1)
    assert row is not None
    assert (row.update_id, row.body, row.done_at) == ("1", None, store.clock())


async def test_a_turn_that_is_broken_off_leaves_its_update_waiting(store: Store) -> None:
    await keep(store, heard(1))
    with pytest.raises(RuntimeError):
        await break_off(store)
    assert await waiting(store) == ["câu 1 của Lan"]


async def break_off(store: Store) -> None:
    async with store.unit() as unit:
        await unit.inbox.done(await unit.inbox.open(1, ["web"]))
        raise RuntimeError


async def test_what_is_changed_in_a_view_is_not_kept(store: Store) -> None:
    await keep(store, heard(1))
    async with store.view() as unit:
        await unit.inbox.done(await unit.inbox.waiting(None, 1, ["web"]))
    assert await waiting(store) == ["câu 1 của Lan"]


async def test_failures_are_counted(store: Store) -> None:
    await keep(store, heard(1))
    for attempts in range(3):
        async with store.unit() as unit:
            (row,) = await unit.inbox.open(1, ["web"])
            assert row.attempts == attempts
            await unit.inbox.failed(row)


async def test_a_parked_update_is_kept_whole_and_lets_the_others_pass(store: Store) -> None:
    await keep(store, heard(1), heard(2))
    async with store.unit() as unit:
        (row,) = await unit.inbox.open(1, ["web"])
        await unit.inbox.park(row, "KeyError: turn.py:1")
    assert await waiting(store) == ["câu 2 của Lan"]
    async with store.view() as unit:
        (parked,) = await parked_updates(unit)
        assert await unit.inbox.count_open() == 1
    assert (parked.body, parked.fault) == (heard(1).body, "KeyError: turn.py:1")


async def test_what_nobody_could_read_is_parked_at_once_and_makes_no_person(store: Store) -> None:
    await keep(store, heard(1, sender="", fault="could not be read"))
    assert await waiting(store) == []
    async with store.view() as unit:
        assert [row.body for row in await parked_updates(unit)] == [heard(1, sender="").body]
        assert await unit.session.get(Address, ("web", "")) is None


async def test_old_ids_are_forgotten_and_much_later_what_was_parked(
    store: Store, time: Time
) -> None:
    await keep(store, heard(1), heard(2, fault="could not be read"), heard(3))
    async with store.unit() as unit:
        await unit.inbox.done(await unit.inbox.open(1, ["web"]))
    for days, kept in ((0, [True] * 3), (8, [False, True, True]), (30, [False, False, True])):
        time.passes(days * 86400)
        async with store.unit() as unit:
            await unit.inbox.forget(unit.now - timedelta(days=7), unit.now - timedelta(days=30))
        async with store.view() as unit:
            left = [await unit.session.get(Inbox, number) for number in (1, 2, 3)]
            assert await unit.inbox.count_parked() == kept[1]
        assert [row is not None for row in left] == kept


async def test_some_people_may_be_passed_over(store: Store) -> None:
    await keep(store, heard(1), heard(2, "Tư"), heard(3))
    async with store.unit() as unit:
        assert texts(await unit.inbox.open(1, ["web"], but={("web", "Lan")})) == ["câu 2 của Tư"]


async def test_an_address_that_was_deleted_by_hand_silences_nobody(store: Store) -> None:
    await keep(store, heard(1))
    async with store.unit() as unit:
        await unit.session.delete(await unit.session.get_one(Address, ("web", "Lan")))
    assert await waiting(store) == ["câu 1 của Lan"]


@ON_POSTGRESQL
async def test_what_one_process_works_on_another_leaves_alone(store: Store, other: Store) -> None:
    await keep(store, *(heard(n, f"người {n % 4}") for n in range(12)))
    async with store.unit() as first, other.unit() as second:
        ours = await first.inbox.open(2, ["web"])
        theirs = await second.inbox.open(100, ["web"])
        assert {row.sender for row in ours} == {"người 0", "người 1"}
        assert {row.sender for row in theirs} == {"người 2", "người 3"}
        assert len(theirs) == 6
        await first.inbox.done(ours)
        await second.inbox.done(theirs)
    assert len(await waiting(store)) == 4
