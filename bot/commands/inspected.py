"""``thidua channels``: how each channel stands, on the screen or a line of JSON each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Annotated, Any

import orjson
import typer
from pydantic import SecretStr
from rich.console import Console
from rich.table import Table
from rich.text import Text

from bot.channels.base import Checkup
from bot.channels.web import WebChannel
from bot.commands.findings import findings, left
from bot.commands.inspecting import Inspected, inspect
from bot.commands.outset import settings_and_library
from bot.database import with_store
from bot.settings import Settings
from handlers.reaching import name
from handlers.turn import HERE
from storage.unit import Store

channels = typer.Typer(add_completion=False)
Row = dict[str, Any]

STATES = {True: ("tốt", "green"), False: ("hỏng", "bold red"), None: ("tắt", "dim")}
COMING = {"asked": "ta hỏi", "brought": "mang tới"}
HEAD = ("Kênh", "", "Biết ta là", "Tin vào", "Tin tháng này", "Người", "Nghe", "Gửi", "Chờ")
MARKS = (("✗", "bold red", "troubles"), ("–", "dim", "remarks"))
NARROW = {2: 16}  # columns that are cut, and where


@channels.command(help="Các kênh: có chạy tốt không, hạn mức còn bao nhiêu, nghe và gửi lúc nào.")
def channels_command(
    as_json: Annotated[bool, typer.Option("--json", help="Mỗi kênh một dòng JSON.")] = False,
) -> None:
    """Tell of every channel; 1 where one that is on does not do well."""
    settings, library = settings_and_library()
    now = settings.clock()().astimezone(HERE)

    async def rows(store: Store) -> list[Row]:
        return [row(each, now) for each in await inspect(settings, store)]

    found = [without(settings, each) for each in with_store(settings, rows)]
    if as_json:
        for each in found:
            typer.echo(orjson.dumps(each).decode())
    else:
        shown(Console(), [{**each, "label": name(library, each["channel"])} for each in found], now)
    if any(each["well"] is False for each in found):
        raise typer.Exit(1)


def row(each: Inspected, now: datetime) -> Row:
    """All that is told of a channel."""
    standing, lost = each.standing, each.standing.traffic
    said = each.said if isinstance(each.said, Checkup) else None
    told = findings(each, now)
    comes = "brought" if each.url else "asked"
    return {
        "channel": standing.channel,
        "on": each.on,
        "well": not any(finding.bad for finding in told) if each.on else None,
        "known_as": said.known_as if said else None,
        "updates": comes if each.on and standing.channel != WebChannel.name else None,
        "hook": said.hook if said else None,
        "hook_wanted": each.url or None,
        "used": standing.used if standing.quota else None,
        "quota": standing.quota or None,
        "left": left(each),
        "people": standing.people,
        "most_people": standing.most or None,
        "last_heard": lost.heard and lost.heard.astimezone(HERE),
        "last_sent": lost.sent and lost.sent.astimezone(HERE),
        "waiting": lost.waiting,
        "failed": lost.failed,
        "uncertain": lost.uncertain,
        "troubles": [finding.text for finding in told if finding.bad],
        "remarks": [finding.text for finding in told if not finding.bad],
    }


def shown(console: Console, rows: Sequence[Mapping[str, Any]], now: datetime) -> None:
    """The table, and below it what is to be known beside."""
    table = Table(box=None, padding=(0, 1, 0, 0), pad_edge=False)
    for at, head in enumerate(HEAD):
        right = head in ("Tin tháng này", "Người", "Chờ")
        table.add_column(
            head,
            justify="right" if right else "left",
            max_width=NARROW.get(at),
            overflow="ellipsis",
            no_wrap=at in NARROW,
        )
    for each in rows:
        table.add_row(*cells(each, now))
    below = Table.grid(padding=(0, 1))
    for each in rows:
        for mark, style, key in MARKS:
            for text in each[key]:
                below.add_row(Text(mark, style), Text(f"{each['label']}: {text}"))
    console.print(table, "", below)


def cells(row: Mapping[str, Any], now: datetime) -> list[Text]:
    """One line of the table."""
    state, style = STATES[row["well"]]
    return [
        Text(row["label"]),
        Text(state, style=style),
        Text(row["known_as"] or ""),
        Text(COMING.get(row["updates"], "")),
        Text(of(row["used"], row["quota"])),
        Text(of(row["people"], row["most_people"])),
        Text(moment(row["last_heard"], now)),
        Text(moment(row["last_sent"], now)),
        Text(f"{row['waiting']}"),
    ]


def of(count: int | None, most: int | None) -> str:
    """How many of how many."""
    return "" if count is None else f"{count}/{most}" if most else f"{count}"


def moment(at: datetime | None, now: datetime) -> str:
    """The hour of today, the day of this year, else the month."""
    if at is None:
        return ""
    if at.date() == now.date():
        return f"{at:%H:%M}"
    return f"{at:%d/%m}" if at.year == now.year else f"{at:%m/%Y}"


def without(settings: Settings, row: Row) -> Row:
    """The same without any secret of ours: platforms quote them, and addresses hold them."""
    kept = [value for _, value in settings if isinstance(value, SecretStr)]
    secrets = [each.get_secret_value() for each in kept]

    def bare(value: Any) -> Any:
        if isinstance(value, list):
            return [bare(each) for each in value]
        if isinstance(value, str):
            for secret in secrets:
                value = value.replace(secret, "…")
        return value

    return {key: bare(value) for key, value in row.items()}
