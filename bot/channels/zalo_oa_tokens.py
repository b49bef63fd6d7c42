"""What we call an Official Account's interface with: renewed by one of us, stored before its use.

A refresh token works once. What Zalo gives for it is committed before anything else happens, in a
task that no cancelled send ends. If we die in between, Zalo refuses the old one from then on, and
only the operator can get us a new one: that is told, and asked for again seldom.
"""

from __future__ import annotations

import asyncio
import hashlib
import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from bot.channels.calls import CallFailed, NoAnswer, Refused
from bot.channels.door import USUAL, Patience, insist
from bot.sealing import Broken, Seal
from handlers.errors import SendFailed
from storage.tables import TokenPair
from storage.tokens import Renewed
from storage.unit import Store

logger = logging.getLogger(__name__)

NAME = "zalo_oa"
SOON = timedelta(minutes=5)  # before it expires a token is not used any more
EARLY = timedelta(hours=5)  # before it expires a new one is got: of 25 hours
YOUNG = timedelta(minutes=2)  # a token so new is not given up, though Zalo refuses it
LEASE = timedelta(seconds=60)  # for one of us to ask alone; longer than an answer may stay away
REST = timedelta(minutes=30)  # after Zalo refused
BRIEFLY = 5.0  # seconds until we look again, where that may help
LOOK = 300.0  # the same where only an operator can

DEAD = ("-14014", "-118")  # seen by third parties; the platform publishes no table of these
HOW = "lấy refresh token mới, đặt vào THIDUA_ZALO_OA_REFRESH_TOKEN rồi khởi động lại"
USED_UP = "Zalo không nhận refresh token đã lưu ({fault}): " + HOW
UNKNOWN = (
    "Zalo không cấp token ({fault}): so lại THIDUA_ZALO_OA_APP_ID, THIDUA_ZALO_OA_APP_SECRET;"
    " nếu đúng rồi thì " + HOW
)
SEALED = "token đã lưu bị khoá bằng một THIDUA_SECRET_KEY khác: đặt lại khoá cũ, hoặc " + HOW
MISSING = "chưa có token nào: " + HOW


@dataclass(frozen=True)
class Given:
    """A new pair, as Zalo gives it."""

    access: str
    refresh: str
    seconds: float


Ask = Callable[[str], Awaitable[Given]]  # gets a pair for a refresh token; raises CallFailed


class NoToken(SendFailed):
    """There is nothing to call Zalo with now."""


@dataclass(frozen=True)
class Shelf:
    """Where tokens are kept, and under which seal."""

    store: Store
    seal: Seal


