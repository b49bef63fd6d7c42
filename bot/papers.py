"""Papers on their way: made when they leave, linked to where a channel cannot show them."""

from __future__ import annotations

import asyncio
import re
from dataclasses import replace
from typing import Any

import structlog

from bot.channels.base import Abilities
from bot.knowledge import Knowledge
from bot.links import LIFE, Link, Links
from bot.log import trace
from bot.run import trim
from handlers.errors import ThiDuaError
from handlers.papers import making
from handlers.talk import PICTURES, Made, Paper, Reply
from handlers.wanted import Making
from storage.people import Where
from storage.tables import Person
from storage.unit import Store, Unit

logger = structlog.get_logger(__name__)

AT_ONCE = 4  # papers being made; each takes a thread, and a good part of a processor
PATIENCE = 15.0  # seconds for one that goes along with a reply; behind its link it may take longer
UNFIT = re.compile(r'[\x00-\x1f\x7f"\\/:*?<>|]')  # in the name of a file, somewhere


class Unmade(ThiDuaError):
    """There is no such paper for this person, or it could not be made."""


class Papers:
    """Makes the papers that replies name, for whom they are meant."""

    def __init__(self, store: Store, knowledge: Knowledge, links: Links) -> None:
        self.store, self.knowledge, self.links = store, knowledge, links
        self.free = asyncio.Semaphore(AT_ONCE)

    async def packed(
        self, where: Where, reply: Reply, can: Abilities, *, along: bool
    ) -> tuple[Reply, list[Made]]:
        """A reply as it leaves: its papers ``along`` with it where the channel shows them, and
        words below its text for each of the others; no word of what is no longer there, such as
        the preview of what has been sent by now.

        A channel that shows pictures by their address is given that of the first.
        """
        async with self.store.view() as unit:
            person = await unit.people.known(*where)
            if person is None:  # who asked to be forgotten has no papers
                return replace(reply, papers=()), []
            found = [(paper, await self.found(unit, person, paper)) for paper in reply.papers]
        files: list[Made] = []
        notes: dict[str, None] = {}  # each once
        picture = ""
        for paper, make in found:
            if make is None:
                continue
            if along and not picture and self.by_address(paper, can):
                picture = self.address(Link(paper, person.id, "fetched"))
                continue
            try:
                made = await self.enclosed(paper, make, can if along else NOTHING)
            except Unmade:
                notes[self.say("paper/missing", paper)] = None
                continue
            if made:
                files.append(made)
            else:
                notes[self.elsewhere(paper, person)] = None
        gap = "\n" if can.max_buttons else "\n\n"  # what is last there may be a numbered choice
        text = gap.join([reply.text, *(["\n".join(notes)] if notes else [])])
        return replace(reply, text=text, papers=(), picture=picture), files

    def by_address(self, paper: Paper, can: Abilities) -> bool:
        """Whether the channel can fetch this from our pages."""
        return bool(self.links.site and can.linked_pictures and paper.format in PICTURES)

    def address(self, link: Link) -> str:
        return self.links.site + self.links.path(link)

    async def found(self, unit: Unit, person: Person, paper: Paper) -> Making | None:
        """What makes a paper for somebody, and raises Unmade if it is at fault; None where there
        is no such paper.
        """
        try:
            return await making(unit, self.knowledge.library, person, paper)
        except Exception as error:
            told(paper, error)
            return unmade

    async def enclosed(self, paper: Paper, make: Making, can: Abilities) -> Made | None:
        """A paper that goes along; None where a link has to do. Raise Unmade."""
        if not can.shows(paper.format):
            return None
        try:
            async with asyncio.timeout(PATIENCE):
                made = await self.made(paper, make)
        except TimeoutError:
            return None
        return made if can.takes(made) else None

    async def made(self, paper: Paper, make: Making) -> Made:
        """The paper, made beside the loop; raise Unmade."""
        try:
            async with self.free:
                made = await asyncio.to_thread(tidily, make)
        except Unmade:
            raise
        except Exception as error:
            told(paper, error)
            raise Unmade from error
        return replace(made, name=UNFIT.sub("_", made.name))

    def elsewhere(self, paper: Paper, person: Person) -> str:
        """Where to have a paper that does not go along."""
        if not self.links.site:
            return self.say("paper/elsewhere", paper)
        url = self.address(Link(paper, person.id))
        return self.say("paper/link", paper, url=url, hours=int(LIFE.total_seconds() // 3600))

    def say(self, key: str, paper: Paper, **facts: object) -> str:
        return self.knowledge.library.say(key, name=self.name(paper), form=paper.format, **facts)

    def name(self, paper: Paper) -> str:
        """What people call it."""
        return self.knowledge.library.say("paper/name", of=kind(paper))

    async def linked(self, unit: Unit, address: str, body: dict[str, Any]) -> dict[str, Any]:
        """A reply as somebody's page shows it: with what its papers are called, and a fresh link
        to each.
        """
        if "papers" not in body:
            return body
        person = await unit.people.known("web", address)
        papers = [self.on_page(Paper(**named), person) for named in body["papers"] if person]
        return {**body, "papers": papers}

    def on_page(self, paper: Paper, person: Person) -> dict[str, str]:
        path = self.links.path(Link(paper, person.id, "home"))
        return {"href": path, "name": self.name(paper), "format": paper.format}

    async def opened(self, token: str, visitor: str | None) -> Made | None:
        """The paper behind a link, for who may open it; ``visitor`` is the web chat's address of
        whoever asks. None where there is none, or not for them; raise Expired.
        """
        link = self.links.read(token)
        if link is None:
            return None
        async with self.store.view() as unit:
            if link.use == "home":
                person = await unit.people.known("web", visitor or "")
            else:
                person = await unit.people.find(link.person_id)
            if person is None or person.id != link.person_id:
                return None
            make = await self.found(unit, person, link.paper)
        try:
            return await self.made(link.paper, make) if make else None
        except Unmade:
            return None


def unmade() -> Made:
    raise Unmade


def tidily(make: Making) -> Made:
    """A paper made, and what memory it took given back: each thread would keep its own."""
    try:
        return make()
    finally:
        trim()


NOTHING = Abilities(max_text=0)  # of a channel that shows no papers


def kind(paper: Paper) -> str:
    return paper.of.partition(":")[0]


def told(paper: Paper, error: Exception) -> None:
    """Note that a paper could not be made, and no word of what is in it."""
    logger.error("paper_failed", paper=kind(paper), error=type(error).__name__, trace=trace(error))
