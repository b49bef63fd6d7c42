"""Watching a broadcast from the terminal: what the database says of it, again and again."""

from __future__ import annotations

import asyncio

import typer
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from bot.commands.composing import moment
from bot.commands.outset import errors
from bot.database import with_store
from bot.settings import Settings
from content.library import Library
from handlers.turn import HERE
from storage.recipients import UNSENT
from storage.tables import Broadcast
from storage.unit import Store

GOING = ("planning", "running")
EVERY = 0.5  # seconds between two looks
STILL = 20  # looks without any change, after which we wonder whether anybody sends
Counts = dict[str, int]


class Watch:
    """One broadcast, looked at until nothing more is to come of it for now."""

    def __init__(self, library: Library, number: int) -> None:
        self.library, self.number = library, number
        columns = TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn()
        self.bar = Progress(*columns, TimeRemainingColumn(), console=errors, transient=True)
        self.task = self.bar.add_task("", total=None)
        self.still, self.before = 0, (0, 0)

    async def run(self, store: Store) -> tuple[Broadcast, Counts]:
        """Look until it is over, or waits for somebody; return how it stands then."""
        with self.bar:
            while True:
                async with store.view() as unit:
                    row = await unit.broadcasts.get(self.number)
                    assert row
                    counts = await unit.broadcasts.counts(self.number)
                    open_ = self.library.reminding.may_disturb(unit.now.astimezone(HERE))
                if row.state not in GOING:
                    return row, counts
                self.show(row, counts)
                self.wonder(open_=open_ or row.state == "planning")
                await asyncio.sleep(EVERY)

    def show(self, row: Broadcast, counts: Counts) -> None:
        total = sum(counts.values())
        left = sum(counts.get(state, 0) for state in UNSENT)
        planning = row.state == "planning"
        words = "Đang lập danh sách" if planning else "Đang gửi"
        done = total if planning else total - left
        self.bar.update(
            self.task, description=words, completed=done, total=None if planning else total
        )
        self.still = self.still + 1 if self.before == (total, left) else 0
        self.before = total, left

    def wonder(self, *, open_: bool) -> None:
        """Say once why nothing moves, as far as we can tell; ``open_``: it might."""
        if self.still != STILL:
            return
        if open_:
            told = "Chưa thấy gửi thêm: `thidua serve` có đang chạy không?"
        else:
            told = "Ngoài giờ gửi tin hoặc ngày nghỉ: tới giờ máy tự gửi tiếp."
        self.bar.console.print(told, style="yellow")


def follow(settings: Settings, library: Library, number: int) -> None:
    """Show how far it is, where somebody watches; to stop looking stops nothing."""
    if not errors.is_terminal:
        return
    try:
        row, counts = with_store(settings, Watch(library, number).run)
    except KeyboardInterrupt:
        typer.echo(f"Thôi xem; thông báo vẫn gửi tiếp. Dừng gửi: thidua broadcast pause {number}")
        return
    if row.state == "waiting" and row.due_at:
        typer.echo(f"Sẽ gửi lúc {moment(row.due_at)}, khi `thidua serve` đang chạy.")
        return
    typer.echo(", ".join(f"{WORDS[state]} {counts[state]}" for state in WORDS if state in counts))
    typer.echo(f"Xem ai nhận, ai không: thidua broadcast show {number} --out nguoi-nhan.xlsx")


WORDS = {
    "sent": "đã gửi",
    "failed": "hỏng",
    "skipped": "không gửi",
    "uncertain": "không rõ",
    "planned": "chưa gửi",
}
