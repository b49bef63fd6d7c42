"""Telegram as a channel: what it can show, what it says, how replies leave, what refusals mean."""

from __future__ import annotations

import asyncio
import hmac
import logging
from collections.abc import Iterable, Mapping, Sequence
from datetime import timedelta
from types import TracebackType
from typing import Any

from telegram import InputFile
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Conflict,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
)

from bot.channels.base import NoPhoto, cleaned, is_picture, part
from bot.channels.limits import TELEGRAM as LIMITS
from bot.channels.limits import abilities
from bot.channels.telegram_http import UPLOAD, AiohttpRequest, Client, Unsent
from bot.channels.telegram_update import Me, incoming
from handlers.errors import Rejected, SendFailed, Uncertain, Unreachable
from handlers.talk import Button, Incoming, Made, Reply

logger = logging.getLogger(__name__)

API = "https://api.telegram.org"
SHOWN = "X-Telegram-Bot-Api-Secret-Token"  # https://core.telegram.org/bots/api#setwebhook
HALF_ROW = 16  # characters of a label that shows whole on half of a small phone's width
CAPTION = int(LIMITS["caption"].value)
REASON = 200  # characters of a refusal that are kept
GONE = (  # how Telegram words a BadRequest about a chat that is no longer there for us
    "chat not found",
    "user is deactivated",
    "user not found",
    "peer_id_invalid",
    "chat_write_forbidden",
    "have no rights to send",
    "not enough rights to send",
)


class Telegram:
    """The door to Telegram. Open it (``async with``) before anything is sent or asked.

    ``secret`` is what Telegram shows at our webhook; without one nobody is trusted.
    """

    name = "telegram"
    can = abilities(name)

    def __init__(
        self, token: str, api: str = API, proxy: str | None = None, secret: str = ""
    ) -> None:
        self.http = AiohttpRequest(proxy)
        self.bot = Client(token, api.rstrip("/"), self.http)
        self.secret = secret
        number = token.partition(":")[0]
        self.me = Me(int(number) if number.isdecimal() else 0)
        self.acknowledging: set[asyncio.Task[None]] = set()

    async def __aenter__(self) -> Telegram:
        await self.http.initialize()
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        for task in self.acknowledging:
            task.cancel()
        await asyncio.gather(*self.acknowledging, return_exceptions=True)
        await self.http.shutdown()

    def trusts(self, headers: Mapping[str, str], body: bytes) -> bool:
        """Whether the caller knows our secret."""
        shown = headers.get(SHOWN, "").encode(errors="replace")
        return bool(self.secret) and hmac.compare_digest(shown, self.secret.encode())

    def read(self, update: Mapping[str, Any]) -> Iterable[Incoming]:
        """What one update says to us, if anything."""
        said = incoming(update, self.me)
        return (said,) if said else ()

    async def send(self, address: str, reply: Reply, files: Sequence[Made] = ()) -> str:
        """Send a fitted reply; raise SendFailed or one of its kinds where it did not arrive.

        What was sent of it before something failed is sent again with the rest.
        """
        sent = ""
        try:
            for said, file in parts(reply, files):
                sent = await self.send_part(address, said, file)
        except ChatMigrated as moved:
            return await self.send(str(moved.new_chat_id), reply, files)
        except TelegramError as error:
            raise failure(error) from error
        return sent

    async def edit(self, address: str, ref: str, reply: Reply) -> None:
        """Put other words and buttons into a message that was sent; raise as ``send`` does."""
        try:
            await self.bot.call("editMessageText", message(address, reply) | {"message_id": ref})
        except TelegramError as error:
            raise failure(error) from error

    async def send_part(self, address: str, reply: Reply, file: Made | None) -> str:
        """One message: words, or a file with a caption. A picture that is not to Telegram's liking
        (width and height together up to 10,000, one up to 20 times the other:
        https://core.telegram.org/bots/api#sendphoto) goes as a file.
        """
        if file is None:
            return named(await self.bot.call("sendMessage", message(address, reply)))
        if is_picture(file) and len(file.content) <= self.can.max_picture:
            try:
                photo = captioned(address, reply, photo=file)
                return named(await self.bot.call("sendPhoto", photo, UPLOAD))
            except BadRequest as refused:
                logger.info("telegram refused a picture: %s", reason(refused))
        document = captioned(address, reply, document=file)
        return named(await self.bot.call("sendDocument", document, UPLOAD))

    async def fetch(self, reference: str) -> bytes:
        """The photo of that number; raise NoPhoto, or TelegramError."""
        try:
            found = await self.bot.call("getFile", {"file_id": reference})
            path = part({"file": found}, "file").get("file_path")
            return await self.http.retrieve(f"{self.bot.base_file_url}/{path}")
        except BadRequest as refused:
            raise NoPhoto(reason(refused)) from None

    def acknowledge(self, update: Mapping[str, Any]) -> None:
        """Stop the spinner of a pressed button, beside the turn; it may fail without harm."""
        if press := part(update, "callback_query").get("id"):
            task = asyncio.create_task(self.stop_spinner(str(press)))
            self.acknowledging.add(task)
            task.add_done_callback(self.acknowledging.discard)

    async def stop_spinner(self, press: str) -> None:
        try:
            await self.bot.call("answerCallbackQuery", {"callback_query_id": press})
        except TelegramError as error:
            logger.info("telegram press %s was not acknowledged: %s", press, reason(error))


