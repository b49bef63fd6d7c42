"""``thidua broadcast``: its commands and options."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from bot.commands.announced import listed, number_of, shown, steer, write_report
from bot.commands.announcing import TYPED, Desk
from bot.commands.composing import Words
from bot.commands.following import follow
from bot.commands.outset import PlanId, read_settings, settings_and_library
from bot.settings import BadSettings

announced = typer.Typer(
    help="Thông báo gửi cho nhiều người.", no_args_is_help=True, add_completion=False
)
Number = Annotated[str, typer.Argument(help="Số trong `thidua broadcast list`.")]
Text = Annotated[str, typer.Option("--text", help="Lời nhắn; điền được {tên}, {đơn vị}.")]
Source = Annotated[
    Path | None, typer.Option("--file", help="Tệp có lời nhắn; - là đọc từ đường ống.")
]
Picture = Annotated[Path | None, typer.Option("--picture", help="Kèm ảnh này.")]
Attached = Annotated[Path | None, typer.Option("--attach", help="Kèm tệp này.")]
Pressed = Annotated[
    list[str] | None,
    typer.Option("--button", help="Nút: register, plan, check, mine, hoặc mã một mục."),
]
Stage = Annotated[
    str,
    typer.Option("--to", help="Chỉ người: registered, draft, none, submitted, approved, returned."),
]
Kind = Annotated[str, typer.Option("--kind", help="Chỉ loại hình đơn vị này, ví dụ HTX.")]
Spot = Annotated[
    str, typer.Option("--place", help="Chỉ nơi này: chữ trong địa chỉ hoặc tên đơn vị.")
]
By = Annotated[str, typer.Option("--channel", help="Chỉ qua kênh này.")]
Seen = Annotated[
    int | None, typer.Option("--seen", help="Chỉ người có nhắn trong bấy nhiêu ngày qua.")
]
At = Annotated[
    datetime | None,
    typer.Option("--at", formats=[TYPED], help="Hẹn giờ Việt Nam, ví dụ 2026-11-25T08:00."),
]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Chỉ xem, không gửi.")]
Yes = Annotated[bool, typer.Option("--yes", help="Gửi luôn, khỏi hỏi lại.")]
Test = Annotated[str, typer.Option("--test", help="Chỉ gửi thử tới KÊNH:ĐỊA-CHỈ đã từng nhắn.")]
Again = Annotated[
    str, typer.Option("--again", help="Gửi lại thông báo số này cho những người bị hỏng.")
]


@announced.command("send", help="Soạn, xem thử, ước lượng rồi gửi một thông báo.")
def send_command(  # noqa: PLR0913 (each is an option)
    plan: PlanId = "",
    text: Text = "",
    file: Source = None,
    picture: Picture = None,
    attach: Attached = None,
    button: Pressed = None,
    to: Stage = "",
    kind: Kind = "",
    place: Spot = "",
    channel: By = "",
    seen: Seen = None,
    at: At = None,
    dry_run: DryRun = False,
    yes: Yes = False,
    test: Test = "",
    again: Again = "",
) -> None:
    """Compose a broadcast, show it, and send it."""
    desk = Desk(*settings_and_library(plan))
    if again:
        desk.resend(again)
        return
    if picture and attach:
        raise BadSettings("chỉ kèm được một thứ: --picture hoặc --attach")
    words = Words(text, file, picture or attach, tuple(button or ()))
    whom = {"to": to, "place": place, "channel": channel, "seen": seen, "kind": kind}
    row = desk.composed(plan, words, whom, at)
    if test:
        desk.tried(row, test)
    else:
        desk.offered(row, dry_run=dry_run, yes=yes)


@announced.command("list", help="Liệt kê những thông báo gần đây.")
def list_command(plan: PlanId = "") -> None:
    settings, _ = settings_and_library(plan)
    listed(settings, plan)


@announced.command("show", help="Một thông báo: tới được ai, không tới được ai và vì sao.")
def show_command(
    number: Number,
    out: Annotated[
        Path | None, typer.Option("--out", help="Ghi danh sách vào tệp Excel này.")
    ] = None,
    watch: Annotated[bool, typer.Option("--watch", help="Theo dõi tới khi gửi xong.")] = False,
) -> None:
    settings, library = settings_and_library()
    row = shown(settings, library, number_of(number))
    if out:
        write_report(settings, library, row, out)
    if watch:
        follow(settings, library, row.id)


@announced.command("pause", help="Tạm dừng: tin chưa gửi thì chờ.")
def pause_command(number: Number) -> None:
    steer(read_settings(), number, "tạm dừng")


@announced.command("resume", help="Gửi tiếp thông báo đang tạm dừng.")
def resume_command(number: Number) -> None:
    steer(read_settings(), number, "gửi tiếp")


@announced.command("cancel", help="Huỷ hẳn: tin chưa gửi thì thôi, không gửi lại được nữa.")
def cancel_command(
    number: Number, yes: Annotated[bool, typer.Option("--yes", help="Khỏi hỏi lại.")] = False
) -> None:
    if not yes:
        typer.confirm(f"Huỷ hẳn thông báo số {number_of(number)}?", abort=True)
    steer(read_settings(), number, "huỷ")
