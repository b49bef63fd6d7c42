"""Every kind of file that a table can become, by its ending."""

from __future__ import annotations

from collections.abc import Mapping

from handlers.tables.bundle import Bundle
from handlers.tables.lists import Csv, Lines
from handlers.tables.official import OfficialList
from handlers.tables.table import Writer
from handlers.tables.workbook import Workbook

MOST = {"pdf": 2000}  # registrations: drawing more of them takes too much memory

WRITERS: Mapping[str, type[Writer]] = {
    "jsonl": Lines,
    "csv": Csv,
    "xlsx": Workbook,
    "zip": Bundle,
    "pdf": OfficialList,
}
