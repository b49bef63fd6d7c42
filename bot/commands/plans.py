"""``thidua plan``: plan files from official documents."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path
from typing import Annotated

import typer

from bot.settings import BadSettings, Settings
from content.entries import TO_CHECK
from content.fold import fold
from content.schema import Plan
from content.shelf import PLANS, Shelf

plans = typer.Typer(help="Tệp kế hoạch.", no_args_is_help=True, add_completion=False)

SLUG = re.compile(r"[a-z0-9][a-z0-9-]{0,38}")


@plans.callback()
def plans_command() -> None:
    """A group of commands, also while there is only one."""


@plans.command("import", help="Soạn bản nháp tệp kế hoạch từ văn bản .docx, .pdf có chữ hoặc .txt.")
def import_command(
    document: Annotated[Path, typer.Argument(help="Tệp văn bản.", exists=True, dir_okay=False)],
    plan_id: Annotated[
        str,
        typer.Option("--id", help="Mã kế hoạch, ví dụ song-xanh-2027; không ghi thì theo tên tệp."),
    ] = "",
    out: Annotated[
        Path | None,
        typer.Option(
            "--out", help="Ghi vào tệp này; không ghi thì vào plans/ của thư mục nội dung."
        ),
    ] = None,
) -> None:
    from content.importing.draft import draft  # what answering does without
    from content.importing.reading import read_document
    from content.importing.writing import plan_file

    folder = Settings.read().content()
    name = plan_id or slug(document.stem)
    known = [*Shelf(folder).all(PLANS, Plan).values()]
    file = out or folder / "plans" / f"{name}.yaml"
    for wrong in refused(name, file, [plan.id for plan in known]):
        raise BadSettings(wrong)
    drafted = draft(read_document(document), name, (each for each in known if not each.draft))
    text = plan_file(drafted, document.name)
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")
    kinds = Counter(entry["kind"] for entry in drafted.entries)
    typer.echo(
        f"Đã ghi {file}: {len(drafted.clauses)} khoản, {len(drafted.entries)} mục"
        f" ({kinds['document']} văn bản, {kinds['deadline']} hạn, {kinds['award']} hình thức khen),"
        f" {text.count(TO_CHECK) - 1} chỗ '{TO_CHECK}'."
    )
    typer.echo("Tiếp theo: mở tệp đó, sửa từng chỗ, rồi chạy thidua check.")


def refused(name: str, file: Path, known: list[str]) -> list[str]:
    """What is wrong with the name of the plan or of its file."""
    if not SLUG.fullmatch(name):
        return [f"mã '{name}' chỉ gồm chữ thường không dấu, số, gạch nối, tối đa 39; đặt bằng --id"]
    if name in known:
        return [f"đã có kế hoạch mã '{name}'; đặt mã khác bằng --id"]
    return (
        [f"đã có tệp {file}; đổi tên tệp đó, hoặc ghi vào tệp khác bằng --out"]
        if file.exists()
        else []
    )


def slug(text: str) -> str:
    """A file's name as the id of a plan."""
    return re.sub(r"[^a-z0-9]+", "-", fold(text)).strip("-")[:39].strip("-")
