"""What only the channels know: whom they bring a broadcast to, how it looks, what it may cost."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from content.library import Library
from handlers.broadcasting.estimate import Estimate
from handlers.standing import Standing
from handlers.talk import Reply
from storage.tables import Broadcast


class Look(Protocol):
    """How it looks on some channels that show it alike."""

    @property
    def channels(self) -> Sequence[str]: ...
    @property
    def text(self) -> str: ...
    @property
    def labels(self) -> Sequence[str]: ...


class Reach(Protocol):
    """The channels that there are, as far as composing a broadcast asks about them."""

    @property
    def channels(self) -> Sequence[str]:
        """What they are called."""
        ...

    async def estimate(self, library: Library, row: Broadcast) -> Estimate:
        """Whom it would reach as it is now."""
        ...

    async def standings(self) -> Sequence[Standing]:
        """How each stands by our own count."""
        ...

    def looks(self, reply: Reply) -> Sequence[Look]:
        """How a reply looks on each channel."""
        ...

    def room(self, reply: Reply) -> int:
        """How many characters are left for it in one message of the smallest channel; below zero:
        so many too many.
        """
        ...
