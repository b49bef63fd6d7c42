"""``thidua registrations``: what has been registered, on the screen or as a file."""

from __future__ import annotations

import sys
from enum import StrEnum
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Annotated

import typer
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from bot.commands.exporting import Wanted, export, whole
from bot.commands.outset import PlanId, errors, settings_and_library
from bot.database import open_store
from bot.run import run
from bot.settings import BadSettings, Settings
from content.library import Library

registrations = typer.Typer(add_completion=False)


class Format(StrEnum):
    """How registrations are written out."""

    table = "table"
    jsonl = "jsonl"
    csv = "csv"
    xlsx = "xlsx"
    zip = "zip"
    pdf = "pdf"
    docx = "docx"


class State(StrEnum):
    """What has become of a registration."""

    submitted = "submitted"
    checked = "checked"
    approved = "approved"
    returned = "returned"
    rejected = "rejected"
    withdrawn = "withdrawn"


TEXT = {Format.table, Format.jsonl, Format.csv}
PERSONAL = "Có tên, số điện thoại của bà con: giữ kín, dùng xong thì xoá."


@registrations.command(help="Liệt kê hoặc xuất ra tệp những đăng ký đã gửi.")
def registrations_command(
    plan: PlanId = "",
    state: Annotated[
        State | None, typer.Option("--state", help="Chỉ những đăng ký ở tình trạng này.")
    ] = None,
    form: Annotated[
        Format | None,
        typer.Option("--format", help="Dạng xuất ra; không ghi thì theo đuôi tệp, hoặc table."),
    ] = None,
    out: Annotated[Path | None, typer.Option("--out", help="Ghi vào tệp này.")] = None,
) -> None:
    """List registrations, or write them into a file."""
    settings, library = settings_and_library(plan)
    form = form or meant(out)
    wanted = Wanted(plan, state.value if state else "", form.value)
    if out is None:
        if form not in TEXT and sys.stdout.isatty():
            raise BadSettings(
                f"dạng {form} không xem trên màn hình được; thêm --out dang-ky.{form}"
            )
        with TemporaryDirectory(prefix="thidua-") as folder:
            path = Path(folder) / "table"
            written(settings, library, wanted, path)
            typer.echo(path.read_bytes(), nl=False)
    elif out.parent.is_dir():
        with whole(out) as path:
            written(settings, library, wanted, path)
    else:
        raise BadSettings(f"không ghi được {out}: không có thư mục {out.parent}")
    if out or form is not Format.table:
        errors.print(PERSONAL, style="yellow", soft_wrap=True)


def meant(out: Path | None) -> Format:
    """The format that a file's name ends in."""
    ending = out.suffix.lower().removeprefix(".") if out else ""
    return Format(ending) if ending in {*Format} else Format.table


def written(settings: Settings, library: Library, wanted: Wanted, path: Path) -> None:
    """Write them there, and show how far we are where somebody watches."""
    store = open_store(settings)
    columns = TextColumn("Đang xuất"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn()
    bar = Progress(*columns, console=errors, transient=True, disable=not errors.is_terminal)
    task = bar.add_task("")

    def moved(done: int, steps: int) -> None:
        bar.update(task, completed=done, total=steps)

    async def exported() -> None:
        try:
            await export(store, library, wanted, path, moved)
        finally:
            await store.close()

    with bar:
        run(exported())
