"""``make soak``: a broadcast to thousands in a storm, then one at Telegram's real pace."""

from __future__ import annotations

import argparse
import asyncio
import sys
import tempfile
from pathlib import Path

from tests.soak.steady import steady
from tests.soak.storm import storm


async def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("which", nargs="*", default=["storm", "steady"])
    parser.add_argument("--people", type=int, default=20_000)
    parser.add_argument("--pace", type=int, default=300, help="messages a second in the storm")
    asked = parser.parse_args()
    wrong: list[str] = []
    for which in asked.which:
        with tempfile.TemporaryDirectory(prefix="thidua-soak-") as folder:
            if which == "storm":
                wrong += await storm(Path(folder), asked.people, asked.pace)
            else:
                wrong += await steady(Path(folder))
    for line in wrong:
        sys.stdout.write(f"WRONG: {line}\n")
    return int(bool(wrong))


if __name__ == "__main__":
    sys.exit(asyncio.run(main()))
