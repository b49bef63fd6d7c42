"""What is known, as it is just now: an operator's folder goes live without a restart."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path

import structlog

from bot.log import trace
from bot.run import settle
from content.check import proven
from content.library import Library
from content.notes import ENDING
from content.read import Broken, Problem

logger = structlog.get_logger(__name__)

PAUSE = 2  # seconds between two looks at the folder
SHOWN = 5  # problems told where somebody asks how we are

Stamps = dict[str, tuple[int, int]]  # of each file: when it was changed, how long it is


class Knowledge:
    """The library that is live, and the folder from which it changes.

    A set of files that is right throughout replaces it as a whole; one that is not is told, file by
    line, and what was live stays live.
    """

    def __init__(self, library: Library, folder: Path | None = None) -> None:
        self.library, self.folder = library, folder
        self.problems: list[Problem] = []  # with what was last tried and refused
        self.tried: Stamps = {}  # nothing yet: what was read at the start was not checked in full
        self.seen: Stamps = {}
        self.reading = asyncio.Lock()

    async def watch(self) -> None:
        """Look at the folder again and again, for ever."""
        while True:
            await asyncio.sleep(PAUSE)
            try:
                await self.look()
            except Exception as error:
                logger.error("content_unwatched", error=type(error).__name__, trace=trace(error))

    async def look(self) -> None:
        """Take in what has changed, once nothing has changed any more since the last look."""
        now = await asyncio.to_thread(stamps, self.folder)
        quiet, self.seen = now == self.seen, now
        if quiet and now != self.tried:
            await self.refresh()

    async def refresh(self) -> list[Problem]:
        """Read everything again, now; live afterwards, or refused with these problems."""
        async with self.reading:
            self.tried = await asyncio.to_thread(stamps, self.folder)
            try:
                self.library = await asyncio.to_thread(lambda: proven(self.folder).ready())
            except Broken as broken:
                self.problems = broken.problems
            else:
                self.problems = []
                settle(replaced=True)
        for problem in self.problems:
            where = f"{problem.file}:{problem.line}"
            # What stands in the staff's own file are people's words: not for the log.
            what = "" if problem.file.endswith(ENDING) else problem.what
            logger.warning("content_refused", at=where, what=what)
        if not self.problems:
            logger.info("content_live", plans=len(self.library.plans))
        return self.problems

    def document(self, plan_id: str, name: str) -> Path | None:
        """The file of a plan's original document; None for every name but that one."""
        plan = self.library.plans.get(plan_id)
        return self.library.documents.get(name) if plan and plan.document == name else None

    async def adopt(self, change: Callable[[], Library]) -> None:
        """Have what a change of the folder makes of it live at once; it raises what that raises.

        The next look reads it once more: somebody else may have changed the folder meanwhile.
        """
        async with self.reading:
            self.library = await asyncio.to_thread(lambda: change().ready())
            self.problems = []
            settle(replaced=True)

    def told(self) -> dict[str, object]:
        """How the last try went, for who asks how we are."""
        shown = [*map(place, self.problems[:SHOWN])]
        return {"refused": len(self.problems), "problems": shown}


def place(problem: Problem) -> str:
    """Where something is wrong; neither what stands there, which people said, nor our folders."""
    return f"{Path(problem.file).name}:{problem.line}"


def stamps(folder: Path | None) -> Stamps:
    """What can be seen of the files without opening them; one that just went is left out."""
    found: Stamps = {}
    for path in folder.rglob("*") if folder else ():
        try:
            at = path.stat()
        except OSError:
            continue
        found[str(path)] = (at.st_mtime_ns, at.st_size)
    return found
