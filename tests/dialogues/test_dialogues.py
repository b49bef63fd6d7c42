"""Every dialogue in the text files beside this one, played against the real app."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from _pytest.mark import ParameterSet

from tests.dialogues.play import Stage

TITLE = re.compile(r"(?m)^# (.+)\n")


def dialogues(folder: Path) -> Iterator[ParameterSet]:
    """Each dialogue of a folder under its title."""
    for path in sorted(folder.glob("*.txt")):
        _, *parts = TITLE.split(path.read_text(encoding="utf-8"))
        for title, script in zip(parts[::2], parts[1::2], strict=True):
            yield pytest.param(script, id=f"{path.stem}: {title}")


@pytest.mark.parametrize("script", [*dialogues(Path(__file__).parent)])
async def test_dialogue(stage: Stage, script: str) -> None:
    await stage.play(script)
