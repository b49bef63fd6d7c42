"""``thidua db``: migrations, backups made while we run, and what a restored one would send."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from bot.commands.crew import in_memory
from bot.commands.outset import read_settings, settings_and_library
from bot.commands.restoring import restore
from bot.database import up_to_date
from bot.settings import BadSettings, Settings
from handlers.turn import HERE
from storage import copies, dumps, held
from storage.copies import BadCopy
from storage.held import Held
from storage.unit import Unit

NAME = "thidua-%Y-%m-%d-%H%M"
OURS = "thidua-????-??-??-????"  # the same, as files are looked for
BAD = {
    "damaged": "{file}: hỏng hoặc không phải bản sao của Thi Đua ({said}); chọn bản sao khác",
    "foreign": "{file}: không phải cơ sở dữ liệu của Thi Đua bản này; chạy thidua db upgrade,"
    " hoặc chọn tệp khác",
    "newer": "{file}: do chương trình mới hơn ghi (bản {said}); nâng cấp chương trình rồi phục hồi",
    "refused": "pg_dump không sao lưu được: {said}",
}
NO_PG_DUMP = (
    "chưa có pg_dump; cài gói postgresql-client cùng phiên bản với máy chủ PostgreSQL"
    " (Debian, Ubuntu: apt install postgresql-client) rồi làm lại"
)
POSTGRESQL = """PostgreSQL: nạp bản sao vào một cơ sở dữ liệu mới, bản đang dùng vẫn còn nguyên:
  1. dừng thidua serve
  2. createdb thidua_moi
  3. psql -X -1 -v ON_ERROR_STOP=1 -d thidua_moi -f {file}
  4. đặt THIDUA_DATABASE_URL sang thidua_moi rồi chạy lại