def named(receipt: Mapping[str, Any]) -> str:
    """What Telegram calls a message that it took."""
    return str(receipt["message_id"])


def parts(reply: Reply, files: Sequence[Made]) -> list[tuple[Reply, Made | None]]:
    """A reply as messages, its words and buttons at the end: under the last file, if they fit."""
    if not files or len(reply.text) > CAPTION:
        return [*((Reply(""), file) for file in files), (reply, None)]
    *first, last = files
    return [*((Reply(""), file) for file in first), (reply, last)]


def message(address: str, reply: Reply) -> dict[str, Any]:
    """A reply as sendMessage takes it: plain text, no previews of links."""
    plain = {"text": reply.text, "link_preview_options": {"is_disabled": True}}
    return {"chat_id": address, **plain, **keyboard(reply)}


def captioned(address: str, reply: Reply, **files: Made) -> dict[str, Any]:
    """A file with a reply below it, as sendPhoto and sendDocument take it."""
    attached = {how: InputFile(made.content, made.name) for how, made in files.items()}
    caption = {"caption": reply.text} if reply.text else {}
    return {"chat_id": address, **caption, **attached, **keyboard(reply)}


def keyboard(reply: Reply) -> dict[str, Any]:
    """The buttons below a message."""
    laid = [
        [{"text": button.label, "callback_data": button.value} for button in row]
        for row in rows(reply.buttons)
    ]
    return {"reply_markup": {"inline_keyboard": laid}} if laid else {}


def rows(buttons: Iterable[Button]) -> list[list[Button]]:
    """Two short labels side by side, small ones apart; a long one has a row of its own."""
    laid: list[list[Button]] = []
    for button in buttons:
        beside = laid[-1] if laid and len(laid[-1]) == 1 else []
        if (
            beside
            and beside[0].small == button.small
            and max(len(beside[0].label), len(button.label)) <= HALF_ROW
        ):
            beside.append(button)
        else:
            laid.append([button])
    return laid


def failure(error: TelegramError) -> SendFailed:
    """Say in our words what went wrong.

    A refusal in the Bot API's own words has not been done; silence, or the words of something
    that stands between us, leave it open.
    """
    why = reason(error)
    match error:
        case Unsent():
            return SendFailed(why)
        case TelegramError() if error.__cause__:
            return Uncertain(why)
        case RetryAfter(retry_after=timedelta() as wait):
            return SendFailed(why, wait.total_seconds())
        case Forbidden():
            return Unreachable(why)
        case BadRequest():
            gone = any(words in why.lower() for words in GONE)
            return Unreachable(why) if gone else Rejected(why)
        case NetworkError() | InvalidToken() | Conflict():
            return SendFailed(why)
    return Uncertain(why)


def reason(error: TelegramError) -> str:
    return cleaned(str(error))[:REASON]
