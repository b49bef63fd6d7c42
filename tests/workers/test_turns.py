"""Turns: each update takes effect once, whole or not at all, and none holds up another person."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from pathlib import Path

import pytest
from jinja2 import UndefinedError
from sqlalchemy import event

from bot.app import App
from bot.channels.base import Abilities
from bot.intake import row
from bot.turns import ATTEMPTS, Turns
from content.library import Library
from handlers.registration import CONSENT
from handlers.talk import Incoming
from storage.inbox import Heard
from storage.outbox import Outcome
from storage.tables import Draft
from storage.unit import Store
from tests.databases import sqlite
from tests.workers.fragile import Fragile

PLAN = "vinh-thuan-2025"
ANY = {"web": Abilities(max_text=10_000, max_buttons=30)}
SEND = "form:send:d1"
GREETING, NOT_READ = "/start", {"of a later version": True}


@pytest.fixture
def turns(store: Store, library: Library) -> Turns:
    return Turns(store, library, ANY)


def said(update: str, sender: str = "Lan", text: str = "", value: str = "") -> Heard:
    return row(Incoming("web", update, sender, text or GREETING, value))


def poison(update: str, sender: str = "Lan") -> Heard:
    """An update that was stored in a shape that nobody reads (any more)."""
    return Heard("web", update, sender, NOT_READ)


async def hear(store: Store, *heard: Heard) -> None:
    async with store.unit() as unit:
        await unit.inbox.store(heard)


async def replies(store: Store) -> list[tuple[str, str]]:
    """Who was told what since the last look, as it would leave."""
    left: list[tuple[str, str]] = []
    while True:
        async with store.unit() as unit:
            rows = await unit.outbox.claim(100, ["web"])
            await unit.outbox.settle([Outcome(row.id, "sent") for row in rows])
        if not rows:
            return left
        left += [(row.address, row.body["text"]) for row in rows]


async def filled_in(store: Store, library: Library) -> None:
    """Lan has answered every question of the form; only the button to send it is left."""
    form = library.forms[library.plans[PLAN].form]
    await hear(store, said("first"))
    async with store.unit() as unit:
        lan = (await unit.people.at([("web", "Lan")]))["web", "Lan"]
        answers = {step.id: "Trồng nấm rơm" for step in form.steps}
        draft = Draft(id="d1", person_id=lan.id, plan=PLAN, form=form.id, updated_at=unit.now)
        draft.answers, lan.consent_version, lan.talk = answers, CONSENT, {"draft": draft.id}
        unit.drafts.add(draft)
        await unit.inbox.done(await unit.inbox.open(1, ["web"]))


async def made(store: Store) -> tuple[int, int]:
    """How many registrations there are, and drafts."""
    async with store.view() as unit:
        drafts = [await unit.drafts.get("d1")]
        return len(await unit.registrations.all()), sum(draft is not None for draft in drafts)


def tongue_tied(library: Library) -> Library:
    """Content whose wording of one message is broken."""

    def say(key: str, **facts: object) -> str:
        if key == "registration/received":
            raise UndefinedError(key)
        return library.say(key, **facts)

    return replace(library, say=say)


async def test_an_update_takes_effect_once_however_often_it_comes(
    store: Store, turns: Turns
) -> None:
    await hear(store, said("1"), said("1"))
    assert await turns.round() == 1
    await hear(store, said("1"))
    assert await turns.round() == 0
    assert len(await replies(store)) == 1


async def test_many_turns_are_one_commit(store: Store, turns: Turns) -> None:
    await hear(store, *(said(str(n), f"người {n % 10}") for n in range(30)))
    commits: list[object] = []
    event.listen(store.engine.sync_engine, "commit", commits.append)
    assert await turns.round() == 30
    assert len(commits) == 1
    assert len(await replies(store)) == 30


@pytest.mark.parametrize("apart", [False, True])
async def test_everybody_is_answered_in_the_order_of_their_words(
    store: Store, turns: Turns, library: Library, apart: bool
) -> None:
    plans = [*library.plans.values()]
    asked = [(f"người {n % 3}", plans[n % 5]) for n in range(15)]
    await hear(
        store, *(said(str(n), who, value=f"plan:{p.id}") for n, (who, p) in enumerate(asked))
    )
    if apart:
        await hear(store, poison("poison", "Tư"))
    await turns.round()
    told = await replies(store)
    for person in ("người 0", "người 1", "người 2"):
        texts = [text for who, text in told if who == person]
        names = [plan.name for who, plan in asked if who == person]
        assert len(texts) == len(names)
        assert all(name in text for name, text in zip(names, texts, strict=True))


async def test_an_update_that_cannot_be_handled_holds_up_nobody_else(
    store: Store, turns: Turns
) -> None:
    await hear(store, said("1", "Tư"), poison("2"), said("3", "Tư"), said("4", "Năm"))
    await turns.round()
    assert sorted(who for who, _ in await replies(store)) == ["Năm", "Tư", "Tư"]


async def test_it_is_tried_again_then_parked_with_an_apology(
    store: Store, turns: Turns, library: Library
) -> None:
    await hear(store, poison("1"), said("2"))
    for _ in range(ATTEMPTS - 1):
        await turns.round()
        assert await replies(store) == [], "the next words wait for the first"
    await turns.round()
    (who, apology), (_, greeting) = await replies(store)
    assert (who, apology) == ("Lan", library.say("talk/fault"))
    assert greeting != apology
    async with store.view() as unit:
        (parked,) = await unit.inbox.parked()
    assert (parked.body, parked.fault.split(":")[0]) == (NOT_READ, "TypeError")
    assert await turns.round() == 0


async def test_what_an_update_cannot_be_handled_for_quotes_nobody(
    store: Store, turns: Turns
) -> None:
    """The reason is read by staff and stands in logs; the words of an error may be a person's."""
    await hear(store, Heard("web", "1", "Lan", {"số điện thoại 0912345678": 1}))
    for _ in range(ATTEMPTS):
        await turns.round()
    async with store.view() as unit:
        (parked,) = await unit.inbox.parked()
    assert "0912345678" not in parked.fault
    assert "turns.py" in parked.fault


