"""An update that fails is tried again, then parked; it takes nothing with it, nor holds it up."""

from __future__ import annotations

from datetime import timedelta

import pytest
from structlog.testing import capture_logs

from bot.knowledge import Knowledge
from bot.turns import PAUSES, Turns
from content.library import Library
from storage.inbox import Heard
from storage.unit import Store
from tests.fakes.clock import Time
from tests.fakes.staff import parked_updates
from tests.workers.fragile import Fragile
from tests.workers.hearing import (
    ANY,
    NOT_READ,
    SEND,
    filled_in,
    hear,
    made,
    poison,
    replies,
    said,
    tongue_tied,
)


async def test_an_update_that_cannot_be_handled_holds_up_nobody_else(
    store: Store, turns: Turns
) -> None:
    await hear(store, said("1", "Tư"), poison("2"), said("3", "Tư"), said("4", "Năm"))
    await turns.round()
    assert sorted(who for who, _ in await replies(store)) == ["Năm", "Tư", "Tư"]


async def test_it_is_tried_again_then_parked_with_an_apology(
    store: Store, turns: Turns, library: Library, time: Time
) -> None:
    await hear(store, poison("1"), said("2"))
    for pause in PAUSES:
        await turns.round()
        assert await replies(store) == [], "the next words wait for the first"
        time.passes(pause)
    await turns.round()
    (who, apology), (_, greeting) = await replies(store)
    assert (who, apology) == ("Lan", library.say("talk/fault"))
    assert greeting != apology
    async with store.view() as unit:
        (parked,) = await parked_updates(unit)
    assert (parked.body, parked.fault.split(":")[0]) == (NOT_READ, "TypeError")
    assert await turns.round() == 0


async def test_who_wrote_it_was_heard_all_the_same(store: Store, turns: Turns, time: Time) -> None:
    await hear(store, said("1"))
    await turns.round()
    time.passes(86400)
    await hear(store, poison("2"))
    await try_and_park(turns, time)
    async with store.view() as unit:
        lan = await unit.people.heard({("web", "Lan")})
    assert all(at and time.now - at < timedelta(minutes=1) for at in lan.values())


async def try_and_park(turns: Turns, time: Time) -> None:
    for pause in (*PAUSES, 0):
        assert await turns.round()
        time.passes(pause)


async def test_a_short_fault_costs_no_update_and_holds_up_nobody_else(
    store: Store, library: Library, time: Time
) -> None:
    turns = Turns(store, Knowledge(tongue_tied(library)), ANY)
    await filled_in(store, library)
    await hear(store, said("send", value=SEND))
    for pause in PAUSES:
        assert await turns.round()
        time.passes(pause - 0.5)
        await hear(store, said(f"after {pause}", "Tư"))
        assert 0 < turns.patience() <= 0.5
        with capture_logs() as trouble:
            assert await turns.round() == 1
        assert not trouble
        assert [who for who, _ in await replies(store)] == ["Tư"]
        assert await turns.round() == 0
        time.passes(0.5)
    turns.knowledge.library = library
    await turns.round()
    assert await made(store) == (1, 0)


async def test_what_an_update_cannot_be_handled_for_quotes_nobody(
    store: Store, turns: Turns, time: Time
) -> None:
    """The reason is read by staff and stands in logs; the words of an error may be a person's."""
    await hear(store, Heard("web", "1", "Lan", {"số điện thoại 0912345678": 1}))
    await try_and_park(turns, time)
    async with store.view() as unit:
        (parked,) = await parked_updates(unit)
    assert "0912345678" not in parked.fault
    assert "talk.py" in parked.fault


async def test_a_turn_that_fails_after_its_effects_leaves_nothing_half_done(
    store: Store, library: Library, time: Time
) -> None:
    """The form was handed in, but the words to say so fail."""
    broken = Turns(store, Knowledge(tongue_tied(library)), ANY)
    await filled_in(store, library)
    await hear(store, said("send", value=SEND))
    await try_and_park(broken, time)
    assert await made(store) == (0, 1)
    assert await replies(store) == [("Lan", library.say("talk/fault"))]
    await hear(store, said("send again", value=SEND))
    await Turns(store, Knowledge(library), ANY).round()
    assert await made(store) == (1, 0)


async def test_while_the_database_is_ill_nothing_is_counted_against_an_update(
    store: Fragile, turns: Turns
) -> None:
    await hear(store, said("1"))
    store.ill = True
    for _ in range(2 * len(PAUSES)):
        with pytest.raises(OSError, match="disk full"):
            await turns.round()
    store.ill = False
    assert await turns.round() == 1
    assert len(await replies(store)) == 1
