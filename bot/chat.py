"""``thidua chat``: talk in the terminal, through the same inbox, turns and outbox as everyone."""

from __future__ import annotations

import asyncio
import secrets

from rich.console import Console

from bot.app import App
from bot.channels.terminal import Terminal
from bot.knowledge import Knowledge
from handlers.talk import Reply
from storage.unit import Store

WORDS = "[dim]Gõ câu hỏi rồi Enter; gõ số hoặc tên nút để bấm nút; Ctrl+D để thôi.[/dim]"
ME = "toi"


async def talk(store: Store, knowledge: Knowledge, plan: str) -> None:
    """Answer lines from the keyboard until it is closed."""
    console = Console(highlight=False)
    terminal = Terminal(lambda address, reply: show(console, reply), secrets.token_hex(4))
    app = App(store, knowledge, {terminal.name: terminal})
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


def typed(console: Console) -> str | None:
    """The next line; None at the end of the input."""
    try:
        return console.input("[bold green]› [/bold green]")
    except (EOFError, KeyboardInterrupt):
        return None


def show(console: Console, reply: Reply) -> None:
    console.print(reply.text, style="bold", markup=False)
    for number, button in enumerate(reply.buttons, start=1):  # small ones stand last
        console.print(f"  {'' if button.small else f'{number}. '}{button.label}", markup=False)
    console.print()
