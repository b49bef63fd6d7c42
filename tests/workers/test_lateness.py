"""A channel whose people may be written to only a while after they wrote."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.channels.base import Abilities
from bot.sending.sender import Sender
from handlers.talk import Button, Made, Paper, Reply
from storage.outbox import ANSWER, Push, milliseconds
from storage.people import Where
from storage.tables import Outbox
from storage.unit import Store
from tests.fakes.clock import Time
from tests.storage.pushing import broadcast, met
from tests.workers.post import Post, drain, sender_of

HOURS = 3600
ANSWERED = Reply("được ạ", (Button("Tốt", "mark"),), (Paper("registration:AB12", "pdf"),))
SKIPPED, SENT = ("skipped", "window"), ("sent", "")


class Strict(Post):
    """Says nothing a day after they wrote, or (``belated``) in another form."""

    def __init__(self, *, belated: bool) -> None:
        super().__init__()
        self.can = replace(self.can, window=timedelta(hours=24), belated=belated)
        self.late: list[Reply] = []

    async def send_late(self, address: str, reply: Reply) -> None:
        self.late.append(reply)


async def linked(
    where: Where, reply: Reply, can: Abilities, *, along: bool
) -> tuple[Reply, list[Made]]:
    """Papers that are all behind links."""
    return replace(reply, text=f"{reply.text} (ở đây)", papers=()), []


@pytest.fixture
def strict(request: pytest.FixtureRequest) -> Strict:
    return Strict(belated=getattr(request, "param", False))


@pytest.fixture
def sender(store: Store, strict: Strict) -> Sender:
    return sender_of(store, strict, pack=linked)


async def wrote(store: Store) -> int:
    async with store.unit() as unit:
        return (await met(unit, "post", ["Lan"]))[0]


async def fate(store: Store, sender: Sender, reply: Reply, push: Push = ANSWER) -> tuple[str, str]:
    """What becomes of something that is to leave now."""
    async with store.unit() as unit:
        unit.outbox.add("post", "Lan", [reply.as_json()], push)
    await drain(sender)
    async with store.view() as unit:
        [*_, row] = filter(None, [await unit.session.get(Outbox, n) for n in range(1, 9)])
    return row.state, row.reason


async def test_what_comes_too_late_is_skipped_and_answers_leave_when_they_write_again(
    store: Store, sender: Sender, strict: Strict, time: Time
) -> None:
    person = await wrote(store)
    time.passes(23 * HOURS)
    assert await fate(store, sender, Reply("1")) == SENT
    time.passes(HOURS)
    assert await fate(store, sender, Reply("2")) == SKIPPED
    time.passes(2)
    assert await fate(store, sender, Reply("3"), Push(person)) == SKIPPED
    async with store.unit() as unit:
        await unit.outbox.empty(unit.now + timedelta(hours=1), [])  # its words stay, it is not over
    await wrote(store)
    assert await fate(store, sender, Reply("4")) == SENT
    assert (strict.tried, strict.late) == (["1", "2", "4"], [])
    async with store.view() as unit:
        missed = await unit.session.get(Outbox, 2)
    assert missed
    assert (missed.begun or 0) >= milliseconds(time.now), "it has all the patience of a new one"


@pytest.mark.parametrize("strict", [True], indirect=True)
async def test_what_is_their_own_comes_in_the_form_for_that_and_news_do_not(
    store: Store, sender: Sender, strict: Strict, time: Time
) -> None:
    person = await wrote(store)
    assert await fate(store, sender, Reply("1")) == SENT
    time.passes(25 * HOURS)
    assert await fate(store, sender, ANSWERED) == SENT
    time.passes(2)
    assert await fate(store, sender, Reply("2"), Push(person)) == SENT
    own = replace(ANSWERED, text="được ạ (ở đây)", papers=())
    assert strict.late == [own, Reply("2", news="open")]
    number = await broadcast(store, "tin", "Lan", channel="post")
    time.passes(25 * HOURS)
    await drain(sender)
    async with store.view() as unit:
        assert await unit.broadcasts.counts(number) == {"skipped": 1}
    assert strict.tried == ["1"]


async def test_where_it_is_not_known_when_they_wrote_it_is_tried(
    store: Store, sender: Sender, strict: Strict
) -> None:
    assert await fate(store, sender, Reply("1")) == SENT
    assert strict.tried == ["1"]


async def test_answers_may_leave_for_longer_than_what_nobody_asked_for(
    store: Store, sender: Sender, strict: Strict, time: Time
) -> None:
    strict.can = replace(strict.can, answers=timedelta(hours=72))
    person = await wrote(store)
    time.passes(71 * HOURS)
    assert await fate(store, sender, Reply("1")) == SENT
    time.passes(2)
    assert await fate(store, sender, Reply("2"), Push(person)) == SKIPPED
    time.passes(HOURS)
    assert await fate(store, sender, Reply("3")) == SKIPPED
    assert strict.tried == ["1"]
