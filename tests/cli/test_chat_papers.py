"""Papers at the terminal are files for as long as one talks, and nobody else's."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from bot.commands.chat import ME, talk
from bot.knowledge import Knowledge
from content.library import Library
from handlers.talk import Reply
from storage.unit import Store
from storage.upgrade import upgrade
from tests.databases import sqlite
from tests.fakes.clock import Time
from tests.fakes.papers import PICTURE, SHEET, Drawer


class Keyboard:
    """Somebody who looks into a folder before each line, and then has nothing more to say."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.lines = folder, ["xin chào\n"]
        self.encoding = "utf-8"
        self.found: list[dict[str, tuple[bytes, str]]] = []

    def readline(self) -> str:
        files = self.folder.iterdir() if self.folder.exists() else ()
        kept = {
            each.name: (each.read_bytes(), f"{each.stat().st_mode & 0o777:o}") for each in files
        }
        self.found.append(kept)
        return self.lines.pop() if self.lines else ""


@pytest.fixture
async def store(tmp_path: Path, drawer: Drawer) -> Store:
    """A memory in which a reply with papers waits for whoever comes to the terminal."""
    store = Store(sqlite(tmp_path), Time())
    await upgrade(store.engine)
    async with store.unit() as unit:
        await unit.inbox.know([("terminal", ME)])
        drawer.owner = (await unit.people.at([("terminal", ME)]))["terminal", ME].id
        reply = Reply("Của anh chị đây", papers=(PICTURE, SHEET))
        unit.outbox.add("terminal", ME, [reply.as_json()])
    return store


async def test_papers_are_files_until_one_goes(
    store: Store,
    tmp_path: Path,
    library: Library,
    drawer: Drawer,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    folder = tmp_path / "papers"
    folder.mkdir()
    (folder / "cũ.pdf").write_bytes(b"of a talk that was cut off")
    drawer.put(PICTURE, b"picture")
    drawer.put(SHEET, b"sheet", "../phiếu.pdf")
    keyboard = Keyboard(folder)
    monkeypatch.setattr(sys, "stdin", keyboard)
    await talk(store, Knowledge(library), "", folder)
    await store.close()
    kept = {"phiếu.png": (b"picture", "600"), ".._phiếu.pdf": (b"sheet", "600")}
    assert keyboard.found == [kept, kept]
    assert not folder.exists()
    said = capsys.readouterr().out
    assert f"{folder / 'phiếu.png'} (thoát là xoá; cần giữ thì chép ra chỗ khác)" in said
    assert "Đã xoá các tệp" in said
