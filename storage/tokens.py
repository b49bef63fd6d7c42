"""The tokens of platforms: one pair a channel, and one process at a time that renews it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import or_, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from storage.engine import BLIND, insert_new
from storage.tables import TokenPair


@dataclass(frozen=True)
class Renewed:
    """A new pair, sealed."""

    access: str
    refresh: str
    expires_at: datetime


class TokenPairs:
    """Each change is for a transaction of its own: what a platform gave away is safe at once."""

    def __init__(self, session: AsyncSession, now: datetime) -> None:
        self.session, self.now = session, now

    async def get(self, channel: str) -> TokenPair | None:
        return await self.session.get(TokenPair, channel, populate_existing=True)

    async def begin(self, channel: str, refresh: str, seed: str) -> TokenPair:
        """The channel's pair; with this token of the operator's, if it was never seen before."""
        empty = {"access": "", "refresh": "", "fault": "", "seeds": []}
        times = {"expires_at": self.now, "refreshed_at": self.now}
        await insert_new(self.session, TokenPair, [{"channel": channel, **empty, **times}])
        held = await self.session.get_one(TokenPair, channel, with_for_update=True)
        if seed and seed not in held.seeds:
            held.access, held.refresh, held.seeds = "", refresh, [*held.seeds, seed]
            held.expires_at, held.claimed_until, held.fault = self.now, None, ""
        return held

    async def claim(self, pair: TokenPair, until: datetime, *, anew: bool = False) -> bool:
        """Whether it is ours to renew this pair until then; nobody else's meanwhile.

        ``anew``: what the platform refused is asked again before its time.
        """
        free = or_(col(TokenPair.claimed_until).is_(None), col(TokenPair.claimed_until) <= self.now)
        if anew:
            free = or_(free, col(TokenPair.fault) != "")
        return await self.change(pair, free, claimed_until=until, fault="")

    async def keep(self, pair: TokenPair, renewed: Renewed) -> bool:
        """Put a new pair in the place of this one; False where the operator gave another token."""
        return await self.change(
            pair,
            access=renewed.access,
            refresh=renewed.refresh,
            expires_at=renewed.expires_at,
            refreshed_at=self.now,
            claimed_until=None,
            fault="",
        )

    async def rest(self, pair: TokenPair, until: datetime | None, fault: str) -> None:
        """Let nobody renew this pair until then, and why; None: whoever wants may try."""
        await self.change(pair, claimed_until=until, fault=fault)

    async def change(self, pair: TokenPair, *where: Any, **values: Any) -> bool:
        """Change the pair, if it is still this one."""
        same = col(TokenPair.channel) == pair.channel, col(TokenPair.refresh) == pair.refresh
        changed = update(TokenPair).where(*same, *where).values(values)
        rows = await self.session.execute(
            changed.returning(col(TokenPair.channel)), execution_options=BLIND
        )
        return rows.one_or_none() is not None
