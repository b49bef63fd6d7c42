"""Dialogues with what an office has added to the plans: the folder ``content`` beside this file."""

from __future__ import annotations

from pathlib import Path

import pytest

from content.check import proven
from content.library import Library
from tests.dialogues.play import Stage
from tests.dialogues.test_dialogues import dialogues

HERE = Path(__file__).parent


@pytest.fixture(scope="module")
def library() -> Library:
    """The content with the office's own on top, right in every way."""
    return proven(HERE / "content")


@pytest.mark.parametrize("script", [*dialogues(HERE)])
async def test_dialogue_of_an_office(stage: Stage, script: str) -> None:
    await stage.play(script)
