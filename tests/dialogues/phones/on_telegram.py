"""Telegram: buttons below a message, files along with it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import orjson
from telegram.request import RequestData

from bot.channels.telegram import Telegram
from bot.channels.telegram_http import AiohttpRequest, Client
from handlers.talk import Button, Reply
from tests.dialogues.phones.phone import Phone, Show, Update


class Wire(AiohttpRequest):
    """Where our calls end: at the phone."""

    def __init__(self, takes: Callable[[dict[str, Any]], dict[str, Any]]) -> None:
        super().__init__()
        self.takes = takes

    async def do_request(
        self, url: str, method: str, request_data: RequestData | None = None, *_: Any, **more: Any
    ) -> tuple[int, bytes]:
        """A request of ours, and what Telegram answers."""
        asked = dict(request_data.parameters) if request_data else {}
        return 200, orjson.dumps({"ok": True, "result": self.takes(asked)})


class OnTelegram(Phone, Telegram):
    """A phone with buttons and files."""

    name = Telegram.name
    read = Telegram.read

    def __init__(self, show: Show, run: str) -> None:
        Phone.__init__(self, show, run)
        Telegram.__init__(self, "42:token")
        self.bot = Client("42:token", "http://localhost", Wire(self.takes))

    def new_address(self, number: int) -> str:
        return f"{100_000 + number}"

    def typed(self, address: str, number: str, words: str) -> Update:
        return {"update_id": number, "message": {**self.message(address), "text": words}}

    def tapped(self, address: str, number: str, label: str) -> Update:
        press = {
            "id": f"press{number}",
            "data": self.value(address, label),
            "message": self.message(address),
        }
        return {"update_id": number, "callback_query": press}

    def message(self, address: str) -> dict[str, Any]:
        who = {"id": int(address), "is_bot": False, "first_name": "Ted"}
        chat = {"id": int(address), "type": "private"}
        return {"message_id": next(self.count), "date": 1750316131, "chat": chat, "from": who}

    def takes(self, asked: dict[str, Any]) -> dict[str, Any]:
        """Show what is asked for; a receipt."""
        text = asked.get("text", asked.get("caption", ""))
        rows = asked.get("reply_markup", {}).get("inline_keyboard", [])
        buttons = (Button(each["text"], each["callback_data"]) for row in rows for each in row)
        if text:
            self.arrives(str(asked["chat_id"]), Reply(text, tuple(buttons)))
        return {"message_id": next(self.count)}
