"""A channel whose messages are used up for pushes is passed over, and answers go on there."""

from __future__ import annotations

from sqlalchemy import select
from sqlmodel import col

from bot.channels.base import Abilities
from bot.knowledge import Knowledge
from bot.nudges import remind
from bot.sending.rechecking import LastLook
from bot.turns import Turns
from content.library import Library
from handlers.errors import UsedUp
from storage.inbox import Heard
from storage.quotas import QUOTA
from storage.tables import Address, Draft, Outbox
from storage.unit import Store
from tests.fakes.clock import Time
from tests.storage.pushing import broadcast
from tests.workers.fragile import Fragile
from tests.workers.post import Post, drain, say, sender_of

DAYS = 4 * 86400
PLAN, FORM = "vinh-thuan-2025", "bang-dang-ky"
TEXT = 10_000
ABILITIES = {
    "post": Abilities(TEXT, quota=10),
    "web": Abilities(TEXT, certain=False),
}


async def forgets_a_form(store: Store, name: str, *more: str) -> None:
    """Somebody leaves a form half filled in; they are reached on these channels, too."""
    async with store.unit() as unit:
        await unit.inbox.store([Heard("post", name, name, {})])
        person = (await unit.people.at([("post", name)]))["post", name]
        person.consents = {"LĐLĐ huyện": {"version": "1"}}
        unit.session.add_all(
            Address(channel=other, sender=name, person_id=person.id) for other in more
        )
        row = Draft(id=name, person_id=person.id, plan=PLAN, form=FORM, updated_at=unit.now)
        row.answers = {"name": f"Công trình của {name}"}
        unit.drafts.add(row)


async def where(store: Store) -> dict[str, str]:
    """Who is reminded on which channel."""
    async with store.view() as unit:
        rows = select(Outbox).where(col(Outbox.about).startswith("draft:"))
        return {row.address: row.channel for row in await unit.session.scalars(rows)}


async def test_reminders_take_no_more_of_a_month_than_pushes_may_and_go_elsewhere(
    store: Fragile, library: Library, time: Time
) -> None:
    post = Post()
    for name, *more in (("Lan",), ("Tư", "web"), ("Tám",)):
        await forgets_a_form(store, name, *more)
    await say(store, "Sáu", *["chào"] * 6)  # of seven that may be pushes
    await drain(sender_of(store, post))
    time.passes(DAYS)
    assert await remind(store, library, Turns(store, Knowledge(library), ABILITIES)) == 2
    assert await where(store) == {"Lan": "post", "Tư": "web"}


async def test_once_refused_what_was_planned_stays_and_an_answer_is_tried(
    store: Fragile, library: Library, time: Time
) -> None:
    post, knowledge = Post(), Knowledge(library)
    post.refuse("hết rồi", UsedUp("429"))
    look = LastLook(knowledge, Turns(store, knowledge, ABILITIES).queue, ABILITIES)
    sender = sender_of(store, post, recheck=look)
    await say(store, "Sáu", "hết rồi")
    await drain(sender)
    number = await broadcast(store, "tin một", "Lan", "Tư", channel="post")
    time.passes(2)
    await drain(sender)
    async with store.view() as unit:
        assert await unit.broadcasts.reasons(number) == {("skipped", QUOTA, "post"): 2}
    await say(store, "Sáu", "còn hỏi")
    await drain(sender)
    time.passes(2)
    await broadcast(store, "tin hai", "Lan", "Tư", channel="post")
    await drain(sender)
    assert post.tried == ["hết rồi", "còn hỏi", "tin hai", "tin hai"]
