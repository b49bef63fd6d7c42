"""A person's own data as files, to read and to take elsewhere."""

from __future__ import annotations

import json

from handlers.kept import everything
from handlers.talk import Made
from handlers.wanted import Making, Wanted


async def made(wanted: Wanted) -> Making | None:
    """A copy of a person's own data, for themselves."""
    kept = await everything(wanted.unit, wanted.library, wanted.person)
    name = wanted.library.say("data/file", today=wanted.today)

    def making() -> Made:
        if wanted.format == "json":
            written = json.dumps(kept, ensure_ascii=False, indent=2, default=str)
        else:
            written = wanted.library.say("data/copy", kept=kept)
        return Made(f"{name}.{wanted.format}", written.encode())

    return making if wanted.format in ("json", "txt") else None
