"""An echo by aiogram as its documentation shows it. Argument: the address."""

import asyncio
import sys
from typing import Any

import aiogram  # type: ignore[import-not-found]  # lives in an environment of its own


async def echo(message: Any) -> None:
    await message.answer(message.text)


async def main(address: str) -> None:
    server = aiogram.client.telegram.TelegramAPIServer.from_base(address)
    session = aiogram.client.session.aiohttp.AiohttpSession(api=server)
    dispatcher = aiogram.Dispatcher()
    dispatcher.message.register(echo)
    bot = aiogram.Bot("1:a", session=session)
    await dispatcher.start_polling(bot, polling_timeout=2, handle_signals=False)


asyncio.run(main(sys.argv[1]))
