"""Who got a broadcast and who did not, as an Excel workbook, with a sheet of whom to call."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from contextlib import closing
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

import xlsxwriter

from content.library import Library
from handlers.broadcasting.known import Fields
from handlers.staff.officers import able
from handlers.tables.workbook import A4, HEAD, OPTIONS, write
from handlers.talk import Made
from handlers.wanted import Making, Wanted
from storage.recipients import Recipient

EVERYBODY = {"name": 28, "unit": 36, "phone": 16, "channel": 18, "state": 18, "reason": 34}
CALLS = {"name": 28, "phone": 16, "unit": 36, "reason": 34}  # columns, and letters they are wide
LET_BE = ("muted", "over", "cancelled")  # skipped for reasons that are none to call them


class Report:
    """Takes recipients one by one and keeps them on the disk until it is closed."""

    def __init__(self, path: Path, library: Library) -> None:
        self.library, self.fields = library, Fields.of(library)
        self.book = xlsxwriter.Workbook(str(path), {**OPTIONS, "tmpdir": str(path.parent)})
        self.head, self.look = self.book.add_format(HEAD), self.book.add_format({"valign": "top"})
        self.everybody = Sheet(self, "everybody", EVERYBODY)
        self.calls = Sheet(self, "calls", CALLS)

    def word(self, part: str) -> str:
        return self.library.say("broadcast/sheet", part=part)

    def add(self, each: Recipient) -> None:
        known = self.fields.known(each.told)
        row = {"name": known.name, "unit": known.unit, "phone": known.phone}
        row |= {"channel": self.word(each.channel), "state": self.word(each.state)}
        row["reason"] = because(self.library, each.reason)
        self.everybody.add(row)
        if to_call(each):
            self.calls.add(row)

    def close(self) -> None:
        for sheet in (self.everybody, self.calls):
            sheet.finish()
        self.book.close()


class Sheet:
    """One sheet: these columns, with their widths."""

    def __init__(self, report: Report, name: str, columns: dict[str, int]) -> None:
        self.columns, self.look, self.rows = columns, report.look, 0
        self.sheet = report.book.add_worksheet(report.word(name))
        for at, (column, width) in enumerate(columns.items()):
            self.sheet.set_column(at, at, width)
            write(self.sheet, (0, at), report.word(column), report.head)
        self.sheet.freeze_panes(1, 1)

    def add(self, row: dict[str, str]) -> None:
        self.rows += 1
        for at, column in enumerate(self.columns):
            write(self.sheet, (self.rows, at), row[column], self.look)

    def finish(self) -> None:
        self.sheet.autofilter(0, 0, self.rows, len(self.columns) - 1)
        self.sheet.set_landscape()
        self.sheet.set_paper(A4)
        self.sheet.fit_to_pages(1, 0)
        self.sheet.repeat_rows(0)


def because(library: Library, reason: str) -> str:
    """Why it did not get there, in words; empty where there is nothing to say."""
    return library.say("broadcast/reason", reason=reason) if reason else ""


def to_call(each: Recipient) -> bool:
    """Whether no channel reached them, who did not ask for that."""
    return each.state == "failed" or (each.state == "skipped" and each.reason not in LET_BE)


def name(library: Library, number: int, ending: str = "xlsx") -> str:
    """What the workbook of a broadcast is called."""
    return f"{library.say('broadcast/sheet', part='file')}-{number}.{ending}"


async def report(wanted: Wanted) -> Making | None:
    """Makes the workbook of a broadcast; None for who is not to see whom it was for."""
    number = int(wanted.which) if wanted.which.isdecimal() else 0
    row = await wanted.unit.broadcasts.get(number)
    officers = await wanted.unit.staff.of(wanted.person)
    if row is None or able(officers, row.plan, "export") is None or wanted.format != "xlsx":
        return None
    found = [each async for each in wanted.unit.broadcasts.recipients(number)]
    return partial(made, wanted.library, number, found)


def made(library: Library, number: int, found: Sequence[Recipient]) -> Made:
    """The workbook written; what is on the disk of it meanwhile only we can read."""
    with TemporaryDirectory(prefix="thidua-") as folder:
        path = Path(folder) / "table"
        written(library, path, found)
        return Made(name(library, number), path.read_bytes())


def written(library: Library, path: Path, found: Iterable[Recipient]) -> None:
    with closing(Report(path, library)) as workbook:
        for each in found:
            workbook.add(each)
