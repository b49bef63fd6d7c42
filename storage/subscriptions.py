"""How the browsers of people are told of news while our page is closed there: none, or one each."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from storage.people import Where
from storage.tables import Address

WEB = "web"


class Subscriptions:
    """What a browser gave us to reach it by, kept with the address that its cookie names."""

    def __init__(self, session: AsyncSession) -> None:
        self.session = session

    async def of(self, address: str) -> dict[str, Any] | None:
        """That of one browser."""
        there = await self.session.get(Address, (WEB, address))
        return there.push if there else None

    async def take(self, address: str, push: dict[str, Any], *, asked: bool) -> bool:
        """Keep it from now on; False where the person did not ask for it now and we keep none.

        Then they had us forget it, and a browser that still has it must not bring it back. One that
        lost its cookie goes on under its new address, and is not told of the old one's news.
        """
        mine = await self.session.get(Address, (WEB, address))
        if mine and mine.push == push:
            return True
        before = [each for each in await self.by(push["endpoint"]) if each.sender != address]
        for each in before:
            each.push = None
        if not (asked or before or (mine and mine.push)):
            return False
        if mine is None:
            mine = Address(channel=WEB, sender=address)
            self.session.add(mine)
        mine.push = push
        return True

    async def by(self, endpoint: str) -> list[Address]:
        """The addresses that this browser goes by: more than one after it lost its cookie."""
        theirs = select(Address).where(
            col(Address.push).is_not(None),
            col(Address.push)["endpoint"].as_string() == endpoint,
        )
        return list((await self.session.scalars(theirs)).all())

    async def erase(self, places: Iterable[Where]) -> None:
        """Keep none of these places' any more."""
        for channel, sender in places:
            if channel == WEB:
                await self.drop(sender)

    async def drop(self, address: str, endpoint: str = "") -> None:
        """Keep it no more; with an endpoint only if that is still the one."""
        there = await self.session.get(Address, (WEB, address))
        if there and there.push and endpoint in ("", there.push["endpoint"]):
            there.push = None
