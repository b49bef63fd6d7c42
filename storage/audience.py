"""Whom something may be sent to: read a page at a time, so that memory does not grow."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, exists, or_, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from storage.registrations import OVER
from storage.tables import Address, Draft, Person, Registration

PAGE = 1000  # people read at once


class Place(NamedTuple):
    """Where somebody is reached: what of an address matters to who chooses one."""

    channel: str
    sender: str
    unreachable_since: datetime | None
    heard_at: datetime | None
    push: dict[str, Any] | None = None


class Follower(NamedTuple):
    """Somebody, what they told of themselves, what they agreed to and want, where they are."""

    id: int
    told: Mapping[str, Any]
    consents: dict[str, Any]
    wishes: dict[str, Any] | None
    places: list[Place]


OF_PERSON = (Person.id, Person.profile, Person.consents, Person.wishes)
OF_PLACE = tuple(getattr(Address, name) for name in Place._fields)


class Audience:
    """People by the plan that they follow, and how far they are with registering."""

    def __init__(self, session: AsyncSession) -> None:
        self.session = session

    async def page(self, plan: str, stage: str, after: int) -> list[Follower]:
        """The next of them behind that person, by number; none: there are no more.

        ``plan`` empty: of any plan, or of none.
        """
        rows = select(*map(col, OF_PERSON)).where(col(Person.id) > after, *wanted(plan, stage))
        found = await self.session.execute(rows.order_by(col(Person.id)).limit(PAGE))
        people = found.all()
        places: dict[int, list[Place]] = defaultdict(list)
        of, ids = col(Address.person_id), [number for number, *_ in people]
        for number, *place in await self.session.execute(
            select(of, *OF_PLACE).where(of.in_(ids)).order_by(of)
        ):
            places[number].append(Place(*place))
        told = await self.told([number for number, profile, *_ in people if not profile])
        return [
            Follower(number, profile or told.get(number, {}), consents, wishes, places[number])
            for number, profile, consents, wishes in people
        ]

    async def still(self, plan: str, stage: str, ids: Collection[int]) -> set[int]:
        """Those of these who are among them now."""
        rows = select(col(Person.id)).where(col(Person.id).in_(ids), *wanted(plan, stage))
        return {*await self.session.scalars(rows)}

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
