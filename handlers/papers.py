"""The papers that go with replies: of which kinds there are, and what makes each."""

from __future__ import annotations

from collections.abc import Mapping

from content.library import Library
from handlers import album, mycopy, sheet
from handlers.broadcasting.message import attached
from handlers.broadcasting.report import report
from handlers.tables.making import registrations
from handlers.talk import Paper
from handlers.wanted import Maker, Making, Wanted
from storage.tables import Person
from storage.unit import Unit

MAKERS: Mapping[str, Maker] = {
    "draft": sheet.draft,
    "registration": sheet.registration,
    "mydata": mycopy.made,
    "attached": attached,
    "broadcast": report,
    "registrations": registrations,
    "photo": album.photo,
    "photos": album.photos,
}


async def making(unit: Unit, library: Library, person: Person, paper: Paper) -> Making | None:
    """What makes a paper; None where there is no such paper, or not for this person."""
    kind, _, which = paper.of.partition(":")
    maker = MAKERS.get(kind)
    return await maker(Wanted(unit, library, person, which, paper.format)) if maker else None
