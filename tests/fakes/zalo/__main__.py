"""The stand-in as a process, to be talked to by hand. Start the bot with its address:

THIDUA_ZALO_API=http://127.0.0.1:9200 THIDUA_ZALO_TOKEN=12345689:stand-in

Type as a person would. ``@tu …`` speaks as somebody else. ``!photo``, ``!sticker``, ``!voice``,
``!unsupported`` and ``!group …`` send something else, ``!left 3`` leaves so many messages.
"""

from __future__ import annotations

import argparse
import asyncio
import sys
import tempfile
from itertools import count
from pathlib import Path

from tests.fakes.papers import POINT
from tests.fakes.zalo.api import TOKEN, ZaloApi
from tests.fakes.zalo.updates import GROUP, Update, sent

ODD = {"!photo": "image", "!sticker": "sticker", "!voice": "voice", "!unsupported": "unsupported"}


async def typed(api: ZaloApi, line: str, person: str) -> str:
    """Do what a line says; return who speaks from now on."""
    word, _, rest = line.partition(" ")
    if word.startswith("@"):
        return await typed(api, rest, word[1:]) if rest else word[1:]
    if word == "!left":
        api.left = int(rest)
    elif word == "!group" or word in ODD:
        await api.tell(odd(api, word, rest, person))
    elif line:
        await api.say(line, person)
    return person


def odd(api: ZaloApi, word: str, rest: str, person: str) -> Update:
    """Anything but words to us alone."""
    api.said += 1
    number = f"odd{api.said}"
    if word == "!group":
        return sent("text", number, person, text=rest, chat=GROUP)
    api.photos["a.jpg"] = POINT
    photo = {"photo_url": f"{api.base}/photos/a.jpg", "caption": rest} if word == "!photo" else {}
    return sent(ODD[word], number, person, **photo)


async def show(api: ZaloApi, folder: Path) -> None:
    """Print what arrives, for ever; pictures go into a folder."""
    for number in count():
        await api.heard(number + 1)
        message = api.sent[number]
        sys.stdout.write(f"\n[{message.person}, {api.left} left]\n")
        if message.picture:
            path = folder / f"{number}.png"
            await asyncio.to_thread(path.write_bytes, message.picture)
            sys.stdout.write(f"<picture: {path}>\n")
        sys.stdout.write(f"{message.text}\n")
        sys.stdout.flush()


async def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--port", type=int, default=9200)
    parser.add_argument("--token", default=TOKEN)
    asked = parser.parse_args()
    api = ZaloApi(asked.token, idle=20)
    api.port, person = asked.port, "lan"
    with tempfile.TemporaryDirectory(prefix="zalo-") as folder:
        async with api:
            sys.stdout.write(f"{api.base}\n")
            sys.stdout.flush()
            showing = asyncio.create_task(show(api, Path(folder)))
            while line := await asyncio.to_thread(sys.stdin.readline):
                person = await typed(api, line.strip(), person)
            showing.cancel()


if __name__ == "__main__":
    asyncio.run(main())