Bản sao do thidua db backup làm ra tự mang lệnh tạm dừng gửi."""

vault = typer.Typer(
    help="Cơ sở dữ liệu: nâng cấp, sao lưu, phục hồi.", no_args_is_help=True, add_completion=False
)


@vault.command("upgrade", help="Đưa cơ sở dữ liệu lên bản mới nhất.")
def upgrade_command() -> None:
    done = up_to_date(read_settings())
    typer.echo("Đã nâng cấp." if done else "Đã là bản mới nhất.")


@vault.command("backup", help="Sao lưu, không phải dừng; bản sao khi phục hồi sẽ tạm dừng gửi.")
def backup_command(
    file: Annotated[
        Path | None,
        typer.Argument(help="Tệp sẽ ghi; bỏ trống: backups/thidua-NĂM-THÁNG-NGÀY-GIỜPHÚT."),
    ] = None,
    keep: Annotated[
        int | None, typer.Option("--keep", min=1, help="Chỉ giữ chừng này bản sao gần nhất.")
    ] = None,
) -> None:
    settings = read_settings()
    if file and keep:
        raise BadSettings("--keep chỉ dùng khi không đặt tên tệp")
    target = file or named(settings)
    try:
        copy(settings, target)
    except BadCopy as bad:
        raise refused(bad, target) from bad
    typer.echo(f"Đã sao lưu vào {target} ({target.stat().st_size / 1e6:.1f} MB).")
    if keep:
        for older in sorted(target.parent.glob(f"{OURS}{target.suffix}"))[:-keep]:
            older.unlink()
            typer.echo(f"Đã bỏ bản cũ {older.name}.")
    typer.echo(also(settings))


def named(settings: Settings) -> Path:
    """Where a backup goes that nobody named."""
    now = settings.clock()().astimezone(HERE)
    ending = ".db" if copies.file_of(settings.database()) else ".sql"
    return settings.data_dir / "backups" / f"{now.strftime(NAME)}{ending}"


def copy(settings: Settings, target: Path) -> None:
    """Back up the database, whichever it is; raise BadCopy or BadSettings where it fails."""
    target.parent.mkdir(parents=True, exist_ok=True)
    source = copies.file_of(settings.database())
    if source is None:
        try:
            dumps.back_up(settings.database(), target, settings.clock())
        except FileNotFoundError as error:
            raise BadSettings(NO_PG_DUMP) from error
    elif not source.exists():
        raise BadSettings(f"chưa có cơ sở dữ liệu nào ở {source}")
    elif target.resolve() == source.resolve():
        raise BadSettings(f"{target} chính là cơ sở dữ liệu đang dùng; chọn tên tệp khác")
    else:
        copies.back_up(source, target, settings.clock())


def also(settings: Settings) -> str:
    """What a backup of the database leaves out, and who may see it."""
    kept = "THIDUA_SECRET_KEY" if settings.secret_key else f"tệp khoá {settings.data_dir}/secret"
    return (
        f"Nhớ giữ thêm, một lần và mỗi khi đổi: {kept}, thư mục nội dung {settings.content()},"
        " các thiết lập THIDUA_….\n"
        "Trong bản sao có tên và số điện thoại của bà con: cất ở chỗ chỉ người trông máy mở được."
    )


def refused(bad: BadCopy, file: Path) -> BadSettings:
    why, said = bad.args
    return BadSettings(BAD[why].format(file=file, said=said))


@vault.command("restore", help="Phục hồi từ bản sao; bản đang dùng được giữ lại bên cạnh.")
def restore_command(
    file: Annotated[Path, typer.Argument(help="Tệp bản sao.", exists=True, dir_okay=False)],
) -> None:
    settings, library = settings_and_library()
    if copies.file_of(settings.database()) is None:
        raise BadSettings(POSTGRESQL.format(file=file))
    try:
        restored = restore(settings, library, file)
    except BadCopy as bad:
        raise refused(bad, file) from bad
    typer.echo(f"Đã phục hồi {file}, như lúc {moment(restored.since)}.")
    if restored.kept:
        typer.echo(f"Dữ liệu trước khi phục hồi còn ở {restored.kept}; không cần nữa thì xoá.")
    if restored.erased != 0:
        typer.echo(erased_again(restored.erased))
    typer.echo(f"Đang tạm dừng gửi. Giữ lại: {counted(restored.held)}.")
    typer.echo("Chạy lại thì người phụ trách nhận tin và quyết định; hoặc: thidua db resume --help")


def erased_again(count: int | None) -> str:
    if count is None:
        return "Không đọc được dữ liệu trước đó: ai đã xin xoá sau lúc sao lưu, nhớ xoá lại."
    return f"Đã xoá lại những gì được xoá sau lúc sao lưu: {count} người, đăng ký."


@vault.command("resume", help="Hết tạm dừng sau khi phục hồi: gửi tiếp cả tin đã giữ lại.")
def resume_command(
    drop: Annotated[
        bool, typer.Option("--drop", help="Bỏ tin đã giữ lại, huỷ thông báo dở, rồi gửi tiếp.")
    ] = False,
) -> None:
    async def resume(unit: Unit) -> Held | None:
        kept = await held.count(unit)
        if await unit.holds.standing() is None:
            return None
        if drop:
            await held.drop(unit)
        await unit.holds.end(None)
        unit.acts.add("discarded" if drop else "released")
        return kept

    kept = in_memory(read_settings(), resume)
    if kept is None:
        raise BadSettings("không có gì đang tạm dừng: mọi tin vẫn được gửi")
    typer.echo(f"{'Đã bỏ' if drop else 'Gửi tiếp'}: {counted(kept)}.")


def counted(kept: Held) -> str:
    """What is held, in numbers."""
    left = sum(each.left for each in kept.broadcasts)
    found = {
        f"{kept.replies} câu trả lời cũ": kept.replies,
        f"{kept.reminders} lời nhắc": kept.reminders,
        f"{len(kept.broadcasts)} thông báo dở (còn {left} tin)": len(kept.broadcasts),
    }
    return ", ".join(words for words, number in found.items() if number) or "không có tin cũ nào"


def moment(at: datetime) -> str:
    return f"{at.astimezone(HERE):%H:%M ngày %d/%m/%Y}"
