"""Reviewing in the memory: each change is one officer's, and what is found is of their plans."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import Any

from storage.inbox import Heard
from storage.reviews import Sought
from storage.tables import Address, Draft, Registration
from storage.unit import Store
from tests.fakes.clock import Time
from tests.storage.test_staff import hire, person


async def handed_in(store: Store, code: str, plan: str = "p", **fields: Any) -> Registration:
    """A registration of Lan's."""
    person_id = await person(store, "Lan")
    async with store.unit() as unit:
        draft = Draft(id=code, person_id=person_id, plan=plan, form="f", updated_at=unit.now)
        unit.drafts.add(draft)
        await unit.session.flush()
        row = await unit.registrations.submit(draft, code, fields.pop("answers", {}))
        for name, value in fields.items():
            setattr(row, name, value)
        return row


async def test_of_two_officers_at_once_one_changes_it(store: Store, other: Store) -> None:
    await handed_in(store, "A")

    async def change(there: Store, state: str) -> bool:
        async with there.unit() as unit:
            seen = await unit.registrations.coded("a")
            assert seen
            changed = await unit.registrations.change(seen, 0, state=state, reason=state)
            assert seen.stamp == 1
            assert changed == (seen.state == state)
            return changed

    won = await asyncio.gather(change(store, "approved"), change(other, "rejected"))
    assert sorted(won) == [False, True]
    async with store.view() as unit:
        now = await unit.registrations.coded("a")
        assert now
        assert (now.stamp, now.state) == (1, ("approved", "rejected")[won.index(True)])
        assert now.reason == now.state


async def test_what_waits_is_listed_the_longest_first_and_counted(store: Store, time: Time) -> None:
    for code in ("A", "B", "C"):
        await handed_in(store, code)
        time.passes(86400)
    await handed_in(store, "D", plan="q")
    async with store.unit() as unit:
        first = await unit.registrations.coded("a")
        assert first
        since = first.changed_at
        assert await unit.registrations.change(first, 0)  # a comment
        assert first.changed_at == since
        assert await unit.registrations.change(first, 1, state="checked")  # waits from now on
    async with store.view() as unit:
        rows = await unit.reviews.listed("p", ["submitted", "checked"], 0, 2)
        assert [row.code for row in rows] == ["B", "C"]
        rows = await unit.reviews.listed("p", ["submitted", "checked"], 2, 2)
        assert [row.code for row in rows] == ["A"]
        counts = {
            (c.plan, c.state): (c.number, c.oldest) for c in await unit.reviews.counted(["p", "q"])
        }
        now = unit.now
        assert counts == {
            ("p", "submitted"): (2, now - timedelta(days=2)),
            ("p", "checked"): (1, now),
            ("q", "submitted"): (1, now),
        }
        looked = now - timedelta(days=1, hours=1)
        assert await unit.reviews.arrived(["p"], looked, now - timedelta(days=1)) == (1, 1)
        assert await unit.reviews.arrived(["p"], None, now) == (2, 2)


async def test_it_is_found_by_all_words_in_any_of_their_forms(store: Store) -> None:
    bridge = "cau nong thon\ntan thuan 80%\nle thi bay\na"
    await handed_in(store, "A", folded=bridge, answers={"phone": "0912345678"})
    await handed_in(store, "B", folded="vuon mau\ntan thuan\ntran van tam\nb", answers={})
    await handed_in(store, "C", plan="q", folded=bridge)

    async def found(plans: str, *words: list[str], **phone: Any) -> list[str]:
        async with store.view() as unit:
            rows = await unit.reviews.found([*plans], Sought(words, **phone), 9)
            return [row.code for row in rows]

    assert await found("p", ["tan"], ["thuan"]) == ["B", "A"]
    assert await found("p", ["tan"], ["bay", "tam"], ["cau"]) == ["A"]
    assert await found("p", ["uan"]) == []  # a word begins so, or it is another
    assert await found("p", ["%"]) == await found("p", ["8_"]) == []
    assert await found("q", ["le"]) == ["C"]
    assert await found("p", ["345"], digits="345", phones=["phone"]) == ["A"]
    assert await found("q", ["345"], digits="345", phones=["phone"]) == []
    async with store.view() as unit:
        assert {"cau", "le", "80%"} <= await unit.reviews.vocabulary(["q"])


async def test_the_trail_names_who_did_what(store: Store, time: Time) -> None:
    row, hoa = await handed_in(store, "A"), await hire(store, "Hoa")
    async with store.unit() as unit:
        unit.acts.add("checked", row, staff_id=hoa)
    time.passes(86400)
    async with store.unit() as unit:
        unit.acts.add("submitted", row)
        unit.acts.add("listed", plan="q", staff_id=hoa, count=3)
    async with store.view() as unit:
        trail = await unit.acts.trail(registration_id=row.id)
        assert [(d.act.what, d.name, d.code) for d in trail] == [
            ("checked", "Hoa", "A"),
            ("submitted", "", "A"),
        ]
        assert [d.act.count for d in await unit.acts.trail(plan="q")] == [3]
        assert len(await unit.acts.trail(since=unit.now)) == 2
        assert await unit.acts.last_listed([hoa]) == unit.now
        checker = await unit.reviews.checker(row)
        assert checker == (await unit.people.at([("web", "Hoa")]))["web", "Hoa"].id


async def test_somebody_is_reached_from_where_they_wrote_last(store: Store) -> None:
    lan = await person(store, "Lan")
    channels = ("telegram", "web", "zalo")
    for number, channel in enumerate((*channels, "web"), start=1):
        async with store.unit() as unit:
            await unit.inbox.store([Heard(channel, str(number), "Lan", {})])
            await unit.people.at([(channel, "Lan")])
    async with store.unit() as unit:
        for channel in channels:
            address = await unit.session.get(Address, (channel, "Lan"))
            assert address
            address.person_id = lan
    async with store.unit() as unit:
        await unit.people.unreachable([("zalo", "Lan")])
        assert await unit.people.reached(lan) == [("web", "Lan"), ("telegram", "Lan")]
