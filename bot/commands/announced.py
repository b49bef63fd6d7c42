"""What became of what was sent to many: listed, shown, steered, written down."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from contextlib import closing
from pathlib import Path

import typer
from rich.console import Console
from rich.table import Table
from rich.text import Text

from bot.broadcasts.planning import LATE, LEFT, WITHDRAWN
from bot.commands.composing import moment
from bot.commands.exporting import whole
from bot.commands.outset import errors
from bot.database import with_store
from bot.settings import BadSettings, Settings
from content.library import Library
from handlers.broadcasting.report import Report, because
from handlers.turn import HERE
from storage.broadcasts import Broadcasts
from storage.tables import Broadcast
from storage.unit import Store

STATES = {
    "draft": "đang soạn",
    "checking": "chờ người thứ hai đồng ý",
    "waiting": "chờ tới giờ",
    "planning": "đang lập danh sách",
    "running": "đang gửi",
    "paused": "đang tạm dừng",
    "done": "đã gửi xong",
    "cancelled": "đã huỷ",
}
MOST = 50  # of them in a list
PERSONAL = "Có tên, số điện thoại của bà con: giữ kín, dùng xong thì xoá."


def number_of(typed: str) -> int:
    """The number of a broadcast; raise BadSettings for anything else."""
    if not typed.isdecimal() or len(typed) > 9:
        raise BadSettings(f"'{typed}' không phải số thông báo; xem: thidua broadcast list")
    return int(typed)


def listed(settings: Settings, plan: str) -> None:
    """Print the latest, of one plan or of all."""

    async def found(store: Store) -> list[tuple[Broadcast, dict[str, int]]]:
        async with store.view() as unit:
            rows = await unit.broadcasts.listed([plan] if plan else None, MOST)
            return [(row, await unit.broadcasts.counts(row.id)) for row in rows]

    table = Table("Số", "Lúc soạn", "Kế hoạch", "Tình trạng", "Đã gửi", "Lời nhắn")
    for row, counts in with_store(settings, found):
        made = f"{row.made_at.astimezone(HERE):%d/%m/%Y %H:%M}"
        sent = f"{counts.get('sent', 0)}/{sum(counts.values())}"
        cells = (f"{row.id}", made, row.plan, STATES[row.state], sent, " ".join(row.text.split()))
        table.add_row(*map(Text, cells))
    Console().print(table)


def shown(settings: Settings, library: Library, wanted: int) -> Broadcast:
    """Print what became of one."""

    async def found(store: Store) -> tuple[Broadcast, dict[tuple[str, str, str], int]]:
        async with store.view() as unit:
            row = existing(await unit.broadcasts.get(wanted), wanted)
            return row, await unit.broadcasts.reasons(wanted)

    row, reasons = with_store(settings, found)
    typer.echo(f"Thông báo số {row.id}, kế hoạch {row.plan}: {standing(library, row)}")
    if row.due_at:
        typer.echo(f"Hẹn gửi lúc {moment(row.due_at)}.")
    typer.echo(row.text)
    for line in became(library, reasons):
        typer.echo(line)
    return row


def existing(row: Broadcast | None, number: int) -> Broadcast:
    if row is None:
        raise BadSettings(f"không có thông báo số {number}; xem: thidua broadcast list")
    return row


def standing(library: Library, row: Broadcast) -> str:
    """Its state, and why it is in it."""
    if not row.reason:
        return STATES[row.state]
    named = row.reason in (LATE, LEFT, WITHDRAWN)
    why = because(library, row.reason) if named else row.reason
    return f"{STATES[row.state]} ({why})"


def became(library: Library, reasons: dict[tuple[str, str, str], int]) -> list[str]:
    """What became of how many, a line each."""
    lines: dict[str, int] = {}
    for (state, reason, channel), count in sorted(reasons.items()):
        why = because(library, reason)
        by = library.say("broadcast/sheet", part=channel) if channel else ""
        words = library.say("broadcast/sheet", part=state)
        line = ", ".join(filter(None, (words, by, why)))
        lines[line] = lines.get(line, 0) + count
    return [f"  {line}: {count}" for line, count in lines.items()]


def write_report(settings: Settings, library: Library, row: Broadcast, out: Path) -> None:
    """Write who got it and who did not; that somebody looked is kept."""
    if not out.parent.is_dir():
        raise BadSettings(f"không ghi được {out}: không có thư mục {out.parent}")

    async def written(store: Store) -> int:
        count = 0
        with whole(out) as path:
            async with store.view() as unit:
                with closing(Report(path, library)) as report:
                    async for each in unit.broadcasts.recipients(row.id):
                        report.add(each)
                        count += 1
        async with store.unit() as unit:
            note = f"số {row.id}: xuất danh sách"
            unit.acts.add("broadcast", plan=row.plan, count=count, note=note)
        return count

    typer.echo(f"Đã ghi {with_store(settings, written)} người vào {out}.")
    errors.print(PERSONAL, style="yellow", soft_wrap=True)


Change = Callable[[Broadcasts, Broadcast], Awaitable[bool]]
DEEDS: dict[str, Change] = {
    "tạm dừng": lambda every, row: every.change(row, "paused", reason=""),
    "gửi tiếp": lambda every, row: every.resume(row),
    "huỷ": lambda every, row: every.cancel(row),
}


def steer(settings: Settings, typed: str, deed: str) -> None:
    """Change how one stands, and keep that it was done; raise BadSettings where it cannot be."""
    number = number_of(typed)

    async def steered(store: Store) -> None:
        async with store.unit() as unit:
            row = existing(await unit.broadcasts.get(number), number)
            if not await DEEDS[deed](unit.broadcasts, row):
                told = f"thông báo số {number} {STATES[row.state]}"
                raise BadSettings(f"{told}, không {deed} được; xem: thidua broadcast show {number}")
            unit.acts.add("broadcast", plan=row.plan, note=f"số {number}: {deed}")

    with_store(settings, steered)
    typer.echo(f"Thông báo số {number}: đã {deed}.")
