"""Dialogues run on the real app, each on a database of its own."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.channels.terminal import Terminal
from content.library import Library
from tests.dialogues.play import Stage


@pytest.fixture
def place() -> str:
    """Where people talk; a test may name another place."""
    return Terminal.name


@pytest.fixture
async def stage(tmp_path: Path, library: Library, place: str) -> AsyncIterator[Stage]:
    stage = Stage(tmp_path, library, place)
    await stage.start()
    yield stage
    await stage.stop()
