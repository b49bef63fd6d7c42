"""``thidua chat``: talk in the terminal, through the same inbox, turns and outbox as everyone."""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from shutil import rmtree

from rich.console import Console

from bot.app import App
from bot.channels.terminal import Terminal
from bot.knowledge import Knowledge
from handlers.talk import Made, Reply
from storage.unit import Store

WORDS = "[dim]Gõ câu hỏi rồi Enter; gõ số hoặc tên nút để bấm nút; Ctrl+D để thôi.[/dim]"
FILED = "Tệp kèm theo: {path} (thoát là xoá; cần giữ thì chép ra chỗ khác)"
GONE = "Đã xoá các tệp trong {folder}."
ME = "toi"


async def talk(store: Store, knowledge: Knowledge, plan: str, folder: Path) -> None:
    """Answer lines from the keyboard until it is closed; ``folder`` has papers until then."""
    console = Console(highlight=False)
    with emptied(console, folder):
        terminal = Terminal(lambda _, *told: show(console, folder, *told), secrets.token_hex(4))
        await converse(App(store, knowledge, {terminal.name: terminal}), terminal, console, plan)


async def converse(app: App, terminal: Terminal, console: Console, plan: str) -> None:
    await app.open()
    console.print(WORDS)
    first = f"plan:{plan}" if plan else "start"
    terminal.buttons[ME] = {"": first}
    await app.settle([*terminal.read({"line": "[]", "sender": ME})])
    while (line := await asyncio.to_thread(typed, console)) is not None:
        try:
            said = [*terminal.read({"line": line, "sender": ME})]
        except KeyError:
            console.print("[dim]Chưa có nút nào tên như vậy.[/dim]")
            continue
        await app.settle(said)


@contextmanager
def emptied(console: Console, folder: Path) -> Iterator[None]:
    """Leave none of people's papers behind, nor those of a talk that was cut off."""
    rmtree(folder, ignore_errors=True)
    try:
        yield
    finally:
        if folder.exists():
            rmtree(folder)
            console.print(GONE.format(folder=folder), style="dim", markup=False)


def typed(console: Console) -> str | None:
    """The next line; None at the end of the input."""
    try:
        return console.input("[bold green]› [/bold green]")
    except (EOFError, KeyboardInterrupt):
        return None


def show(console: Console, folder: Path, reply: Reply, files: Sequence[Made]) -> None:
    console.print(reply.text, style="bold", markup=False)
    for made in files:
        path = filed(folder, made)
        console.print(FILED.format(path=path), style="dim", markup=False, soft_wrap=True)
    for number, button in enumerate(reply.buttons, start=1):  # small ones stand last
        console.print(f"  {'' if button.small else f'{number}. '}{button.label}", markup=False)
    console.print()


def filed(folder: Path, made: Made) -> Path:
    """Put a paper where its person finds it, and nobody else looks."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    path = folder / made.name
    path.touch(mode=0o600)
    path.write_bytes(made.content)
    return path
