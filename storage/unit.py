"""The unit of work: one transaction, and what can be done in it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, nullcontext
from copy import copy
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession

from storage.acts import Acts
from storage.audience import Audience
from storage.boards import Boards
from storage.broadcasts import Broadcasts
from storage.engine import READS, open_engine
from storage.holds import Holds
from storage.inbox import InboxRows
from storage.link_codes import LinkCodes
from storage.listing import Listing
from storage.outbox import OutboxRows
from storage.people import Drafts, People
from storage.photos import Photos
from storage.pushes import PushRows
from storage.questions import Lessons, Questions, Tallies
from storage.quotas import Quotas
from storage.registrations import Registrations
from storage.requests import Requests
from storage.reviews import Reviews
from storage.staff import StaffRows
from storage.subscriptions import Subscriptions
from storage.tokens import TokenPairs
from storage.told import ToldRows
from storage.traffic import TrafficRows

Clock = Callable[[], datetime]


class Unit:
    """The rooms of the memory, inside one transaction. Nothing in here commits."""

    def __init__(self, session: AsyncSession, now: datetime) -> None:
        self.session, self.now = session, now
        self.inbox = InboxRows(session, now)
        self.outbox = OutboxRows(session, now)
        self.holds = Holds(session, now)
        self.people = People(session, now)
        self.link_codes = LinkCodes(session, now)
        self.subscriptions = Subscriptions(session)
        self.drafts = Drafts(session, now)
        self.registrations = Registrations(session, now)
        self.photos = Photos(session, now)
        self.listing = Listing(session)
        self.reviews = Reviews(session, now)
        self.acts = Acts(session, now)
        self.requests = Requests(session, now)
        self.broadcasts = Broadcasts(session, now)
        self.audience = Audience(session)
        self.pushes = PushRows(session, self.outbox, self.broadcasts)
        self.boards = Boards(session)
        self.quotas = Quotas(session)
        self.staff = StaffRows(session, now)
        self.questions = Questions(session, now)
        self.lessons = Lessons(session, now)
        self.tallies = Tallies(session)
        self.told = ToldRows(session, now)
        self.traffic = TrafficRows(session, now)
        self.tokens = TokenPairs(session, now)


class Store:
    """The database and the clock."""

    def __init__(self, url: str, clock: Clock) -> None:
        self.engine: AsyncEngine = open_engine(url)
        self.clock = clock
        # SQLite has one writer: waiting here is in order and costs nothing.
        self.alone = self.engine.dialect.name == "sqlite"
        self.writing: asyncio.Lock | nullcontext[None] = (
            asyncio.Lock() if self.alone else nullcontext()
        )

    @asynccontextmanager
    async def unit(self) -> AsyncIterator[Unit]:
        """Commit when the block ends well, roll back when it raises."""
        async with (
            self.writing,
            AsyncSession(self.engine, expire_on_commit=False) as session,
            session.begin(),
        ):
            unit = Unit(session, self.clock())
            yield unit
            await unit.outbox.flush()

    @asynccontextmanager
    async def view(self) -> AsyncIterator[Unit]:
        """Look without locking anything; what is changed in here is not kept."""
        engine = self.engine.execution_options(**READS)
        async with AsyncSession(engine, expire_on_commit=False) as session:
            yield Unit(session, self.clock())

    def as_of(self, moment: datetime) -> Store:
        """The same memory, where the clock stands still."""
        then = copy(self)
        then.clock = lambda: moment
        return then

    async def scrub(self) -> None:
        """Empty SQLite's log, which still holds what was dropped; where it is in use, later."""
        if self.alone:
            async with self.writing, self.engine.connect() as connection:
                raw = (await connection.get_raw_connection()).driver_connection
                assert raw
                await (await raw.execute("PRAGMA wal_checkpoint(TRUNCATE)")).close()

    async def close(self) -> None:
        await self.engine.dispose()
