"""Two channels of somebody at once: each is heard, one after the other, whoever is first."""

from __future__ import annotations

import asyncio

import pytest
from sqlalchemy import select
from sqlmodel import col

from bot.channels.base import Abilities
from bot.knowledge import Knowledge
from bot.turns import Turns
from content.library import Library
from storage import joining
from storage.inbox import Heard
from storage.people import Where
from storage.tables import Person
from storage.unit import Store
from tests.fakes.clock import Time
from tests.storage.test_joining import LAN, ZALO, drafted
from tests.storage.test_people import TU, meet

PLAIN = {name: Abilities(max_text=10_000) for name in ("web", "zalo")}


async def say(store: Store, where: Where, number: int, text: str) -> None:
    channel, sender = where
    body = {"channel": channel, "id": f"{number}", "sender": sender, "text": text}
    async with store.unit() as unit:
        await unit.inbox.store([Heard(channel, f"{number}", sender, body)])


async def handled(time: Time, *turns: Turns) -> None:
    """Several processes take turns until nothing waits any more."""
    for _ in range(9):
        await asyncio.gather(*(each.round() for each in turns))
        async with turns[0].store.view() as unit:
            if not await unit.inbox.count_open():
                return
        time.passes(11)
    raise AssertionError("something still waits")


async def test_who_link_each_other_at_the_same_moment_are_one(
    store: Store, other: Store, library: Library, time: Time
) -> None:
    turns = [Turns(each, Knowledge(library, None), PLAIN) for each in (store, other)]
    async with store.unit() as unit:
        lan, zalo = await meet(unit, LAN, ZALO)
        await unit.inbox.done(await unit.inbox.waiting(None, 9, [*PLAIN]))
        await drafted(unit, lan, "đang điền")
        await drafted(unit, zalo, "cũng đang điền")
        await unit.link_codes.give("AAAA3333", lan, LAN)
        await unit.link_codes.give("CCCC4444", zalo, ZALO)
    await say(store, LAN, 1, "noi CCCC 4444")
    await say(store, ZALO, 2, "noi AAAA 3333")
    await handled(time, *turns)
    await say(store, LAN, 3, "nối")
    await say(store, ZALO, 4, "nối")
    for number, place in enumerate((LAN, ZALO), start=5):  # said before anybody is one
        await say(store, place, number, "đăng ký của tôi")
    await handled(time, *turns)
    async with store.view() as unit:
        one = await unit.people.known(*LAN)
        assert one
        assert one == await unit.people.known(*ZALO)
        assert {each.id for each in await unit.drafts.of(one)} == {"đang điền", "cũng đang điền"}
        assert await unit.inbox.count_parked() == 0
        others = await unit.session.scalars(select(Person).where(col(Person.id) != one.id))
        assert [other.talk for other in others] == [{}], "nobody is left who could hear it"
        assert not await unit.link_codes.find("AAAA3333")


@pytest.mark.parametrize("address", ["postgresql"], indirect=True)
async def test_what_one_says_at_two_places_is_heard_one_after_the_other(
    store: Store, other: Store
) -> None:
    async with store.unit() as unit:
        lan, zalo, _ = await meet(unit, LAN, ZALO, TU)
        await joining.join(unit, lan, zalo)
    async with store.unit() as ours:
        assert [row.sender for row in await ours.inbox.open(9, ["zalo"])] == ["Lan"]
        async with other.unit() as theirs:
            assert [row.sender for row in await theirs.inbox.open(9, ["web", "telegram"])] == ["Tư"]


async def test_what_was_said_at_a_place_that_was_erased_is_heard_as_a_strangers(
    store: Store, library: Library, time: Time
) -> None:
    async with store.unit() as unit:
        lan, zalo = await meet(unit, LAN, ZALO)
        await joining.join(unit, lan, zalo)
        await unit.inbox.done(await unit.inbox.waiting(None, 9, [*PLAIN]))
    await say(store, ZALO, 1, "đăng ký của tôi")
    async with store.unit() as unit:
        (lan,) = await meet(unit, LAN)
        await unit.people.leave(lan, but=LAN)
    await handled(time, Turns(store, Knowledge(library, None), PLAIN))
    async with store.view() as unit:
        assert await unit.inbox.count_parked() == 0
        stranger = await unit.people.known(*ZALO)
        assert stranger
        assert stranger.id not in (lan.id, zalo.id)
