"""The command ``thidua``, run in a folder of its own."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import orjson
import pytest

from bot.cli import main
from bot.commands import outset
from bot.run import run
from content.library import Library, load
from handlers.form import Filling
from storage.tables import Person, Registration
from storage.unit import Store
from tests.databases import sqlite

MOMENT = datetime(2025, 4, 15, 18, 30, tzinfo=UTC)
ANSWERS: dict[str, Any] = {
    "unit": "HTX Tân Thuận",
    "person": "Nguyễn Văn Bảy",
    "phone": "0912345678",
    "place": "ấp Bình Minh, xã Vĩnh Thuận",
    "name": "Cầu ấp Bình Minh",
    "period": {"start": "2025-03-01", "end": "2025-06-30"},
    "content": "đổ trụ",
    "value": 250_000_000,
    "economic": "bớt công",
    "social": "đi lại an toàn",
    "time-saved": None,
}
RANGE = {"unit": "CĐCS Ấp Mới", "value": {"min": 100_000_000, "max": 150_000_000}}
FORMULAS = {"unit": "=1+1", "person": "@SUM", "place": "+84 ấp", "name": "-2+3\t=A1"}
PLANS = ("vinh-thuan-2025", "vinh-thuan-2025", "yen-bai-2025")


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
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    library: Library,
) -> Thidua:
    """Runs the command with these arguments, and settings as keywords without their prefix.

    Where there is no content beside ours, ours is not read anew for every run.
    """

    def known(overlay: Path) -> Library:
        return load(overlay) if overlay.exists() else library

    monkeypatch.setattr(outset, "load", known)
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


@pytest.fixture
def memory(tmp_path: Path) -> str:
    """The address of the database that the command finds here, with all tables."""
    (tmp_path / "data").mkdir()
    return sqlite(tmp_path / "data", "thidua.db")


@pytest.fixture
def registered(memory: str, library: Library) -> list[dict[str, Any]]:
    """Three registrations for two plans, the last by somebody who types formulas."""
    found = [ANSWERS, {**ANSWERS, **RANGE}, {**ANSWERS, **FORMULAS}]
    run(keep(Store(memory, lambda: MOMENT), found))
    assert all(Filling(library.forms["bang-dang-ky"], each).result() for each in found)
    return found


async def keep(store: Store, found: list[dict[str, Any]]) -> None:
    told: list[dict[str, Any]] = [
        {"percent": 40, "state": "approved"},
        {"late": True, "state": "returned", "reason": "=thiếu ngày"},
        {"version": 2},
    ]
    async with store.unit() as unit:
        person = Person(created_at=MOMENT)
        unit.session.add(person)
        await unit.session.flush()
        for number, (plan, answers, more) in enumerate(zip(PLANS, found, told, strict=True)):
            registration = Registration(
                code=f"MA{number}",
                draft_id=f"d{number}",
                person_id=person.id,
                plan=plan,
                form="bang-dang-ky",
                answers=answers,
                submitted_at=MOMENT,
                changed_at=MOMENT,
                **more,
            )
            unit.session.add(registration)
    await store.close()
