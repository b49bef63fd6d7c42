"""What comes too late for a platform's rules: in the form that it has for that, or not at all."""

from __future__ import annotations

from bot.channels.base import Abilities, Belated, Channel
from bot.channels.choosing import WINDOW
from handlers.errors import ThiDuaError
from handlers.reaching import barred
from handlers.talk import Reply
from storage.outbox import Claimed, Outcome
from storage.tables import Address
from storage.unit import Store


class TooLate(ThiDuaError):
    """The platform takes this no more: it waits for them to write again."""


async def is_late(store: Store, row: Claimed, can: Abilities) -> bool:
    """Whether they wrote too long ago for an ordinary message. Where that is not known, the
    platform is asked by trying.
    """
    if can.window is None:
        return False
    async with store.view() as unit:
        place = await unit.session.get(Address, (row.channel, row.address))
    heard = place.heard_at if place else None
    return heard is not None and bool(barred(None, heard, can.window, store.clock()))


async def send_late(channel: Channel, row: Claimed, reply: Reply) -> str | None:
    """Tell somebody of what is their own; raise TooLate for all else, or as a channel does."""
    own = row.broadcast_id is None and channel.can.belated
    if not own or not isinstance(channel, Belated):
        raise TooLate
    return await channel.send_late(row.address, reply)


def skipped(row: Claimed) -> Outcome:
    """What becomes of what came too late."""
    return Outcome(row.id, "skipped", WINDOW, broadcast_id=row.broadcast_id)
