"""The command ``thidua``. Help is in Vietnamese, for operators."""

from __future__ import annotations

import os
import sys
from datetime import datetime
from enum import StrEnum
from importlib import import_module
from pathlib import Path
from typing import Annotated, Any

import orjson
import typer
from typer.core import TyperGroup
from typer.main import get_command

from bot.commands import batch
from bot.commands.outset import PlanId, errors, must_know, read_settings, settings_and_library
from bot.settings import BadSettings
from content.additions import joined
from content.read import Broken
from content.shelf import Shelf
from handlers.errors import ThiDuaError
from handlers.turn import HERE
from handlers.values.batch import parse

GROUPS = {  # where the commands are that not every call needs, nor reads
    "broadcast": "bot.commands.casting:announced",
    "channels": "bot.commands.inspected:channels",
    "db": "bot.commands.vault:vault",
    "plan": "bot.commands.plans:plans",
    "registrations": "bot.commands.registered:registrations",
    "staff": "bot.commands.crew:crew",
}


class Commands(TyperGroup):
    """Our commands; a module of GROUPS is only read when it is called or told about."""

    def list_commands(self, ctx: Any) -> list[str]:
        return [*super().list_commands(ctx), *GROUPS]

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        if cmd_name not in GROUPS:
            return super().get_command(ctx, cmd_name)
        module, _, group = GROUPS[cmd_name].partition(":")
        command = get_command(getattr(import_module(module), group))
        command.name = cmd_name
        return command


app = typer.Typer(
    cls=Commands,
    name="thidua",
    help="Thi Đua: trợ lý trò chuyện về kế hoạch thi đua và đăng ký công trình.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)


class Typed(StrEnum):
    """What the form understands."""

    date = "date"
    date_range = "date_range"
    money = "money"


def main() -> None:
    """Run a command; say what is wrong in one line each, without a traceback."""
    os.umask(0o077)  # what we write holds names and phone numbers: for our own user only
    try:
        app()
    except (ThiDuaError, Broken, OSError) as error:
        errors.print(str(error), style="red", markup=False, soft_wrap=True)
        sys.exit(2)


@app.command("serve", help="Mở trang trò chuyện và mọi kênh đã có mã token.")
def serve_command() -> None:
    from bot.database import up_to_date, using  # a single answer does without all this
    from bot.log import set_up
    from bot.run import run
    from bot.serve import serve

    settings, library = settings_and_library()
    up_to_date(settings)
    set_up(sys.stderr)

    def ready(address: str) -> None:
        errors.print(f"Thi Đua đang chạy. Mở trang: {address}", style="bold green")

    with using(settings):
        run(serve(settings, library, ready))


@app.command("chat", help="Trò chuyện ngay trong cửa sổ dòng lệnh.")
def chat_command(plan: PlanId = "") -> None:
    from bot.commands.chat import talk
    from bot.database import open_store, using
    from bot.knowledge import Knowledge
    from bot.log import set_up
    from bot.run import run

    settings, library = settings_and_library(plan)
    set_up(sys.stderr, quiet=True)
    store = open_store(settings)

    async def chat() -> None:
        try:
            knowledge = Knowledge(library, settings.content())
            await talk(store, knowledge, plan, settings.data_dir / "papers")
        finally:
            await store.close()

    with using(settings):
        run(chat())


@app.command("ask", help="Hỏi một câu, in câu trả lời; --batch đọc nhiều câu từ tệp.")
def ask_command(
    question: Annotated[str, typer.Argument(help="Câu hỏi.")] = "",
    plan: PlanId = "",
    as_json: Annotated[bool, typer.Option("--json", help="In một dòng JSON.")] = False,
    file: Annotated[
        Path | None,
        typer.Option("--batch", help='Tệp có các dòng {"id","plan","turns"}.', exists=True),
    ] = None,
) -> None:
    settings, library = settings_and_library(plan)
    today = settings.clock()().astimezone(HERE).date()
    if file:
        for _, asked in batch.lines(file, batch.Asked):
            must_know(library, asked.plan or "")
            put({"id": asked.id, **batch.answer(library, asked.plan or plan, asked.turns, today)})
    elif question:
        answered = batch.answer(library, plan, [question], today)
        if as_json:
            put(answered)
        else:
            typer.echo(answered["answer"])
    else:
        raise BadSettings('thiếu câu hỏi; ví dụ: thidua ask "hạn nộp hồ sơ là ngày nào"')


@app.command(
    "parse",
    help="Xem mẫu đăng ký hiểu một chữ gõ vào ra sao.",
    context_settings={"ignore_unknown_options": True},  # "-5 triệu" is a text, not an option
)
def parse_command(
    kind: Annotated[Typed | None, typer.Argument(help="Loại: date, date_range, money.")] = None,
    text: Annotated[str, typer.Argument(help="Chữ gõ vào.")] = "",
    day: Annotated[
        datetime | None,
        typer.Option("--today", formats=["%Y-%m-%d"], help="Coi như hôm nay là ngày này."),
    ] = None,
    file: Annotated[
        Path | None,
        typer.Option("--batch", help='Tệp có các dòng {"kind","text","today"}.', exists=True),
    ] = None,
) -> None:
    now = read_settings().clock()().astimezone(HERE)
    today = (day or now).date()
    if file:
        for line, typed in batch.lines(file, batch.Typed):
            put({**line, "value": batch.value(typed, today)})
    elif kind:
        put(parse(kind.value, text, today))
    else:
        raise BadSettings('thiếu loại và chữ; ví dụ: thidua parse money "1 tỷ 2"')


@app.command("check", help="Kiểm tra mọi nội dung; có lỗi thì liệt kê tệp:dòng và cách sửa.")
def check_command(
    coverage: Annotated[
        bool, typer.Option("--coverage", help="Kể từng khoản và những mục trả lời cho khoản đó.")
    ] = False,
) -> None:
    from content.check import check
    from content.check import coverage as covered

    folder = read_settings().content()
    problems = check(folder)
    for problem in problems:
        typer.echo(str(problem))
    if problems:
        errors.print(f"Có {len(problems)} chỗ cần sửa.", style="red")
        raise typer.Exit(1)
    for plan in joined(Shelf(folder)).values():
        entries = covered(plan)
        phrasings = sum(len(entry.ask) for entry in plan.entries)
        typer.echo(
            f"{plan.id}: {len(plan.clauses)} khoản, {len(plan.entries)} mục, {phrasings} cách hỏi"
        )
        for clause, heading in plan.clauses.items() if coverage else ():
            typer.echo(f"  {clause} – {heading}: {', '.join(entries[clause])}")


def put(line: object) -> None:
    typer.echo(orjson.dumps(line).decode())
