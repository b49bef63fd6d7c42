"""Whom a broadcast goes to: by which channel, in which words, or why not."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from bot.channels.base import Abilities, fit
from bot.channels.choosing import choose
from bot.sending import quota
from content.library import Library
from handlers import wishes
from handlers.broadcasting.known import Fields, Known
from handlers.broadcasting.message import Message
from handlers.broadcasting.whom import Whom
from handlers.talk import News
from storage.audience import Follower
from storage.tables import Broadcast
from storage.unit import Unit

MUTED, LONG = "muted", "long"  # they want no such messages; it does not fit into one


@dataclass(frozen=True)
class Recipient:
    """One of them, and where it goes; or why it goes nowhere."""

    person_id: int
    known: Known
    channel: str = ""
    address: str = ""
    reason: str = ""


class Cast:
    """One broadcast over its audience; ``left`` are the messages that channels have for it."""

    def __init__(
        self,
        library: Library,
        abilities: Mapping[str, Abilities],
        row: Broadcast,
        left: dict[str, int],
    ) -> None:
        self.library, self.abilities, self.row, self.left = library, abilities, row, left
        self.whom = Whom.model_validate(row.whom)
        self.fields = Fields.of(library)
        self.about = f"broadcast:{row.plan}"
        self.message = Message(library, row)
        self.bodies: dict[str, dict[str, Any] | None] = {}  # by channel, where all read the same

    def recipients(self, followers: Sequence[Follower], now: datetime) -> list[Recipient]:
        """Those who are meant, each with the one place where they are told."""
        found = (self.recipient(follower, now) for follower in followers)
        return [each for each in found if each]

    def recipient(self, follower: Follower, now: datetime) -> Recipient | None:
        known = self.fields.known(follower.told)
        places = self.whom.near(follower.places, now)
        if places is None or not self.whom.means(known, self.library.broadcasts):
            return None
        if not wishes.wants(follower, self.about):
            return Recipient(follower.id, known, reason=MUTED)
        spent = [channel for channel, left in self.left.items() if left <= 0]
        where = choose(places, self.abilities, now, spent)
        if isinstance(where, str):
            return Recipient(follower.id, known, reason=where)
        if where[0] in self.left:
            self.left[where[0]] -= 1
        return Recipient(follower.id, known, *where)

    def planned(self, each: Recipient, until: datetime) -> dict[str, Any]:
        """Their row of the outbox, its words as they are to stay."""
        body = self.body(each) if each.channel else None
        reason = each.reason or ("" if body else LONG)
        return {
            "broadcast_id": self.row.id,
            "about": self.about,
            "person_id": each.person_id,
            "channel": each.channel,
            "address": each.address,
            "body": body,
            "state": "skipped" if reason else "planned",
            "reason": reason,
            "until": until,
        }

    def body(self, each: Recipient) -> dict[str, Any] | None:
        """What they read there; None where it is too long for one message."""
        if self.message.personal:
            return self.fitted(each)
        if each.channel not in self.bodies:
            self.bodies[each.channel] = self.fitted(each)
        return self.bodies[each.channel]

    def fitted(self, each: Recipient) -> dict[str, Any] | None:
        news: News = "private" if self.message.personal else "open"
        reply = replace(self.message.to(each.known), news=news)
        parts = [*fit(reply, self.abilities[each.channel])]
        return parts[0].as_json() if len(parts) == 1 else None


async def cast_of(
    unit: Unit, library: Library, abilities: Mapping[str, Abilities], row: Broadcast
) -> Cast:
    """A broadcast over its audience, with what is left this month for such messages."""
    left = await quota.left(unit, abilities, library.broadcasts.kept)
    return Cast(library, abilities, row, left)
