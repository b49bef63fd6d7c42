"""Whom something may be sent to: read a page at a time, so that memory does not grow."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, exists, or_, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import load_only
from sqlmodel import col

from storage.registrations import OVER
from storage.tables import Address, Draft, Person, Registration

PAGE = 1000  # people read at once
OF_PERSON: tuple[Any, ...] = (Person.id, Person.profile, Person.consents, Person.wishes)


class Follower(NamedTuple):
    """Somebody, where they are reached, and what they told of themselves."""

    person: Person
    places: list[Address]
    told: Mapping[str, Any]


class Audience:
    """People by the plan that they follow, and how far they are with registering."""

    def __init__(self, session: AsyncSession) -> None:
        self.session = session

    async def page(self, plan: str, stage: str, after: int) -> list[Follower]:
        """The next of them behind that person, by number; none: there are no more.

        ``plan`` empty: of any plan, or of none.
        """
        rows = select(Person).where(col(Person.id) > after, *wanted(plan, stage))
        bare = rows.options(load_only(*OF_PERSON, raiseload=True))
        found = await self.session.scalars(bare.order_by(col(Person.id)).limit(PAGE))
        people = list(found)
        places: dict[int | None, list[Address]] = defaultdict(list)
        ids = [person.id for person in people]
        there = select(Address).where(col(Address.person_id).in_(ids))
        for address in await self.session.scalars(there):
            places[address.person_id].append(address)
        told = await self.told([person.id for person in people if not person.profile])
        return [
            Follower(person, places[person.id], person.profile or told.get(person.id, {}))
            for person in people
        ]

    async def told(self, ids: Collection[int]) -> dict[int, dict[str, Any]]:
        """What these people told in the forms that they have, in the latest last."""
        told: dict[int, dict[str, Any]] = {}
        for table, at in ((Draft, Draft.updated_at), (Registration, Registration.submitted_at)):
            if ids:
                theirs = select(col(table.person_id), col(table.answers))
                rows = theirs.where(col(table.person_id).in_(ids)).order_by(col(at))
                told |= {person: answers for person, answers in await self.session.execute(rows)}
        return told


def wanted(plan: str, stage: str) -> list[ColumnElement[bool]]:
    """What narrows them down."""
    drafts = has(Draft, plan)
    registered = has(Registration, plan, col(Registration.state).not_in(OVER))
    follow = [or_(col(Person.plan) == plan, drafts, registered)] if plan else []
    match stage:
        case "":
            return follow
        case "draft":
            return [drafts]
        case "none":
            return [*follow, ~drafts, ~registered]
        case "registered":
            return [registered]
    return [has(Registration, plan, col(Registration.state) == stage)]


def has(table: Any, plan: str, *such: ColumnElement[bool]) -> ColumnElement[bool]:
    """Whether a person has one of these for that plan, or for any."""
    of_plan = (col(table.plan) == plan,) if plan else ()
    return exists().where(col(table.person_id) == col(Person.id), *of_plan, *such)
