"""The terminal as a channel: lines typed, replies printed. The dialogue tests play on it."""

from __future__ import annotations

import itertools
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from bot.channels.base import Abilities, cleaned
from handlers.talk import Incoming, Made, Reply

Show = Callable[[str, Reply, Sequence[Made]], None]


class Terminal:
    """One or several people at a terminal; what they are shown goes to ``show``.

    ``[Gửi đăng ký]`` presses the button with that label, ``!voice`` stands for a voice message.
    """

    name = "terminal"
    can = Abilities(max_text=100_000, max_buttons=30, max_file=sys.maxsize)

    def __init__(self, show: Show, run: str) -> None:
        self.show, self.run = show, run
        self.count = itertools.count(1)
        self.buttons: dict[str, dict[str, str]] = {}  # person: label → value, all ever shown

    def trusts(self, headers: Mapping[str, str], body: bytes) -> bool:
        """There is no webhook."""
        return False

    def read(self, update: Mapping[str, Any]) -> Iterable[Incoming]:
        """``{"line", "sender"}``; raise KeyError for a button that was never shown."""
        line, sender = str(update["line"]), str(update["sender"])
        number = f"{self.run}-{next(self.count)}"
        if line.startswith("!"):
            kind: Any = line[1:]
            yield Incoming(self.name, number, sender, kind=kind)
        elif line.startswith("[") and line.endswith("]"):
            value = self.buttons.get(sender, {})[line[1:-1]]
            yield Incoming(self.name, number, sender, value=value)
        else:
            yield Incoming(self.name, number, sender, cleaned(line))

    async def send(self, address: str, reply: Reply, files: Sequence[Made] = ()) -> None:
        """Show it."""
        offered = self.buttons.setdefault(address, {})
        offered.update({button.label: button.value for button in reply.buttons})
        self.show(address, reply, files)
