"""What comes too late for a platform's rules: in the form that it has for that, or not at all."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from bot.channels.base import Belated, Channel
from bot.channels.choosing import WINDOW
from handlers.errors import ThiDuaError
from handlers.reaching import barred
from handlers.talk import Reply
from storage.outbox import Claimed, Outcome
from storage.unit import Unit


class TooLate(ThiDuaError):
    """The platform takes this no more: it waits for them to write again."""


async def late_ones(
    unit: Unit, rows: Iterable[Claimed], channels: Mapping[str, Channel]
) -> set[int]:
    """Which of these are for people who wrote too long ago for an ordinary message. Where it is not
    known when, the platform is asked by trying.
    """
    windows = {name: channel.can.window for name, channel in channels.items()}
    bound = [row for row in rows if windows[row.channel]]
    heard = await unit.people.heard({(row.channel, row.address) for row in bound})
    known = ((row, heard.get((row.channel, row.address))) for row in bound)
    return {row.id for row, at in known if at and barred(None, at, windows[row.channel], unit.now)}


async def send_late(channel: Channel, row: Claimed, reply: Reply) -> str | None:
    """Tell somebody of what is their own; raise TooLate for all else, or as a channel does."""
    own = row.broadcast_id is None and channel.can.belated
    if not own or not isinstance(channel, Belated):
        raise TooLate
    return await channel.send_late(row.address, reply)


def skipped(row: Claimed) -> Outcome:
    """What becomes of what came too late."""
    return Outcome(row.id, "skipped", WINDOW, broadcast_id=row.broadcast_id)
