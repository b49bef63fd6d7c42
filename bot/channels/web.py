"""The web chat as a channel. The outbox row is the message; sending rings the open pages' bells."""

from __future__ import annotations

import asyncio
import base64
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Mapping, Sequence
from contextlib import asynccontextmanager
from typing import Any

from bot.channels.base import Abilities, cleaned
from handlers.talk import Incoming, Made, Reply

PAGES = 8  # open at once for one person
There = Callable[[], bool]
Knock = Callable[[str, Reply], Awaitable[None]]  # tells a browser where no page of ours is open


class Listener:
    """One open page of a person, to be told when there is something to look for.

    ``there`` says whether its line still stands: we write to it only now and then.
    """

    def __init__(self, there: There) -> None:
        self.bell = asyncio.Event()
        self.closed = False
        self.there = there

    def close(self) -> None:
        self.closed = True
        self.bell.set()


class WebChannel:
    """The door that needs no account."""

    name = "web"
    can = Abilities(max_text=4000, max_buttons=12, replay=True, home=True, certain=False)

    def __init__(self, knock: Knock | None = None) -> None:
        self.listeners: dict[str, list[Listener]] = {}
        self.closed = False
        self.knock = knock

    def trusts(self, headers: Mapping[str, str], body: bytes) -> bool:
        """Nobody calls this channel from outside: there is no webhook."""
        return False

    def read(self, update: Mapping[str, Any]) -> Iterable[Incoming]:
        """``{"id", "sender", "text" or "value" or "photo"}``; a photo is what is in its file."""
        if photo := update.get("photo"):
            held = base64.b64encode(photo).decode()
            yield Incoming(self.name, update["id"], update["sender"], kind="photo", photos=(held,))
            return
        text, value = (cleaned(str(update.get(key, ""))) for key in ("text", "value"))
        if text.strip() or value:
            yield Incoming(self.name, update["id"], update["sender"], text, value)

    async def send(self, address: str, reply: Reply, files: Sequence[Made] = ()) -> None:
        """Tell the person's open pages to look; a page opened later finds the reply by itself.

        Where none is open, their browser is told of news. Papers are behind links there, made when
        they are opened.
        """
        listeners = self.listeners.get(address, ())
        for listener in listeners:
            listener.bell.set()
        seen = any(listener.there() for listener in listeners)
        if reply.news and not seen and self.knock:
            await self.knock(address, reply)

    async def fetch(self, reference: str) -> bytes:
        """The photo itself: it came with what was heard."""
        return base64.b64decode(reference)

    @asynccontextmanager
    async def listen(self, address: str, there: There = lambda: True) -> AsyncIterator[Listener]:
        """Hear of this person's replies while the block runs.

        Beyond ``PAGES`` the oldest listener is closed: on a weak signal it is likely a dead line.
        """
        listener = Listener(there)
        listeners = self.listeners.setdefault(address, [])
        listeners.append(listener)
        if self.closed:
            listener.close()
        for oldest in listeners[:-PAGES]:
            oldest.close()
        try:
            yield listener
        finally:
            listeners.remove(listener)
            if not listeners:
                del self.listeners[address]

    def close(self) -> None:
        """Let go of every open page, now and from now on."""
        self.closed = True
        for listener in (one for some in self.listeners.values() for one in some):
            listener.close()
