"""Several processes on one PostgreSQL share the work: nothing twice, nothing missed, in order."""

from __future__ import annotations

import asyncio
from collections.abc import Collection, Sequence

import pytest

from bot.channels.base import Abilities
from bot.knowledge import Knowledge
from bot.turns import Turns
from content.library import Library
from storage import erasing
from storage.inbox import Heard, InboxRows, Waiting
from storage.outbox import Outcome
from storage.people import Where
from storage.unit import Store, Unit
from storage.upgrade import upgrade
from tests.fakes.clock import Time
from tests.fakes.staff import parked_updates
from tests.storage.test_erasing import known, registration

pytestmark = pytest.mark.parametrize("address", ["postgresql"], indirect=True)

PEOPLE, EACH = 20, 6
PLAIN = {"web": Abilities(max_text=10_000)}


async def say(store: Store) -> None:
    """Everybody says something, again and again; what one cannot read is among it."""
    said = [(f"người {n % PEOPLE}", str(n)) for n in range(PEOPLE * EACH)]
    async with store.unit() as unit:
        await unit.inbox.store([heard(sender, number) for sender, number in said])


def heard(sender: str, number: str) -> Heard:
    body = {"channel": "web", "id": number, "sender": sender, "text": f"/{number}"}
    return Heard("web", number, sender, body)


async def drain(store: Store, sent: list[tuple[str, int]]) -> None:
    """Send whatever is due, as a sender of its own."""
    while True:
        async with store.unit() as unit:
            rows = await unit.outbox.claim(7, ["web"])
        for row in rows:
            sent.append((row.address, row.body["number"]))
            await asyncio.sleep(0)
        async with store.unit() as unit:
            await unit.outbox.settle([Outcome(row.id, "sent") for row in rows])
            if not rows and not await unit.outbox.count_waiting():
                return


async def test_two_that_claim_at_the_same_moment_share_nothing(store: Store, other: Store) -> None:
    async with store.unit() as unit:
        for name in "abcdef":
            unit.outbox.add("web", name, [{"text": name}, {"text": f"{name} sau"}])
    async with store.unit() as first, other.unit() as second:
        ours = await first.outbox.claim(4, ["web"])
        theirs = await second.outbox.claim(100, ["web"])
    assert [row.address for row in ours] == [*"abcd"]
    assert [row.address for row in theirs] == [*"ef"]


class Overtaken(InboxRows):
    """An inbox where another process finishes everything just after the first look."""

    def __init__(self, unit: Unit, other: Store) -> None:
        super().__init__(unit.session, unit.now)
        self.others = [other]

    async def waiting(
        self,
        ids: list[int] | None,
        limit: int,
        channels: Sequence[str],
        but: Collection[Where] = (),
    ) -> list[Waiting]:
        rows = await super().waiting(ids, limit, channels, but)
        while self.others:
            async with self.others.pop().unit() as unit:
                await unit.inbox.done(await unit.inbox.open(100, channels))
        return rows


async def test_what_another_process_has_just_finished_is_not_taken_again(
    store: Store, other: Store
) -> None:
    await say(store)
    async with store.unit() as unit:
        assert await Overtaken(unit, other).open(100, ["web"]) == []
    async with store.view() as unit:
        assert await unit.inbox.count_open() == PEOPLE * EACH - 100


async def test_two_senders_send_everything_once_and_in_order(store: Store, other: Store) -> None:
    async with store.unit() as unit:
        for number in range(EACH):
            for person in range(PEOPLE):
                unit.outbox.add("web", f"người {person}", [{"number": number}])
    sent: list[tuple[str, int]] = []
    await asyncio.gather(drain(store, sent), drain(other, sent))
    assert len(sent) == PEOPLE * EACH
    for person in range(PEOPLE):
        assert [n for who, n in sent if who == f"người {person}"] == [*range(EACH)]


@pytest.mark.parametrize("poison", [False, True])
async def test_two_that_take_turns_answer_everybody_once(
    store: Store, other: Store, library: Library, time: Time, poison: bool
) -> None:
    await say(store)
    if poison:  # every turn is then taken in a transaction of its own
        async with store.unit() as unit:
            await unit.inbox.store([Heard("web", "poison", "người 0", {"nonsense": 1})])
    both = Turns(store, Knowledge(library), PLAIN), Turns(other, Knowledge(library), PLAIN)
    await asyncio.gather(*(until_done(turns, time) for turns in both))
    async with store.view() as unit:
        assert await unit.outbox.count_waiting() == PEOPLE * EACH + poison
        assert len(await parked_updates(unit)) == poison


async def until_done(turns: Turns, time: Time) -> None:
    """Take turns until nobody waits."""
    while await turns.round() or await still_open(turns.store):
        time.passes(1)  # what failed rests


async def still_open(store: Store) -> int:
    async with store.view() as unit:
        return await unit.inbox.count_open()


async def test_what_is_blanked_and_changed_at_once_loses_neither(
    store: Store, other: Store
) -> None:
    async with store.unit() as unit:
        await registration(unit, await known(unit), 1)
    async with store.unit() as blanking, other.unit() as late:
        row, seen = [await each.registrations.coded("CODE1") for each in (blanking, late)]
        assert row
        assert seen
        async with other.unit() as changing:
            same = await changing.registrations.coded("CODE1")
            assert same
            assert same.stamp == row.stamp
            told = {"answers": {**row.answers, "value": 7}, "state": "approved"}
            assert await changing.registrations.change(same, same.stamp, **told)
        await erasing.blank(blanking, row, ["value"])
        await blanking.session.commit()
        assert (row.answers, row.state, row.stamp) == ({"value": 7}, "approved", same.stamp + 1)
        assert not await late.registrations.change(seen, seen.stamp, state="rejected")


async def test_a_third_process_that_starts_meanwhile_loses_nothing(
    store: Store, address: str, time: Time
) -> None:
    """It upgrades, finds nothing to do and leaves what others are sending alone."""
    async with store.unit() as unit:
        unit.outbox.add("web", "Lan", [{"text": "1"}])
    async with store.unit() as unit:
        assert len(await unit.outbox.claim(1, ["web"])) == 1
    third = Store(address, time)
    try:
        assert not await upgrade(third.engine)
        async with third.unit() as unit:
            assert await unit.outbox.claim(1, ["web"]) == []
    finally:
        await third.close()
