"""Of several processes one renews a pair of tokens, and the others see what it got."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta

import pytest

from bot.channels.zalo_oa_tokens import Given, NoToken, Shelf, Tokens
from bot.sealing import Seal
from storage.unit import Store
from tests.fakes.clock import Time

SEAL = Seal("k" * 32, "tests")


class Platform:
    """Gives a pair for each refresh token, once, after everybody has asked who will."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    async def give(self, refresh: str) -> Given:
        self.asked.append(refresh)
        await asyncio.sleep(0)
        number = len(self.asked)
        return Given(f"access-{number}", f"refresh-{number}", 90000)


@pytest.fixture
async def other(address: str, time: Time, store: Store) -> AsyncIterator[Store]:
    """The memory of a second process."""
    other = Store(address, time)
    yield other
    await other.close()


async def test_two_processes_use_one_refresh(store: Store, other: Store, time: Time) -> None:
    platform = Platform()
    both = [Tokens(Shelf(each, SEAL), "seed", platform.give) for each in (store, other)]
    for expected in (["seed"], ["seed", "refresh-1"]):
        flights = [tokens.access() for tokens in both for _ in range(5)]
        outcomes = await asyncio.gather(*flights, return_exceptions=True)
        assert platform.asked == expected
        assert all(isinstance(each, str | NoToken) for each in outcomes)
        token = f"access-{len(expected)}"
        assert [await tokens.access() for tokens in both] == [token, token]
        time.passes(25 * 3600)


async def test_a_claim_is_one_s_alone_until_it_runs_out(
    store: Store, other: Store, time: Time
) -> None:
    async with store.unit() as unit:
        pair = await unit.tokens.begin("x", "sealed", "hash")
    for seconds, ours in ((0, True), (9, False), (2, True)):
        time.passes(seconds)
        async with other.unit() as unit:
            until = unit.now + timedelta(seconds=10)
            assert await unit.tokens.claim(pair, until) is ours


async def test_a_token_given_anew_is_not_overwritten_by_what_was_on_its_way(store: Store) -> None:
    async with store.unit() as unit:
        old = await unit.tokens.begin("x", "first", "hash-1")
        assert await unit.tokens.claim(old, unit.now)
    async with store.unit() as unit:
        await unit.tokens.begin("x", "second", "hash-2")
    async with store.unit() as unit:
        await unit.tokens.rest(old, unit.now, "-14014")
        new = await unit.tokens.get("x")
        assert new
        assert (new.refresh, new.fault, new.seeds) == ("second", "", ["hash-1", "hash-2"])
        assert (await unit.tokens.begin("x", "third", "hash-1")).refresh == "second"
