"""An echo by python-telegram-bot as its documentation shows it. Arguments: address, concurrency."""

import sys
from typing import Any

from telegram import Update
from telegram.ext import ApplicationBuilder, MessageHandler, filters


async def echo(update: Update, context: Any) -> None:
    if update.message and update.message.text:
        await update.message.reply_text(update.message.text)


address, at_once = sys.argv[1], int(sys.argv[2])
builder = ApplicationBuilder().token("1:a").base_url(f"{address}/bot")
if at_once > 1:
    builder = builder.concurrent_updates(at_once).connection_pool_size(at_once).pool_timeout(60)
application = builder.build()
application.add_handler(MessageHandler(filters.TEXT, echo))
application.run_polling(poll_interval=0, timeout=2)
