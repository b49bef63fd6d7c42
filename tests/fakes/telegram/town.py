"""What Telegram keeps, without its wires: chats as people see them, updates nobody took yet."""

from __future__ import annotations

import asyncio
import time
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import count, takewhile
from typing import Any

ME = {"id": 42, "is_bot": True, "first_name": "Thi Đua", "username": "thidua_bot"}
GRACE = 10.0  # seconds that anything a test waits for may take


class NoSuchButton(LookupError):
    """Nothing to press with that label; says what there is."""


@dataclass(frozen=True)
class File:
    """A file below which the text of a message stands; ``kind`` is how it is shown."""

    kind: str
    name: str
    content: bytes = field(repr=False)


@dataclass
class Message:
    """One message as a chat shows it; ``rows`` are the labels, ``values`` what lies behind them."""

    id: int
    chat: int
    text: str
    ours: bool = False
    rows: list[list[str]] = field(default_factory=list)
    values: dict[str, str] = field(default_factory=dict)
    edited: bool = False
    file: File | None = None

    def offer(self, keyboard: list[list[dict[str, str]]]) -> None:
        """Put these buttons below it, in place of others."""
        self.rows = [[button["text"] for button in row] for row in keyboard]
        self.values = {b["text"]: b["callback_data"] for row in keyboard for b in row}

    def change(self, text: str, keyboard: list[list[dict[str, str]]]) -> bool:
        """Say something else in its place; False where that is what it says."""
        before = self.text, self.rows, self.values
        self.text = text
        self.offer(keyboard)
        self.edited = True
        return before != (self.text, self.rows, self.values)

    def as_json(self) -> dict[str, Any]:
        """As the Bot API words it."""
        return {
            "message_id": self.id,
            "date": int(time.time()),
            "chat": {"id": self.chat, "type": "private", "first_name": f"N{self.chat}"},
            "from": ME if self.ours else person(self.chat),
            ("caption" if self.file else "text"): self.text,
        }


def person(chat: int) -> dict[str, Any]:
    return {"id": chat, "is_bot": False, "first_name": f"N{chat}", "language_code": "vi"}


class Town:
    """People and their chats with the bot."""

    def __init__(self) -> None:
        self.chats: defaultdict[int, list[Message]] = defaultdict(list)
        self.pending: dict[int, dict[str, Any]] = {}  # updates not confirmed yet, by their id
        self.spinning: set[str] = set()  # presses not acknowledged yet
        self.numbers, self.update_ids = count(1), count(1001)
        self.waiting: set[asyncio.Event] = set()

    def say(self, chat: int, text: str) -> int:
        """A person types; returns the update's id."""
        message = Message(next(self.numbers), chat, text)
        self.chats[chat].append(message)
        return self.happen({"message": message.as_json()})

    def press(self, chat: int, label: str) -> int:
        """A person taps a button of the last message that has it; raises NoSuchButton."""
        offered = [message for message in self.chats[chat] if message.values]
        for message in reversed(offered):
            if label in message.values:
                press = {"id": f"press{next(self.numbers)}", "chat_instance": str(chat)}
                self.spinning.add(press["id"])
                asked = {"from": person(chat), "data": message.values[label]}
                shown = {"message": message.as_json()}
                return self.happen({"callback_query": {**press, **asked, **shown}})
        labels = [label for message in offered for label in message.values]
        raise NoSuchButton(f"no button [{label}], but {labels}")

    def happen(self, update: dict[str, Any]) -> int:
        """Anything else that the bot may be told: an update without its id."""
        number = next(self.update_ids)
        self.pending[number] = {"update_id": number, **update}
        self.ring()
        return number

    def seen(self, chat: int) -> list[Message]:
        """What the bot wrote to a person, in order."""
        return [message for message in self.chats[chat] if message.ours]

    def find(self, chat: int, number: int) -> Message | None:
        """What the bot wrote under this number."""
        return next((message for message in self.seen(chat) if message.id == number), None)

    def texts(self, chat: int) -> list[str]:
        return [message.text for message in self.seen(chat)]

    def shown(
        self,
        chat: int,
        text: str,
        keyboard: list[list[dict[str, str]]],
        file: File | None = None,
    ) -> Message:
        """The bot writes."""
        message = Message(next(self.numbers), chat, text, ours=True, file=file)
        message.offer(keyboard)
        self.chats[chat].append(message)
        self.ring()
        return message

    def confirm(self, offset: int) -> None:
        """Forget the updates before ``offset``."""
        for number in list(takewhile(lambda number: number < offset, self.pending)):
            del self.pending[number]
        self.ring()

    def ring(self) -> None:
        for bell in self.waiting:
            bell.set()

    async def until(self, check: Callable[[], bool], within: float = GRACE) -> None:
        """Wait for something to be so; raise TimeoutError."""
        bell = asyncio.Event()
        self.waiting.add(bell)
        try:
            async with asyncio.timeout(within):
                while not check():
                    bell.clear()
                    await bell.wait()
        finally:
            self.waiting.discard(bell)
