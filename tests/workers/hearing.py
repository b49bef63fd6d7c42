"""What people say, and what they are told."""

from __future__ import annotations

from dataclasses import replace

from jinja2 import UndefinedError

from bot.channels.base import Abilities
from bot.intake import row
from content.library import Library
from handlers.fields import read
from handlers.talk import Incoming
from storage.inbox import Heard
from storage.outbox import Outcome
from storage.tables import Draft
from storage.unit import Store
from tests.databases import registrations

PLAN = "vinh-thuan-2025"
ANY = {"web": Abilities(max_text=10_000, max_buttons=30)}
SEND = "form:send:d1"
GREETING, NOT_READ = "/start", {"of a later version": True}


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
        answers = {step.id: read(step, step.example, unit.now.date()) for step in form.steps}
        draft = Draft(id="d1", person_id=lan.id, plan=PLAN, form=form.id, updated_at=unit.now)
        draft.answers, lan.talk = answers, {"draft": draft.id}
        unit.drafts.add(draft)
        await unit.inbox.done(await unit.inbox.open(1, ["web"]))


async def made(store: Store) -> tuple[int, int]:
    """How many registrations there are, and drafts."""
    async with store.view() as unit:
        drafts = [await unit.drafts.get("d1")]
        return len(await registrations(unit)), sum(draft is not None for draft in drafts)


def tongue_tied(library: Library) -> Library:
    """Content whose wording of one message is broken."""

    def say(key: str, **facts: object) -> str:
        if key == "registration/received":
            raise UndefinedError(key)
        return library.say(key, **facts)

    return replace(library, say=say)
