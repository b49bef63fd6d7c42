"""The command ``thidua``, run in a folder of its own."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import orjson
import pytest

from bot.cli import main


@dataclass(frozen=True)
class Ran:
    """What a run printed, and how it ended."""

    code: int
    out: str
    err: str

    @property
    def lines(self) -> list[dict[str, object]]:
        """The JSON objects it printed, one a line."""
        return [orjson.loads(line) for line in self.out.splitlines()]


Thidua = Callable[..., Ran]


@pytest.fixture
def thidua(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Thidua:
    """Runs the command with these arguments, and settings as keywords without their prefix."""
    monkeypatch.chdir(tmp_path)
    for name in [name for name in os.environ if name.startswith("THIDUA_")]:
        monkeypatch.delenv(name)

    def ran(*arguments: str, **settings: str) -> Ran:
        monkeypatch.setattr(sys, "argv", ["thidua", *arguments])
        for name, value in settings.items():
            monkeypatch.setenv(f"THIDUA_{name}", value)
        with pytest.raises(SystemExit) as ended:
            main()
        said = capsys.readouterr()
        return Ran(int(ended.value.code or 0), said.out, said.err)

    return ran
