"""An Official Account's tokens: what is left of them whenever we die or are given up."""

from __future__ import annotations

import asyncio

import pytest

from bot.channels.zalo_oa import ZaloOA
from bot.channels.zalo_oa_tokens import LEASE, REST, NoToken, Shelf
from handlers.talk import Reply
from storage.unit import Store
from tests.channels.houses import KEYS, SEAL, House, Unsteady
from tests.fakes.clock import Time
from tests.fakes.zalo_oa import CUT_AFTER, CUT_BEFORE, FIRST, HANG_AFTER, HANG_BEFORE, ZaloOaApi
from tests.fakes.zalo_oa.events import LAN

HELLO = Reply("chào")
LEASED, RESTED = LEASE.total_seconds(), REST.total_seconds()


async def test_killed_before_zalo_gave_anything_the_next_of_us_asks_again(
    api: ZaloOaApi, house: House, time: Time
) -> None:
    api.fail("access_token", HANG_BEFORE)
    async with house.process() as oa:
        oa.tokens.flights.add(asyncio.create_task(oa.tokens.access()))
        await api.until(lambda: api.hung == 1)
    async with house.process() as oa:
        with pytest.raises(NoToken):  # who was killed might still be asking
            await oa.tokens.access()
        assert api.asked == []
        time.passes(LEASED)
        await oa.send(LAN, HELLO)
        assert (api.asked, oa.troubles()) == ([FIRST], ())


@pytest.mark.parametrize("fault", [HANG_AFTER, CUT_AFTER])
async def test_what_zalo_gave_and_nobody_stored_is_gone_and_the_operator_is_told(
    api: ZaloOaApi, house: House, time: Time, fault: str
) -> None:
    api.fail("access_token", fault)
    async with house.process() as oa:
        oa.tokens.flights.add(asyncio.create_task(oa.tokens.access()))
        await api.until(lambda: fault == CUT_AFTER or api.hung == 1)
        await api.until(lambda: api.asked == [FIRST])
    time.passes(LEASED)
    async with house.process() as oa:
        for _ in range(3):
            with pytest.raises(NoToken) as raised:
                await oa.send(LAN, HELLO)
            assert raised.value.retry_after == 300
        assert api.asked == [FIRST, FIRST]  # and no more than that
        [trouble] = oa.troubles()
        assert "-14014" in trouble
        assert "THIDUA_ZALO_OA_REFRESH_TOKEN" in trouble
        time.passes(RESTED)
        with pytest.raises(NoToken):
            await oa.send(LAN, HELLO)
        assert len(api.asked) == 3
    async with house.process() as oa:
        with pytest.raises(NoToken):  # a restart asks once, whenever it is
            await oa.send(LAN, HELLO)
        assert len(api.asked) == 4
    api.refresh = "from the console"
    async with house.process(api.refresh) as oa:
        await oa.send(LAN, HELLO)
        assert (len(api.sent), oa.troubles()) == (1, ())
    async with house.process(FIRST) as oa:  # was seen before, and counts no more
        await oa.send(LAN, HELLO)
    assert api.asked[4:] == ["from the console"]


async def test_killed_after_it_was_stored_the_next_of_us_uses_it(
    api: ZaloOaApi, house: House, time: Time
) -> None:
    async with house.process() as oa:
        await oa.tokens.access()
    async with house.process(seed="") as oa:  # the operator's is needed once
        await oa.send(LAN, HELLO)
        time.passes(25 * 3600)
        await oa.send(LAN, HELLO)
    assert api.asked == [FIRST, "refresh-1"]


async def test_a_reply_given_up_in_the_middle_ends_no_refresh(api: ZaloOaApi, house: House) -> None:
    api.fail("access_token", HANG_AFTER)
    async with house.process() as oa:
        sending = asyncio.create_task(oa.send(LAN, HELLO))
        await api.until(lambda: api.hung == 1)
        sending.cancel()
        with pytest.raises(asyncio.CancelledError):
            await sending
        api.gate.set()
        assert await oa.tokens.access() == "access-1"
        assert api.asked == [FIRST]


async def test_we_stop_after_what_zalo_is_giving_us_is_stored(api: ZaloOaApi, house: House) -> None:
    api.fail("access_token", HANG_AFTER)
    store = Store(house.address, api.clock)
    async with ZaloOA(KEYS, Shelf(store, SEAL), api.base, api.base) as oa:
        asking = asyncio.create_task(oa.tokens.access())
        await api.until(lambda: api.hung == 1)
        asking.cancel()
        asyncio.get_running_loop().call_soon(api.gate.set)
    await store.close()
    async with house.process() as oa:
        assert await oa.tokens.access() == "access-1"


async def test_nothing_is_used_before_it_is_stored(api: ZaloOaApi, house: House) -> None:
    api.fail("access_token", HANG_AFTER)
    async with house.process() as oa:
        sending = asyncio.create_task(oa.send(LAN, HELLO))
        await api.until(lambda: api.hung == 1)
        assert isinstance(oa.tokens.store, Unsteady)
        oa.tokens.store.broken = 3
        api.gate.set()
        await sending
        assert oa.tokens.store.broken == 0
    async with house.process() as oa:
        await oa.send(LAN, HELLO)
    assert (api.asked, len(api.sent)) == ([FIRST], 2)


async def test_without_an_answer_it_is_asked_again_later_and_maybe_that_helps(
    api: ZaloOaApi, house: House, time: Time
) -> None:
    api.fail("access_token", CUT_BEFORE)
    async with house.process() as oa:
        for _ in range(2):
            with pytest.raises(NoToken):
                await oa.tokens.access()
        time.passes(LEASED)
        assert await oa.tokens.access() == "access-1"
        oa.oauth = "http://127.0.0.1:1"
        time.passes(25 * 3600)
        for _ in range(2):
            with pytest.raises(NoToken, match="no connection"):  # was not sent: at once again
                await oa.tokens.access()
