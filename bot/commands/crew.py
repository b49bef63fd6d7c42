"""``thidua staff``: who answers questions and reviews registrations of which plan, and did what."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import timedelta
from enum import StrEnum
from typing import Annotated, TypeVar

import typer
from rich.console import Console
from rich.table import Table
from rich.text import Text

from bot.commands.outset import PlanId, read_settings, settings_and_library
from bot.database import with_store
from bot.settings import BadSettings, Settings
from handlers.staff.officers import bare, new_code
from handlers.turn import HERE
from storage.acts import Done
from storage.tables import Invitation, Staff
from storage.unit import Store, Unit

Result = TypeVar("Result")
INVITED = "M"  # numbers of invitations begin so, to be told from those of staff

MOST_DAYS = 3660
ROLES = "viewer: xem; reviewer: duyệt hồ sơ; editor: trả lời câu hỏi; owner: mọi việc."

crew = typer.Typer(
    help="Cán bộ: ai xem, trả lời câu hỏi và duyệt hồ sơ của kế hoạch nào.",
    no_args_is_help=True,
    add_completion=False,
)


class Role(StrEnum):
    """What an officer may do."""

    viewer = "viewer"
    reviewer = "reviewer"
    editor = "editor"
    owner = "owner"


Number = Annotated[str, typer.Argument(help="Số trong `thidua staff list`, ví dụ 3 hoặc M2.")]


@crew.command("add", help="Thêm một cán bộ: in ra mã dùng một lần, cán bộ gõ mã ấy vào trò chuyện.")
def add_command(
    name: Annotated[str, typer.Argument(help="Tên cán bộ.")],
    plan: PlanId = "",
    role: Annotated[Role, typer.Option("--role", help=ROLES)] = Role.editor,
) -> None:
    settings, _ = settings_and_library(plan)
    if not name.strip():
        raise BadSettings('thiếu tên; ví dụ: thidua staff add --plan vinh-thuan-2025 "Chị Hoa"')
    code = new_code()

    async def invite(unit: Unit) -> Invitation:
        return unit.staff.invite(bare(code), plan, role.value, name.strip())

    until = in_memory(settings, invite).expires_at.astimezone(HERE)
    typer.echo(f"/canbo {code}")
    typer.echo(
        f"{name.strip()} nhắn đúng dòng trên vào trò chuyện, trước {until:%H:%M ngày %d/%m/%Y};"
        " mã dùng được một lần."
    )


@crew.command("list", help="Liệt kê cán bộ và những mã chưa dùng.")
def list_command() -> None:
    async def both(unit: Unit) -> tuple[list[Staff], list[Invitation]]:
        return await unit.staff.all(), await unit.staff.invited()

    staff, invited = in_memory(read_settings(), both)
    table = Table("Số", "Tên", "Quyền", "Kế hoạch", "Từ ngày")
    for each in staff:
        since = each.added_at.astimezone(HERE)
        add_row(table, f"{each.id}", each, f"{since:%d/%m/%Y}")
    for code in invited:
        until = code.expires_at.astimezone(HERE)
        add_row(table, f"{INVITED}{code.id}", code, f"mã chưa dùng, đến {until:%d/%m/%Y}")
    Console().print(table)


@crew.command("remove", help="Rút quyền của một cán bộ, hoặc huỷ một mã chưa dùng.")
def remove_command(number: Number) -> None:
    digits = number.upper().removeprefix(INVITED)
    wanted = int(digits) if digits.isdecimal() and len(digits) < 10 else 0

    async def gone(unit: Unit) -> bool:
        if number.upper().startswith(INVITED):
            return await unit.staff.uninvite(wanted)
        return await unit.staff.remove(wanted)

    if not in_memory(read_settings(), gone):
        raise BadSettings(f"không có số '{number}'; xem lại bằng: thidua staff list")
    typer.echo("Đã rút.")


@crew.command("log", help="Nhật ký: cán bộ nào đã xem và làm gì với dữ liệu của bà con.")
def log_command(
    plan: PlanId = "",
    days: Annotated[
        int, typer.Option("--days", min=1, max=MOST_DAYS, help="Trong bao nhiêu ngày gần đây.")
    ] = 30,
) -> None:
    settings, library = settings_and_library(plan)

    async def done(unit: Unit) -> list[Done]:
        return await unit.acts.trail(plan=plan, since=unit.now - timedelta(days=days))

    for each in in_memory(settings, done):
        at, act = each.act.at.astimezone(HERE), each.act
        which = each.code or (f"{act.count} hồ sơ" if act.count != 1 else "")
        what = library.labels[f"act-{act.what}"]
        note = " ".join(act.note.split())  # a line each, for whoever looks for something in it
        cells = (f"{at:%d/%m/%Y %H:%M}", each.name, what, which, act.plan, note)
        typer.echo("\t".join(cells))


def add_row(table: Table, number: str, who: Staff | Invitation, since: str) -> None:
    """One line of the list."""
    cells = (number, who.name, who.role, who.plan or "mọi kế hoạch", since)
    table.add_row(*map(Text, cells))


def in_memory(settings: Settings, job: Callable[[Unit], Awaitable[Result]]) -> Result:
    """Do this to what is remembered."""

    async def done(store: Store) -> Result:
        async with store.unit() as unit:
            return await job(unit)

    return with_store(settings, done)
