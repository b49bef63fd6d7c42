"""Every kind of file that a table can become, by its ending."""

from __future__ import annotations

from collections.abc import Mapping

from handlers.tables.bundle import Bundle
from handlers.tables.lists import Csv, Lines
from handlers.tables.official import PrintedList, WordList
from handlers.tables.table import Writer
from handlers.tables.workbook import Workbook

WRITERS: Mapping[str, type[Writer]] = {
    "jsonl": Lines,
    "csv": Csv,
    "xlsx": Workbook,
    "zip": Bundle,
    "pdf": PrintedList,
    "docx": WordList,
}
