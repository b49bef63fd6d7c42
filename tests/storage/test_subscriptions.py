"""How a browser is told of news: kept where somebody asked for it, and nowhere after they left."""

from __future__ import annotations

from typing import Any

import pytest

from storage import erasing, joining
from storage.unit import Store
from tests.storage.test_people import meet

LAN, TU, ZALO = ("web", "Lan"), ("web", "Tư"), ("zalo", "Lan")


def push(name: str = "1") -> dict[str, Any]:
    return {"endpoint": f"https://push.example/{name}", "auth": "x"}


async def take(store: Store, name: str, of: str = "Lan", *, asked: bool = False) -> bool:
    async with store.unit() as unit:
        return await unit.subscriptions.take(of, push(name), asked=asked)


async def kept(store: Store, of: str = "Lan") -> str:
    async with store.view() as unit:
        found = await unit.subscriptions.of(of)
    return found["endpoint"].rpartition("/")[2] if found else ""


async def test_it_is_kept_once_asked_for_and_follows_the_browser(store: Store) -> None:
    async with store.unit() as unit:
        await meet(unit, LAN, TU)
    assert not await take(store, "1"), "nobody asked for it"
    assert await take(store, "1", asked=True)
    assert await take(store, "1"), "it is the same"
    assert await take(store, "2"), "the browser changed it"
    assert await take(store, "2", of="after the cookie was lost"), "the same browser"
    assert await kept(store) == "", "there, others may read now"
    assert await kept(store, "after the cookie was lost") == "2"
    async with store.unit() as unit:
        (new,) = await meet(unit, ("web", "after the cookie was lost"))
        assert new.id


async def test_it_is_dropped_only_if_it_is_still_the_one(store: Store) -> None:
    await take(store, "1", asked=True)
    async with store.unit() as unit:
        await unit.subscriptions.drop("Lan", push("0")["endpoint"])
    assert await kept(store) == "1"
    async with store.unit() as unit:
        await unit.subscriptions.drop("Lan", push("1")["endpoint"])
        await unit.subscriptions.drop("nobody")
    assert await kept(store) == ""


async def test_it_goes_along_when_two_become_one(store: Store) -> None:
    async with store.unit() as unit:
        lan, zalo = await meet(unit, LAN, ZALO)
        await unit.subscriptions.take("Lan", push(), asked=True)
        await joining.join(unit, zalo, lan)
    async with store.view() as unit:
        person = await unit.people.known(*LAN)
        assert person
        assert person.id == zalo.id
        (follower,) = [each for each in await unit.audience.page("", "", 0) if each.places]
        assert {place.channel: bool(place.push) for place in follower.places} == {
            "web": True,
            "zalo": False,
        }


@pytest.mark.parametrize("how", ["forget", "part", "leave"])
async def test_who_leaves_is_told_of_nothing_more(store: Store, how: str) -> None:
    async with store.unit() as unit:
        lan, zalo = await meet(unit, LAN, ZALO)
        await joining.join(unit, zalo, lan)
        await unit.subscriptions.take("Lan", push(), asked=True)
    async with store.unit() as unit:
        person = await unit.people.lock(zalo.id)
        match how:
            case "forget":
                await erasing.forget(unit, person)
            case "part":
                await joining.part(unit, person, LAN)
            case "leave":
                await unit.people.leave(person)
    assert await kept(store) == ""
    assert not await take(store, "1"), "the browser brings nothing back by itself"
