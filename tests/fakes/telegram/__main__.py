"""The stand-in as a process: prints its address and runs until it is stopped."""

from __future__ import annotations

import argparse
import asyncio
import sys

from tests.fakes.telegram.api import TOKEN, BotApi
from tests.fakes.telegram.control import steered


async def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--port", type=int, default=9100)
    parser.add_argument("--token", default=TOKEN)
    parser.add_argument("--latency", type=float, default=0, help="seconds that a send takes")
    parser.add_argument("--rate", type=int, default=0, help="sends a second before a 429")
    asked = parser.parse_args()
    api = BotApi(asked.token, retry=1)
    api.latency, api.rate = asked.latency, asked.rate
    await api.start(asked.port, steered(api))
    sys.stdout.write(f"{api.base}\n")
    sys.stdout.flush()
    try:
        await asyncio.Event().wait()
    finally:
        await api.stop()


if __name__ == "__main__":
    asyncio.run(main())
