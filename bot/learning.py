"""Learning: what officers decided becomes content, is live at once, and survives a restart."""

from __future__ import annotations

import asyncio
import fcntl
import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import structlog
from ruamel.yaml.error import YAMLError

from bot.knowledge import Knowledge
from bot.log import trace
from bot.turns import rung
from content.additions import Addition
from content.check import proven
from content.lessons import Taught
from content.library import Library
from content.notes import NOTES, noted
from content.read import Broken, Problem, Source, parsed, text_of
from content.shaping import shaped
from handlers.talk import Reply
from storage.tables import Lesson
from storage.unit import Store, Unit

logger = structlog.get_logger(__name__)

Queue = Callable[[Unit, str, str, Reply], None]  # fits a reply to its channel, and has it sent

PATIENCE = 30.0  # seconds until we look again: what could not be written may be by then
UNFIT = "không ghi thêm vào tệp được; chạy thidua check, hoặc dời tệp này đi"


class Learning:
    """Writes decisions into the operator's folder, proven before a byte is written.

    A crash in between does no harm: a lesson waits until its file is on the disk, and is not
    written twice.
    """

    def __init__(self, store: Store, knowledge: Knowledge, queue: Queue) -> None:
        self.store, self.knowledge, self.queue = store, knowledge, queue
        self.bell = asyncio.Event()  # rung when something was decided

    async def run(self) -> None:
        """Learn what is decided, for ever."""
        while True:
            self.bell.clear()
            await self.heed()
            await rung(self.bell, PATIENCE)

    async def heed(self) -> bool:
        """Learn what waits, or say what is in the way; return whether anything was settled."""
        try:
            return await self.round()
        except Exception as error:
            logger.error("learning_failed", error=type(error).__name__, trace=trace(error))
            return False

    async def round(self) -> bool:
        """Learn all that waits: together if it goes well; return whether anything was settled."""
        async with self.store.view() as unit:
            waiting = await unit.lessons.waiting()
        if not waiting or self.knowledge.folder is None:
            return False
        try:
            await self.learn(waiting)
        except OSError:
            raise  # none of them is to blame
        except Exception as error:  # whatever one of them does, the others are learnt
            logger.warning("learning_apart", error=type(error).__name__, trace=trace(error))
            if not await self.sound():
                return False
            done = [await self.alone(lesson) for lesson in waiting]
            return any(done)
        return True

    async def alone(self, lesson: Lesson) -> bool:
        """Learn one; refuse it where it is what breaks the content; else it waits."""
        try:
            await self.learn([lesson])
        except Broken as broken:
            if not await self.sound():
                return False
            await self.refuse(lesson, broken.problems[0].what)
        except Exception as error:
            failed = {"error": type(error).__name__, "trace": trace(error)}
            logger.error("lesson_waits", lesson=lesson.id, **failed)
            return False
        return True

    async def sound(self) -> bool:
        """Whether the folder is right as it is; nothing is learnt while it is not."""
        try:
            await asyncio.to_thread(proven, self.knowledge.folder)
        except Broken as others:
            logger.warning("lessons_wait", problems=len(others.problems))
            return False
        return True

    async def learn(self, lessons: Sequence[Lesson]) -> None:
        """Write these and have them live; raise Broken, and write nothing, where they do harm."""
        folder, known = self.knowledge.folder, self.knowledge.library
        assert folder is not None
        await self.knowledge.adopt(lambda: written(folder, known, [*map(taught, lessons)]))
        async with self.store.unit() as unit:
            await unit.lessons.settle([each.id for each in lessons], "live")
        logger.info("learnt", lessons=len(lessons))

    async def refuse(self, lesson: Lesson, why: str) -> None:
        """Keep why, and tell the officer: people were answered, but the next one will not be."""
        words = {"asked": (*lesson.phrasings, lesson.entry)[0], "note": why}
        reply = Reply(self.knowledge.library.say("staff/refused", **words))
        async with self.store.unit() as unit:
            if not await unit.lessons.settle([lesson.id], "refused", why):
                return
            for channel, address in await unit.staff.reached(lesson.decided_by):
                self.queue(unit, channel, address, reply)
        logger.warning("lesson_refused", lesson=lesson.id)  # why may quote whoever asked


def taught(lesson: Lesson) -> Taught:
    return Taught(lesson.plan, lesson.entry, tuple(lesson.phrasings), lesson.added)


def written(folder: Path, known: Library, lessons: Sequence[Taught]) -> Library:
    """Write the lessons into their files, all or none; what is known then.

    Blocks. Raise Broken where the content would not be right with them.
    """
    (folder / NOTES).parent.mkdir(parents=True, exist_ok=True)
    with alone_in(folder):
        texts: dict[Path, str] = {}
        for lesson in lessons:
            path = folder / NOTES.format(plan=lesson.plan)
            before = texts[path] if path in texts else there(path)
            entry = known.entry(lesson.plan, lesson.entry)
            texts[path] = joined(path, before, lesson, entry.ask if entry else ())
        library = proven(folder, drafts(texts))
        for path, text in texts.items():
            put(path, text)
    return library


def joined(path: Path, before: str, lesson: Taught, known: Iterable[str]) -> str:
    """What the file is to hold with a lesson; raise Broken where it cannot be added to."""
    try:
        return noted(before, lesson, known)
    except YAMLError as error:
        raise Broken([Problem(str(path), 1, UNFIT)]) from error


def there(path: Path) -> str:
    """What a file holds, empty where it is none; raise Broken where it cannot be added to."""
    if not path.exists():
        return ""
    text = text_of(path)
    shaped(parsed(path, text), Addition)
    return text


def drafts(texts: dict[Path, str]) -> dict[Path, Source]:
    return {path: parsed(path, text) for path, text in texts.items()}


@contextmanager
def alone_in(folder: Path) -> Iterator[None]:
    """Nobody else of us writes into this folder while the block runs."""
    with (folder / ".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def put(path: Path, text: str) -> None:
    """Write a file so that at every moment the old or the new one is there, whole."""
    draft = path.with_name(f".{path.name}~")
    with draft.open("w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(path)
    place = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(place)
    finally:
        os.close(place)
