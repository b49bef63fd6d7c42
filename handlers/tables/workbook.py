"""The table as an Excel workbook: a sheet for each form, and one that sums up, with charts."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime, time
from pathlib import Path

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from handlers.tables.columns import Cell, Column, Layout
from handlers.tables.summary import Summary
from handlers.tables.summing import Styles, sum_up
from handlers.tables.table import Table
from storage.tables import Registration

LOOKS = {
    "text": {},
    "day": {"num_format": "dd/mm/yyyy"},
    "moment": {"num_format": "dd/mm/yyyy hh:mm"},
    "money": {"num_format": "#,##0"},
    "share": {"num_format": "0%"},
    "count": {"num_format": "0"},
}
WIDTHS = {"day": 12, "moment": 17, "money": 18, "share": 9, "count": 9}
SHORT, LONG, LONGEST = 16, 32, 60  # letters that a column of text is wide
HEAD = {"bold": True, "text_wrap": True, "valign": "vcenter", "bg_color": "#D9E8D3", "border": 1}
OPTIONS = {
    "constant_memory": True,
    "remove_timezone": True,
    "strings_to_formulas": False,
    "strings_to_numbers": False,
    "strings_to_urls": False,
}
A4 = 9
MOST_TEXT = 32_767  # characters that Excel takes in one cell
MOST_NAME = 31  # and in the name of a sheet
NOT_IN_NAMES = re.compile(r"[\[\]:*?/\\\x00-\x1f]")


class Workbook:
    """Takes rows one by one and keeps them on the disk, beside its file, until it is closed."""

    def __init__(self, path: Path, table: Table) -> None:
        self.table, self.summary = table, Summary(table.library)
        self.book = xlsxwriter.Workbook(str(path), {**OPTIONS, "tmpdir": str(path.parent)})
        self.looks = {
            kind: self.book.add_format({"valign": "top", **look}) for kind, look in LOOKS.items()
        }
        self.head = self.book.add_format(HEAD)
        self.sheets = {form: self.sheet(layout) for form, layout in table.layouts.items()}

    def sheet(self, layout: Layout) -> Sheet:
        """A sheet for the registrations of one form, named after it where there are several."""
        named = layout.form and len(self.table.layouts) > 1
        title = layout.form.title if layout.form and named else self.word("rows")
        return Sheet(self.book.add_worksheet(self.free(title)), layout, self.looks, self.head)

    def word(self, part: str) -> str:
        return self.table.library.say("table/summary", part=part)

    def free(self, title: str) -> str:
        """A title as Excel takes it for a sheet, unlike those that are there."""
        taken = {str(sheet.name).lower() for sheet in self.book.worksheets()}
        name = NOT_IN_NAMES.sub(" ", title).strip(" '")[:MOST_NAME]
        tries = (name, *(f"{name[: MOST_NAME - 4]} {number}" for number in range(2, 1000)))
        return next(each for each in tries if each.lower() not in taken)

    def add(self, registration: Registration) -> None:
        sheet = self.sheets[registration.form]
        row = sheet.layout.row(registration)
        sheet.add(row)
        self.summary.add(registration, sheet.layout, row)

    def close(self) -> None:
        for sheet in self.sheets.values():
            sheet.finish()
        there = self.book.add_worksheet(self.free(self.word("sheet")))
        styles = Styles(self.book, self.head, self.looks["count"], self.looks["money"])
        sum_up(there, self.summary, styles)
        self.book.close()


class Sheet:
    """One sheet of registrations: its heads stay in sight, and narrow down what is shown."""

    def __init__(
        self, sheet: Worksheet, layout: Layout, looks: Mapping[str, Format], head: Format
    ) -> None:
        self.sheet, self.layout, self.rows = sheet, layout, 0
        self.looks = [looks[column.kind] for column in layout.columns]
        for at, column in enumerate(layout.columns):
            sheet.set_column(at, at, width(layout, column))
            write(sheet, (0, at), column.heading, head)
        sheet.freeze_panes(1, 1)

    def add(self, row: Sequence[Cell]) -> None:
        self.rows += 1
        for at, (cell, look) in enumerate(zip(row, self.looks, strict=True)):
            if cell is not None:
                write(self.sheet, (self.rows, at), cell, look)

    def finish(self) -> None:
        """Set what depends on how many rows there are, and how it is printed."""
        self.sheet.autofilter(0, 0, self.rows, len(self.looks) - 1)
        self.sheet.set_landscape()
        self.sheet.set_paper(A4)
        self.sheet.fit_to_pages(1, 0)
        self.sheet.repeat_rows(0)


def write(sheet: Worksheet, place: tuple[int, int], cell: Cell, look: Format) -> None:
    """Put a value where it belongs as what it is: text is never run, whatever it looks like."""
    match cell:
        case str():
            sheet.write_string(*place, cell[:MOST_TEXT], look)
        case datetime():
            sheet.write_datetime(*place, cell, look)
        case date():
            sheet.write_datetime(*place, datetime.combine(cell, time()), look)
        case int() | float():
            sheet.write_number(*place, cell, look)


def width(layout: Layout, column: Column) -> int:
    """How wide a column is, in letters."""
    if column.kind != "text":
        return WIDTHS[column.kind]
    step = layout.steps.get(column.of)
    if step is None:
        return SHORT
    return LONG if step.max_length <= 200 else LONGEST
