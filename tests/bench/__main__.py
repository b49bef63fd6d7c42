"""``python -m tests.bench``: everything, or a part; quickly, or as written down in docs."""

from __future__ import annotations

import argparse
import asyncio
import sys
from collections.abc import Iterable
from dataclasses import replace

from rich.console import Console
from rich.table import Table

from tests.bench.answering import answers, start
from tests.bench.contest import Bot, Figures, aiogram, assistant, measure, peer
from tests.bench.exporting import Export, exports
from tests.bench.flood import Load
from tests.bench.planning import Planning, planning

PARTS = ("flood", "answer", "start", "export", "plan")
OURS, YARDSTICK = "Thi Đua, đủ cả", "aiogram, nhại lại"
SLOW = 400  # updates for those that take many seconds for each hundred
out = Console(width=100)


async def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument("--only", choices=PARTS, action="append", help="this part; may be repeated")
    parser.add_argument("--quick", action="store_true", help="a fifth of the load")
    asked = parser.parse_args()
    parts, share = asked.only or PARTS, 5 if asked.quick else 1
    if "answer" in parts:
        out.print(rows("Một câu trả lời", answered(answers(every=share))))
    if "start" in parts:
        out.print(rows("Khởi động", started(await start())))
    if "export" in parts:
        count = 10_000 // share
        out.print(rows(f"Xuất {count} đăng ký", exported(await exports(count))))
    if "plan" in parts:
        people = 100_000 // share
        shown = planned(await planning(people))
        out.print(rows(f"Lập danh sách một thông báo cho {people} người", shown))
    if "flood" in parts:
        bots = await contestants()
        for latency in (0.0, 0.05):
            await contest(bots, Load(4000 // share, latency=latency))
        paced = Load(1000 // share, latency=0.05, every=0.01)
        found = await measure(OURS, assistant, paced)
        out.print(table("Đều 100 tin một giây, Telegram đáp sau 50 ms", [found]))


async def contestants() -> dict[str, Bot]:
    """Who takes part; aiogram only where it can be had."""
    bots: dict[str, Bot] = {OURS: assistant}
    try:
        bots[YARDSTICK] = peer("echo_aiogram.py", python=await aiogram())
    except OSError as missing:
        sys.stderr.write(f"{missing}\n")
    bots["PTB, nhại lại"] = peer("echo_ptb.py", "1")
    bots["PTB, 256 cùng lúc"] = peer("echo_ptb.py", "256")
    bots["aiohttp trần"] = peer("echo_bare.py")
    return bots


async def contest(bots: dict[str, Bot], load: Load) -> None:
    """One load on all of them, one after another."""
    found = []
    for name, bot in bots.items():
        slow = name.startswith("PTB") and load.latency
        one = replace(load, updates=min(load.updates, SLOW)) if slow else load
        found.append(await measure(name, bot, one))
    title = f"Dồn dập, {load.chats} người, Telegram đáp sau {load.latency * 1000:.0f} ms"
    out.print(table(title, found))


def table(title: str, found: Iterable[Figures]) -> Table:
    """The bots side by side."""
    found = list(found)
    usual = next((each.per_second for each in found if each.bot == YARDSTICK), 0.0)
    columns = ("", "tin", "tin/giây", "so aiogram", "chờ p95", "sai thứ tự", "mất", "RAM cao nhất")
    shown = Table(title=title, title_justify="left")
    for column in columns:
        shown.add_column(column, justify="left" if not column else "right")
    for each in found:
        shown.add_row(
            each.bot,
            f"{each.updates}",
            f"{each.per_second:.0f}",
            f"{each.per_second / usual:.2f}" if usual else "–",
            f"{each.p95 * 1000:.0f} ms",
            f"{each.out_of_order}",
            f"{each.lost}",
            f"{each.memory:.0f} MB",
        )
    return shown


def rows(title: str, found: dict[str, str]) -> Table:
    shown = Table(title=title, title_justify="left", show_header=False)
    for name, figure in found.items():
        shown.add_row(name, figure)
    return shown


def answered(found: dict[str, float]) -> dict[str, str]:
    return {
        "số câu hỏi": f"{found['asked']:.0f}",
        "trung vị": f"{found['median'] * 1000:.2f} ms",
        "p95": f"{found['p95'] * 1000:.2f} ms",
        "đọc hết nội dung": f"{found['load']:.2f} giây",
        "dựng chỉ mục": f"{found['index']:.2f} giây",
    }


def started(found: dict[str, float]) -> dict[str, str]:
    return {
        "lần đầu, tạo cơ sở dữ liệu": f"{found['first']:.2f} giây",
        "những lần sau": f"{found['again']:.2f} giây",
        "RAM lúc nghỉ": f"{found['memory']:.0f} MB",
        "thidua ask, cả lệnh": f"{found['ask']:.2f} giây",
    }


def exported(found: dict[str, Export]) -> dict[str, str]:
    return {
        name: f"{each.seconds:.1f} giây ({each.worked:.1f} giây xử lý), {each.memory:.0f} MB"
        for name, each in found.items()
    }


def planned(found: Planning) -> dict[str, str]:
    grown = f"{found.before:.0f} MB, lên nhiều nhất {found.most:.0f} MB"
    return {"lập xong": f"{found.seconds:.1f} giây", "RAM trước khi lập": grown}


if __name__ == "__main__":
    asyncio.run(main())
