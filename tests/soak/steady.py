"""At the real pace: 30 a second, for a minute, and never a 429."""

from __future__ import annotations

import sys
import time
from pathlib import Path

from tests.soak.daylight import Daylight, until
from tests.soak.village import settle_in
from tests.soak.weather import Weather

PACE, SECONDS = 30, 60
LEAST = 29.0  # a second


async def steady(folder: Path) -> list[str]:
    """Send for a minute; what was wrong."""
    await settle_in(folder, PACE * (SECONDS + 5))
    async with Weather(PACE) as api:
        bot = Daylight(folder, api, PACE)
        await bot.start()
        await until(lambda: bool(api.saw) and time.monotonic() - api.saw[0] > SECONDS, 2 * SECONDS)
        await bot.stop()
        saw = [at for at in api.saw if at < api.saw[0] + SECONDS]
    rate = len(saw) / SECONDS
    sys.stdout.write(
        f"steady: {rate:.2f}/s over {SECONDS} s, fullest second {api.fullest()},"
        f" 429: {api.floods}\n"
    )
    wrong = [f"only {rate:.2f}/s"] if rate < LEAST else []
    return wrong + ([f"{api.floods} answers of 429"] if api.floods else [])
