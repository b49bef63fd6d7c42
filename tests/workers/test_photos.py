"""Photos are fetched after their turn, again where the platform is out of order, not for ever."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.channels.base import NoPhoto
from bot.photos import PAUSES
from content.library import Library
from tests.dialogues.test_reviewing import A, Desk
from tests.fakes.papers import POINT, jpg

LOST = "không tải về được"


@pytest.fixture
async def desk(tmp_path: Path, library: Library) -> AsyncIterator[Desk]:
    desk = Desk(tmp_path, library)
    await desk.stage.start()
    await desk.receive(A)
    yield desk
    desk.tables.close()
    await desk.stage.stop()


class Platform:
    """Gives photos, or fails so often."""

    def __init__(self, *failures: Exception, content: bytes = b"") -> None:
        self.failures = list(failures)
        self.content = content or jpg(b"GPS")

    async def fetch(self, reference: str) -> bytes:
        if self.failures:
            raise self.failures.pop(0)
        return self.content


async def sent(desk: Desk, platform: Platform, count: int = 1) -> list[str]:
    """What Bà Tư hears, who agreed and sends so many with her report."""
    async with desk.stage.store.unit() as unit:
        person = (await unit.people.at([("terminal", "Bà Tư")]))["terminal", "Bà Tư"]
        plan = desk.stage.knowledge.library.plans["vinh-thuan-2025"]
        version = desk.stage.knowledge.library.rights.consent
        person.consents = {plan.registers_with: {"version": version}}
    desk.stage.app.photos.sources = {"terminal": platform}
    desk.stage.speaker = "Bà Tư"
    return await desk.stage.step("*" * count + "40%")


async def contents(desk: Desk) -> list[bytes]:
    async with desk.stage.store.view() as unit:
        row = await unit.registrations.coded(A)
        assert row
        found = [await unit.photos.content(each.id) for each in await unit.photos.of(row.id)]
        return [each[1] for each in found if each]


async def test_what_fails_is_tried_again_and_kept_without_notes(desk: Desk) -> None:
    assert "kèm ảnh" in "".join(await sent(desk, Platform(OSError(), OSError())))
    assert await contents(desk) == []
    for pause in PAUSES[:2]:
        desk.stage.time.passes(pause - 0.5)
        assert not await desk.stage.app.photos.round(), "not yet"
        desk.stage.time.passes(0.5)
        assert await desk.stage.app.photos.round()
    assert await contents(desk) == [POINT]


async def test_what_is_gone_or_no_picture_is_told_once_for_an_album(desk: Desk) -> None:
    for platform in (Platform(NoPhoto(), NoPhoto()), Platform(content=b"GIF89a")):
        heard = await sent(desk, platform, 2)
        assert sum(LOST in line for line in heard) == 1
    assert await contents(desk) == []


async def test_it_is_given_up_in_the_end(desk: Desk) -> None:
    await sent(desk, Platform(*[OSError() for _ in range(len(PAUSES) + 1)]))
    for pause in PAUSES:
        desk.stage.time.passes(pause)
        assert await desk.stage.app.photos.round()
    desk.stage.time.passes(10 * max(PAUSES))
    assert not await desk.stage.app.photos.round()
    desk.stage.shown.clear()
    await desk.stage.app.settle([])
    assert [LOST in reply.text for reply in desk.stage.shown] == [True]
