"""The table as text: CSV for spreadsheets, a JSON object a line for other programs."""

from __future__ import annotations

import csv
import json
from datetime import date, datetime
from pathlib import Path

from handlers.tables.columns import Cell, together
from handlers.tables.table import Table
from storage.tables import Registration

FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")  # a cell that begins so is run by spreadsheets
NAMES = (
    "code",
    "plan",
    "form",
    "state",
    "version",
    "late",
    "submitted_at",
    "changed_at",
    "percent",
    "reason",
    "answers",
)


class Csv:
    """With a mark at the start by which Excel knows that it is Unicode."""

    def __init__(self, path: Path, table: Table) -> None:
        columns = together(table.layouts.values())
        self.layouts, self.wide = table.layouts, len(columns)
        self.places = {
            form: [columns.index(column) for column in layout.columns]
            for form, layout in table.layouts.items()
        }
        self.file = path.open("w", encoding="utf-8-sig", newline="")
        self.rows = csv.writer(self.file)
        self.rows.writerow([harmless(column.heading) for column in columns])

    def add(self, registration: Registration) -> None:
        row = [""] * self.wide
        cells = self.layouts[registration.form].row(registration)
        for at, cell in zip(self.places[registration.form], cells, strict=True):
            row[at] = written(cell)
        self.rows.writerow(row)

    def close(self) -> None:
        self.file.close()


class Lines:
    """Values as machines read them: ISO dates, whole đồng."""

    def __init__(self, path: Path, table: Table) -> None:
        self.file = path.open("w", encoding="utf-8", errors="replace")

    def add(self, registration: Registration) -> None:
        line = {name: getattr(registration, name) for name in NAMES}
        self.file.write(json.dumps(line, ensure_ascii=False, default=datetime.isoformat) + "\n")

    def close(self) -> None:
        self.file.close()


def written(cell: Cell) -> str:
    """A value as spreadsheets here read it."""
    match cell:
        case None:
            return ""
        case datetime():
            return f"{cell:%d/%m/%Y %H:%M}"
        case date():
            return f"{cell:%d/%m/%Y}"
        case float():
            return f"{cell:.0%}"
        case int():
            return str(cell)
    return harmless(cell)


def harmless(text: str) -> str:
    """Text that a spreadsheet shows and does not run."""
    return f"'{text}" if text.startswith(FORMULA) else text
