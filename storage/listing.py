"""All registrations, however many: read a page at a time, so that memory does not grow."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from storage.tables import Registration

PAGE = 500  # rows read at once


class Listing:
    """Registrations of one plan or all, in one state or any."""

    def __init__(self, session: AsyncSession) -> None:
        self.session = session

    async def count(self, plan: str = "", state: str = "") -> int:
        """How many there are."""
        rows = select(func.count(col(Registration.id))).where(*wanted(plan, state))
        return (await self.session.scalars(rows)).one()

    async def pages(self, plan: str = "", state: str = "") -> AsyncIterator[list[Registration]]:
        """Every one of them, a page at a time, the oldest first."""
        rows = select(Registration).where(*wanted(plan, state))
        rows = rows.order_by(col(Registration.id)).limit(PAGE)
        last = 0
        while page := list(await self.session.scalars(rows.where(col(Registration.id) > last))):
            yield page
            last = page[-1].id

    async def these(self, ids: Sequence[int]) -> AsyncIterator[Registration]:
        """Those of these numbers, in that order; what is gone meanwhile is left out."""
        for first in range(0, len(ids), PAGE):
            some = ids[first : first + PAGE]
            rows = select(Registration).where(col(Registration.id).in_(some))
            found = {row.id: row for row in await self.session.scalars(rows)}
            for number in some:
                if number in found:
                    yield found[number]


def wanted(plan: str, state: str) -> list[ColumnElement[bool]]:
    """What narrows them down."""
    asked = ((col(Registration.plan), plan), (col(Registration.state), state))
    return [column == value for column, value in asked if value]