async def test_a_turn_that_fails_after_its_effects_leaves_nothing_half_done(
    store: Store, library: Library
) -> None:
    """The form was handed in, but the words to say so fail."""
    broken = Turns(store, tongue_tied(library), ANY)
    await filled_in(store, library)
    await hear(store, said("send", value=SEND))
    for _ in range(ATTEMPTS):
        assert await made(store) == (0, 1)
        await broken.round()
    assert await made(store) == (0, 1)
    assert await replies(store) == [("Lan", library.say("talk/fault"))]
    await hear(store, said("send again", value=SEND))
    await Turns(store, library, ANY).round()
    assert await made(store) == (1, 0)


@pytest.mark.parametrize("together", [True, False])
async def test_a_form_that_is_sent_twice_is_registered_once(
    store: Store, turns: Turns, library: Library, together: bool
) -> None:
    await filled_in(store, library)
    await hear(store, said("tap", value=SEND))
    if not together:
        await turns.round()
    await hear(store, said("second tap", value=SEND))
    await turns.round()
    assert await made(store) == (1, 0)
    async with store.view() as unit:
        (registration,) = await unit.registrations.all()
    told = [text for _, text in await replies(store)]
    assert len(told) == 2
    assert all(registration.code in text for text in told)


async def test_what_was_heard_before_a_crash_is_answered_after_it(
    store: Store, library: Library, tmp_path: Path
) -> None:
    await hear(store, said("1"))
    restarted = Store(sqlite(tmp_path), store.clock)
    try:
        app = App(restarted, library, {})
        await app.open()
        assert await Turns(restarted, library, ANY).round() == 1
        assert len(await replies(restarted)) == 1
    finally:
        await restarted.close()


async def test_a_turn_begins_when_something_was_stored(store: Store, turns: Turns) -> None:
    running = asyncio.create_task(turns.run())
    await hear(store, said("1"))
    turns.news.set()
    async with asyncio.timeout(5):
        await turns.queued.wait()
    running.cancel()
    assert len(await replies(store)) == 1


async def test_while_the_database_is_ill_nothing_is_counted_against_an_update(
    store: Fragile, turns: Turns
) -> None:
    await hear(store, said("1"))
    store.ill = True
    for _ in range(2 * ATTEMPTS):
        with pytest.raises(OSError, match="disk full"):
            await turns.round()
    store.ill = False
    assert await turns.round() == 1
    assert len(await replies(store)) == 1
