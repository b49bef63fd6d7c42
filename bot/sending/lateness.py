"""What comes too late for a platform's rules: in the form that it has for that, or not at all."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import timedelta

from bot.channels.base import Abilities, Belated, Channel
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
    bound = [(row, window) for row in rows if (window := within(row, channels[row.channel].can))]
    heard = await unit.people.heard({(row.channel, row.address) for row, _ in bound})
    known = ((row, window, heard.get((row.channel, row.address))) for row, window in bound)
    return {row.id for row, window, at in known if at and barred(None, at, window, unit.now)}


def within(row: Claimed, can: Abilities) -> timedelta | None:
    """How long after they wrote this may still leave as an ordinary message."""
    return can.window if row.unasked else can.answers or can.window


async def send_late(channel: Channel, row: Claimed, reply: Reply) -> str | None:
    """Tell somebody of what is their own; raise TooLate for all else, or as a channel does."""
    own = row.broadcast_id is None and channel.can.belated
    if not own or not isinstance(channel, Belated):
        raise TooLate
    return await channel.send_late(row.address, reply)


def skipped(row: Claimed) -> Outcome:
    """What becomes of what came too late."""
    return Outcome(row.id, "skipped", WINDOW, broadcast_id=row.broadcast_id)
