"""The dialogues again on each platform, as people have them there.

A few of them always: a question, a form, its review, an office's work; all with ``--everywhere``
(``make channels``).
"""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.channels.terminal import Terminal
from tests.dialogues.phones import PHONES
from tests.dialogues.play import Stage
from tests.dialogues.test_dialogues import dialogues

ALWAYS = {
    "asking: a newcomer is asked which plan and then answered from it",
    "tapping: from the start to an answer and its source",
    "filling: an impatient member answers several questions in one breath",
    "registering: going back skipping and changing",
    "reviewing: a registration is returned for one field, and nobody of another plan sees anything"
    " of it",
}


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Each dialogue wherever it can be had."""
    every = {str(each.id): str(each.values[0]) for each in dialogues(Path(__file__).parent)}
    assert every.keys() >= ALWAYS
    played = every.keys() if metafunc.config.getoption("everywhere") else ALWAYS
    places = [phone for name, phone in PHONES.items() if name != Terminal.name]
    had = [
        pytest.param(phone.name, every[title], id=f"{phone.name}: {title}")
        for title in sorted(played)
        for phone in places
        if phone.plays(every[title])
    ]
    metafunc.parametrize(("place", "script"), had)


async def test_dialogue_elsewhere(stage: Stage, script: str) -> None:
    await stage.play(script)
