"""Dialogues run on the real app, each on a database of its own."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from content.library import Library
from tests.dialogues.play import Stage


@pytest.fixture
async def stage(tmp_path: Path, library: Library) -> AsyncIterator[Stage]:
    stage = Stage(tmp_path, library)
    await stage.start()
    yield stage
    await stage.stop()