class Tokens:
    """The account's tokens. ``seed`` is the operator's refresh token: it begins a chain, once."""

    def __init__(self, shelf: Shelf, seed: str, ask: Ask, patience: Patience = USUAL) -> None:
        self.store, self.seal, self.seed, self.ask = shelf.store, shelf.seal, seed, ask
        self.patience = patience
        self.lock = asyncio.Lock()
        self.flights: set[asyncio.Task[str]] = set()
        self.token, self.until = "", datetime.min.replace(tzinfo=UTC)
        self.anew = True  # since we started: what was refused before may have been mended
        self.trouble = ""

    async def access(self, refused: str = "", left: timedelta = SOON) -> str:
        """A token that lives so long, and is not the one that Zalo has just refused.

        Raise NoToken. Goes on by itself if whoever waits for it is cancelled.
        """
        if self.good(refused, left):
            return self.token
        flight = asyncio.create_task(self.found(refused, left))
        self.flights.add(flight)
        flight.add_done_callback(self.landed)
        return await asyncio.shield(flight)

    def landed(self, flight: asyncio.Task[str]) -> None:
        self.flights.discard(flight)
        if not flight.cancelled():
            flight.exception()  # somebody may have stopped waiting for it

    async def close(self) -> None:
        """Wait for what Zalo is giving us at this moment."""
        if self.flights:
            await asyncio.wait(self.flights, timeout=LEASE.total_seconds())

    def good(self, refused: str, left: timedelta) -> bool:
        return self.token not in ("", refused) and self.until - self.store.clock() > left

    async def found(self, refused: str, left: timedelta) -> str:
        async with self.lock:
            if self.good(refused, left):  # somebody before us got it
                return self.token
            held = await self.look()
            if not self.good(refused, left):  # nor did another process
                try:
                    await self.renew(held, refused)
                except NoToken:
                    if not self.good(refused, timedelta(0)):
                        raise
            return self.token

    async def glance(self) -> str:
        """The stored token, if it works by our clock; else empty. Changes nothing."""
        async with self.store.view() as unit:
            held = await unit.tokens.get(NAME)
        if held is None:
            self.trouble = "" if self.seed else MISSING
            return ""
        self.learn(held)
        return self.token if self.good("", timedelta(0)) else ""

    async def look(self) -> TokenPair:
        """What is stored now, by whichever of us."""
        told = hashlib.sha256(self.seed.encode()).hexdigest() if self.seed else ""
        async with self.store.unit() as unit:
            held = await unit.tokens.begin(NAME, self.seal.close(self.seed), told)
        self.learn(held)
        return held

    def learn(self, held: TokenPair) -> None:
        """Take over a stored pair, and what was wrong with it."""
        try:
            self.token, self.until = self.opened(held.access), held.expires_at
            self.trouble = means(held.fault) if self.opened(held.refresh) else MISSING
        except Broken:
            self.token, self.trouble = "", SEALED

    def opened(self, sealed: str) -> str:
        return self.seal.open(sealed) if sealed else ""

    async def renew(self, held: TokenPair, refused: str) -> None:
        """Get a new pair for this one, alone; raise NoToken."""
        now = self.store.clock()
        if self.trouble in (MISSING, SEALED):
            raise NoToken("no refresh token of ours", LOOK)
        if refused and self.token == refused and now - held.refreshed_at < YOUNG:
            raise NoToken("Zalo refuses a new token", YOUNG.total_seconds())
        async with self.store.unit() as unit:
            ours = await unit.tokens.claim(held, now + LEASE, anew=self.anew)
        if not ours:
            told = f"no token: {held.fault}" if held.fault else "another process gets a token"
            raise NoToken(told, LOOK if held.fault else BRIEFLY)
        self.anew = False
        try:
            given = await self.ask(self.seal.open(held.refresh))
        except CallFailed as error:
            await self.failed(held, error)
            unknown = LEASE.total_seconds() if isinstance(error, NoAnswer) else BRIEFLY
            raise NoToken(f"no token: {error}", LOOK if self.trouble else unknown) from error
        await self.keep(held, given)

    async def keep(self, held: TokenPair, given: Given) -> None:
        """Store what Zalo gave, whatever it takes: there is no other copy."""
        expires = self.store.clock() + timedelta(seconds=given.seconds)
        close = self.seal.close
        renewed = Renewed(close(given.access), close(given.refresh), expires)

        async def stored() -> bool:
            async with self.store.unit() as unit:
                return await unit.tokens.keep(held, renewed)

        if not await insist(stored, self.patience, unstored):
            raise NoToken("the operator gave another token meanwhile", BRIEFLY)
        await self.look()
        logger.info("zalo_oa: a new token, good until %s", expires.isoformat(timespec="minutes"))

    async def failed(self, held: TokenPair, error: CallFailed) -> None:
        """Note why there is none, and when to ask again.

        Without an answer nobody knows whether the old one was used up: the claim runs out.
        """
        if isinstance(error, NoAnswer):
            logger.warning("zalo_oa: no new token, and maybe the old one is used up (%s)", error)
            return
        refused = isinstance(error, Refused)
        until = self.store.clock() + REST if refused else None
        fault = str(error) if refused else held.fault
        async with self.store.unit() as unit:
            await unit.tokens.rest(held, until, fault)
        self.trouble = means(fault)
        if refused:
            logger.error("zalo_oa: no new token (%s): %s", error, "see /health, troubles")


def means(fault: str) -> str:
    """What an operator can do about a refusal; empty where there was none."""
    if not fault:
        return ""
    return (USED_UP if fault.startswith(DEAD) else UNKNOWN).format(fault=fault)


def unstored(error: Exception) -> str:
    return f"zalo_oa: the new token is not stored yet ({type(error).__name__})"
