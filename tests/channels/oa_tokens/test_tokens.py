"""An Official Account's tokens: one refresh for all, in time, sealed, and told when lost."""

from __future__ import annotations

import asyncio
from dataclasses import replace

import pytest

from bot.channels.zalo_oa_door import keep_alive
from bot.channels.zalo_oa_tokens import EARLY, LEASE, MISSING, REST, SEALED, NoToken
from bot.sealing import Broken, Seal
from handlers.errors import SendFailed
from handlers.talk import Reply
from tests.channels.conftest import running
from tests.channels.houses import QUICK, House
from tests.fakes.clock import Time
from tests.fakes.zalo_oa import FIRST, ZaloOaApi, no
from tests.fakes.zalo_oa.events import LAN

HELLO = Reply("chào")
LEASED, RESTED = LEASE.total_seconds(), REST.total_seconds()


async def test_many_replies_and_a_restart_use_one_refresh_until_it_expires(
    api: ZaloOaApi, house: House, time: Time
) -> None:
    async with house.process() as oa:
        await asyncio.gather(*(oa.send(LAN, HELLO) for _ in range(5)))
    async with house.process() as oa:
        await oa.send(LAN, HELLO)
        assert api.asked == [FIRST]
        time.passes(25 * 3600 - 60)
        await asyncio.gather(*(oa.send(LAN, HELLO) for _ in range(5)))
        assert api.asked == [FIRST, "refresh-1"]
        assert (len(api.sent), oa.troubles()) == (11, ())


async def test_a_refused_token_is_renewed_once_and_the_message_goes_after_all(
    api: ZaloOaApi, house: House, time: Time
) -> None:
    async with house.process() as oa:
        await oa.send(LAN, HELLO)
        time.passes(3600)
        api.access.clear()  # somebody took our permission back and gave it again
        await asyncio.gather(*(oa.send(LAN, HELLO) for _ in range(3)))
        assert (api.asked, len(api.sent)) == ([FIRST, "refresh-1"], 4)
        api.access.clear()
        with pytest.raises(SendFailed) as raised:  # a token so new: we do not use up one after one
            await oa.send(LAN, HELLO)
        assert raised.value.retry_after == 120
        assert len(api.asked) == 2
        time.passes(121)
        await oa.send(LAN, HELLO)


async def test_it_is_renewed_long_before_it_expires_though_nobody_writes(
    api: ZaloOaApi, house: House, time: Time
) -> None:
    async with house.process() as oa:
        await oa.tokens.access()
        time.passes((25 * 3600) - EARLY.total_seconds() - 1)
        assert await oa.tokens.access(left=EARLY) == "access-1"
        time.passes(2)
        api.fail("access_token", (502, {}), (200, no(-1)))
        assert await oa.tokens.access(left=EARLY) == "access-1"  # which is still good
        time.passes(LEASED)
        assert await oa.tokens.access(left=EARLY) == "access-1"
        time.passes(RESTED)
        async with running(keep_alive(oa, QUICK, often=0.01)):
            await api.until(lambda: len(api.asked) == 2)
        assert await oa.tokens.access(left=EARLY) == "access-2"


async def test_a_copy_of_the_database_alone_speaks_for_nobody(
    api: ZaloOaApi, house: House, time: Time
) -> None:
    async with house.process() as oa:
        await oa.tokens.access()
        async with oa.tokens.store.view() as unit:
            pair = await unit.tokens.get("zalo_oa")
        assert pair
        assert not {"access-1", "refresh-1"} & {pair.access, pair.refresh}
    other = Seal("another secret", "tests")
    with pytest.raises(Broken):
        other.open(pair.refresh)
    async with house.process(seal=other) as oa:
        with pytest.raises(NoToken):
            await oa.send(LAN, HELLO)
        assert oa.troubles() == (SEALED,)
    async with house.process() as oa:  # the secret is back
        await oa.send(LAN, HELLO)


async def test_a_token_that_was_never_used_and_cannot_be_read_is_told_as_well(
    house: House,
) -> None:
    async with house.process() as oa:
        oa.oauth = "http://127.0.0.1:1"
        with pytest.raises(NoToken):
            await oa.tokens.access()
    async with house.process(seal=Seal("another secret", "tests")) as oa:
        with pytest.raises(NoToken):
            await oa.tokens.access()
        assert oa.troubles() == (SEALED,)


async def test_nothing_to_begin_with_is_told(house: House) -> None:
    async with house.process(seed="") as oa:
        with pytest.raises(NoToken):
            await oa.tokens.access()
        assert oa.troubles() == (MISSING,)


async def test_a_wrong_app_secret_is_told_as_such(api: ZaloOaApi, house: House) -> None:
    async with house.process() as oa:
        oa.keys = replace(oa.keys, app_secret="x")
        with pytest.raises(NoToken):
            await oa.tokens.access()
        assert "THIDUA_ZALO_OA_APP_SECRET" in oa.troubles()[0]
    async with house.process() as oa:  # mended, and started again
        assert await oa.tokens.access() == "access-1"
