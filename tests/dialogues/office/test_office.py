"""Dialogues with what an office has added to the plans: the folder ``content`` beside this file."""

from __future__ import annotations

from dataclasses import replace
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


async def test_where_nobody_can_open_our_pages_no_document_is_offered(stage: Stage) -> None:
    stage.app.turns.site = ""
    for said in ("vĩnh thuận", "hạn nộp hồ sơ"):
        heard = await stage.say(said)
    assert "[Xem văn bản gốc]" not in heard[-1]
    terminal = stage.app.turns.channels["terminal"]
    stage.app.turns.channels = {"terminal": replace(terminal, home=True)}
    assert "[Xem văn bản gốc]" in (await stage.say("hạn nộp hồ sơ"))[-1]
