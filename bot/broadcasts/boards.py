"""Boards: the message that tells an officer how far a broadcast is, kept true in its place."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import timedelta

import structlog

from bot.again import again
from bot.broadcasts.planning import Tell
from bot.channels.base import Channel, Editing, fit
from bot.knowledge import Knowledge
from handlers.errors import SendFailed
from handlers.staff.announcing.board import board
from handlers.staff.announcing.telling import news
from handlers.talk import Reply
from storage.boards import Shown
from storage.tables import Broadcast
from storage.unit import Store, Unit

logger = structlog.get_logger(__name__)

Queue = Callable[[Unit, str, str, Reply], None]
EVERY = 3.0  # seconds; a chat may be written to about once a second
AFTER = timedelta(hours=1)  # its end, while it is looked at: we may have been away just then


def telling(knowledge: Knowledge, queue: Queue) -> Tell:
    """Tells whoever made a broadcast what became of it, in the transaction in which it did."""

    async def tell(unit: Unit, row: Broadcast) -> None:
        if told := await news(unit, knowledge.library, row):
            (channel, address), reply = told
            queue(unit, channel, address, reply)

    return tell


class Boards:
    """Keeps them true where a channel edits. What was shown is remembered: only news leaves."""

    def __init__(self, store: Store, knowledge: Knowledge, channels: Mapping[str, Channel]) -> None:
        self.store, self.knowledge = store, knowledge
        self.channels = {n: each for n, each in channels.items() if isinstance(each, Editing)}
        self.standing: dict[int, Reply] = {}  # what each row of the outbox tells by now

    async def run(self) -> None:
        """Look again and again, for ever."""
        if self.channels:
            await again(self.round, EVERY, "boards_failed")

    async def round(self) -> None:
        """Bring what has changed onto each board; what fails is tried again with the next news."""
        for each, reply in await self.wanted():
            if self.standing.get(each.row) != reply:
                self.standing[each.row] = reply
                await self.edit(each, reply)

    async def wanted(self) -> list[tuple[Shown, Reply]]:
        """What each board is to tell now."""
        found = []
        async with self.store.view() as unit:
            for each in await unit.boards.shown([*self.channels], unit.now - AFTER):
                if row := await unit.broadcasts.get(each.broadcast_id):
                    found.append((each, await board(unit, self.knowledge.library, row)))
        rows = {each.row for each, _ in found}
        self.standing = {row: reply for row, reply in self.standing.items() if row in rows}
        return found

    async def edit(self, each: Shown, reply: Reply) -> None:
        channel = self.channels[each.channel]
        *_, last = fit(reply, channel.can)
        try:
            await channel.edit(each.address, each.ref, last)
        except SendFailed as error:
            logger.info("board_not_edited", channel=each.channel, error=type(error).__name__)
